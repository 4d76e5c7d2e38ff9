import { beforeEach, describe, expect, test, vi } from 'vitest';
import { emptyTally, knownTally } from '../../metrics/tally';
import type { MethodMoment, Moment } from '../../sessions/lab';
import { allQuiet } from '../../workers/fixtures/fake-worker';
import { frameAt } from '../fixtures/loaded';
import { atBatch, facts, labBench, openLab } from './fixtures/lab-bench';

beforeEach(() => vi.stubGlobal('document', { hidden: false }));

describe('a method with an error that is no finite number, whoever sent it', () => {
  const sums = (error: number) => knownTally(4, 2 * error, 4 * error * error);
  const method = (validation: number, prequential = 1): MethodMoment => ({
    ...{ validation: sums(validation), prequential: sums(prequential) },
    ...{ seconds: 1, kept: 0, learnt: 4, diverged: false },
  });
  const moment = (batch: number, sgd: MethodMoment): Moment => ({
    ...{ batch, ratings: 100 * batch, users: batch, items: batch },
    methods: { sgd, mean: method(2) },
  });
  const frames = (...batches: number[]) => batches.map((batch) => frameAt('sgd', batch));

  test.each([
    ['held out', method(Number.NaN)],
    ['on what arrived', method(1, Number.POSITIVE_INFINITY)],
  ])('has diverged from there on, and keeps its last good frame: %s', async (_, broken) => {
    const bench = await openLab();
    // Not as fast as ratings are to arrive, but as they can be learnt.
    bench.stream.jump(4);
    const good = method(1, 3);
    const moments = [moment(1, good), moment(2, broken), moment(3, method(1))];
    (await bench.newest().asked('advance')).answer(atBatch(3, { moments, snapshots: frames(1, 2, 3) }));
    const next = await bench.newest().asked('advance');
    next.answer(atBatch(4, { moments: [], passing: moment(4, method(1)), snapshots: frames(4) }));
    await allQuiet();
    const { moments: kept, newest, tracks, batch } = bench.now();
    const after = [...kept, newest!].slice(1);
    expect(after.map(({ methods }) => methods.sgd.diverged)).toEqual([false, true, true, true]);
    expect(after.map(({ methods }) => methods.mean.diverged)).toEqual([false, false, false, false]);
    for (const { methods } of after.slice(1))
      expect(methods.sgd).toMatchObject({ validation: emptyTally(), prequential: good.prequential });
    expect([batch, tracks.sgd.latest?.step]).toEqual([4, 1]);
    bench.stream.look({ panes: ['sgd', 'mean'] });
    (await bench.newest().asked('look')).answer(frames(4));
    await allQuiet();
    expect(bench.now().tracks.sgd.latest?.step).toBe(1);
  });

  test('is no dashed line where it is batch ALS', async () => {
    const bench = labBench();
    (await bench.newest().asked('load')).answer('simd');
    const broken = { ...facts, batchAls: { validation: sums(Number.NaN), seconds: 1 } };
    (await bench.newest().asked('start')).answer(atBatch(0, { facts: broken }));
    await allQuiet();
    expect(bench.now()).toMatchObject({ status: 'ready', facts: { batchAls: { validation: emptyTally() } } });
  });
});
