import { describe, expect, test, vi } from 'vitest';
import { pageKernels } from '../../kernels/page-kernels';
import { finish } from '../../methods/fixtures/finish';
import { sumsOf } from '../../metrics/tally';
import { settle } from '../../ratings/sliced';
import { openLab } from '../../sessions/lab';
import { changed } from '../../settings/race';
import { changedStream, streamConfig } from '../../settings/stream';
import { dataOf } from '../../state/fixtures/data-of';
import { defaultsFor, streamDefaultsFor } from '../../state/run-configs';
import { allQuiet } from '../../workers/fixtures/fake-worker';
import { workbenchWith } from '../fixtures/loaded';
import { ofStream } from '../stream/slice';
import { until } from '../until';
import { resultsOf } from './courses';
import { ratings, realStreams, split } from './fixtures/real-streams';
import { pruningDriver } from './pruning.driver';
import type { PruningAxis } from './recipe';
import { progressWords } from './words';

const axes: readonly PruningAxis[] = [
  { name: 'factorRate', values: [0.02, 0.1, 0.3] },
  { name: 'learningRate', values: [0.01, 0.04] },
];
/** Summed gradients of whole batches diverge where rates are high. */
const diverging: readonly PruningAxis[] = [
  { name: 'step', values: ['bounded', 'summed'] },
  { name: 'learningRate', values: [0.9, 1] },
];

/** A driver with ratings, and so many workers that learn in truth. */
function bench(workers = 2, ...before: Parameters<typeof realStreams>) {
  const { pool, made } = realStreams(...before);
  const { userCount, itemCount, ratingCount, scale } = ratings;
  const data = dataOf('file', {
    ratings: { ...dataOf('file').ratings, userCount, itemCount, ratingCount, scale },
    ...{ trainingCount: split.trainingCount, validationCount: split.validationCount, highestRank: 64 },
  });
  const workbench = workbenchWith(data);
  const settings = changed(defaultsFor('file', data.ratings), { workers: 1 });
  const lab = changedStream(streamDefaultsFor(data), { batchSize: 200, rank: 4 });
  if (!settings || !lab) throw new Error('bad settings');
  // Each worker of the race is one of the search.
  const methods = [...settings.methods, 'non-negative-als'].slice(0, workers);
  workbench.setState({
    settings: { ...settings, methods },
    ...ofStream({ settings: lab })(workbench.getState()),
  });
  const held = { current: { split, layout: null, memory: null } };
  const change = vi.fn();
  const pause = vi.fn();
  const prunes = pruningDriver(
    { workbench, pool, ratings: { held: () => held.current } as never },
    { change, pause },
    () => 0,
    // At once: how fast the machine is must not decide how much is known when a test looks.
    0,
  );
  prunes.edit({ axes, speed: 'flat' });
  const found = () => workbench.getState().pruning?.found;
  const isOver = () => until(workbench, () => found()?.status !== 'going');
  return { prunes, workbench, found, isOver, made, change, pause, held, lab };
}

type Change = Parameters<ReturnType<typeof bench>['prunes']['edit']>[0];

async function searched(workers: number, ...changes: Change[]) {
  return summedOr('bounded', workers, ...changes);
}

async function summedOr(step: 'bounded' | 'summed', workers: number, ...changes: Change[]) {
  const { prunes, found, isOver, workbench } = bench(workers);
  const { settings } = workbench.getState().stream;
  workbench.setState(ofStream({ settings: { ...settings, step } })(workbench.getState()));
  for (const change of changes) prunes.edit(change);
  prunes.begin();
  await isOver();
  const now = found();
  if (!now) throw new Error('nothing was found');
  return now;
}

describe('a search of a stream', () => {
  test('comes to what each candidate comes to alone, to the bit, with any number of workers', async () => {
    const [one, three] = [await searched(1), await searched(3)];
    expect(one.status).toBe('finished');
    expect(one.plan).toEqual({ candidates: 6, batches: 24, cuts: [1, 2, 5, 10], keep: 0.5 });
    expect(three).toEqual(one);
    const { lab: settings } = bench();
    for (const [candidate, values] of one.candidates.entries()) {
      const config = streamConfig({ ...settings, ...values, methods: ['sgd'] }, split.trainingCount, false);
      const lab = settle(openLab(pageKernels, split, ratings.scale, config, () => 0));
      const errors: number[] = [];
      for (let batch = 1; batch <= 24; batch++) {
        finish(lab.advance(1), pageKernels);
        const { methods } = finish(lab.measured([]), pageKernels).moment;
        const { squares, count } = sumsOf(methods.sgd.prequential);
        errors.push(Math.sqrt(squares / count));
      }
      expect([candidate, ...one.courses[candidate].errors]).toEqual([candidate, ...errors]);
    }
  });

  test('has no more of who was pruned, where they are not followed, and the same of the others', async () => {
    const [all, few] = [await searched(2), await searched(2, { follow: 'none' })];
    const { cuts, verdict } = resultsOf(few);
    expect(cuts.map(({ pruned }) => pruned.length)).toEqual([3, 1, 1, 0]);
    expect(cuts).toEqual(resultsOf(all).cuts);
    for (const { batch, pruned } of cuts)
      for (const { candidate } of pruned) {
        const { batches, errors } = few.courses[candidate];
        expect(batches.at(-1)).toBe(batch);
        expect(errors).toEqual(all.courses[candidate].errors.slice(0, batches.length));
      }
    const kept = verdict?.kept?.candidate ?? -1;
    expect(few.courses[kept]).toEqual(all.courses[kept]);
    expect([verdict?.unknown, resultsOf(all).verdict?.unknown]).toEqual([5, 0]);
  });

  test('has who diverges pruned at once, and goes on with the others', async () => {
    const found = await searched(2, { method: 'mini-batch' }, { axes: diverging, firstCut: 0.3 });
    const { fates, verdict } = resultsOf(found);
    expect(fates.filter(({ kind }) => kind === 'diverged')).toHaveLength(2);
    for (const [candidate, { divergedAt, batches, errors }] of found.courses.entries()) {
      expect(errors.every(Number.isFinite)).toBe(true);
      if (fates[candidate].kind === 'diverged') expect(batches.at(-1) ?? 0).toBeLessThan(divergedAt ?? 0);
    }
    expect(verdict?.kept).not.toBeNull();
    expect(progressWords(found, resultsOf(found))).toMatch(/^Batch 24 of 24: 1 of 4 candidates left\.$/);
  });

  test('ends where all of them diverge', async () => {
    const found = await summedOr(
      'summed',
      2,
      { method: 'mini-batch' },
      { axes: [{ name: 'learningRate', values: [0.9, 1] }], firstCut: 0.3 },
    );
    expect(found.status).toBe('finished');
    expect(resultsOf(found).fates.every(({ kind }) => kind === 'diverged')).toBe(true);
    expect(resultsOf(found).verdict?.kept).toBeNull();
  });

  test('draws candidates from the seed, each once', async () => {
    const change = { tried: 'drawn', draws: 5, follow: 'none' } as const;
    const [one, other] = [await searched(1, change), await searched(2, change)];
    expect(one.candidates).toHaveLength(5);
    expect(other).toEqual(one);
    for (const { factorRate = 0, learningRate = 0 } of one.candidates) {
      expect(factorRate).toBeGreaterThanOrEqual(0.02);
      expect(factorRate).toBeLessThanOrEqual(0.3);
      expect(learningRate).toBeGreaterThanOrEqual(0.01);
      expect(learningRate).toBeLessThanOrEqual(0.04);
    }
  });
});

describe('while a search is under way', () => {
  test('a worker that dies gives way to another, and it comes to the same', async () => {
    const whole = await searched(2);
    let isDead = false;
    const { prunes, found, isOver, made } = bench(2, (worker, unit) => {
      if (isDead || unit < 6) return;
      isDead = true;
      worker.die('died');
    });
    prunes.begin();
    await isOver();
    expect(made).toHaveLength(3);
    expect(found()).toEqual(whole);
  });

  test('one that is lost again is said to be, and what it had come to is learnt again once asked', async () => {
    const whole = await searched(2);
    let deaths = 0;
    const { prunes, found, isOver } = bench(1, (worker, unit) => {
      if (unit >= 6 && deaths++ < 2) worker.die('died');
    });
    prunes.begin();
    await isOver();
    expect(found()?.status).toBe('lost');
    prunes.resume();
    await isOver();
    expect(found()).toEqual(whole);
  });

  test('it pauses, goes on, and comes to the same', async () => {
    const whole = await searched(2);
    const bed = bench(2, (_, unit) => {
      if (unit === 5) bed.prunes.pause();
    });
    const { prunes, found, workbench } = bed;
    prunes.begin();
    await until(workbench, () => found()?.status === 'paused');
    for (let i = 0; i < 20; i++) await allQuiet();
    const { courses } = found() ?? {};
    for (let i = 0; i < 20; i++) await allQuiet();
    expect(found()?.courses).toEqual(courses);
    expect(courses?.every(({ batches }) => (batches.at(-1) ?? 0) < 24)).toBe(true);
    prunes.resume();
    // It is paused once more by whoever else comes to that batch.
    while (found()?.status !== 'finished') {
      await allQuiet();
      if (found()?.status === 'paused') prunes.resume();
    }
    expect(found()).toEqual(whole);
  });

  test('a worker that hangs keeps nobody from giving it up', async () => {
    const { prunes, found, made } = bench(2, () => new Promise(() => {}));
    prunes.begin();
    for (let i = 0; i < 20; i++) await allQuiet();
    expect(found()?.status).toBe('going');
    prunes.clear();
    expect(found()).toBeNull();
    expect(made.map(({ alive }) => alive)).toEqual([false, false]);
  });

  test('other ratings on the stage end it', async () => {
    const { prunes, found, workbench, made, held } = bench(2, () => new Promise(() => {}));
    prunes.begin();
    for (let i = 0; i < 5; i++) await allQuiet();
    held.current = { ...held.current, split: { ...split } };
    workbench.setState({ data: dataOf('file') });
    expect(found()).toBeNull();
    expect(made.every(({ alive }) => !alive)).toBe(true);
    expect(workbench.getState().pruningSaid).toBeNull();
  });
});

test('the lab is set as a candidate is, and who did not learn in it, does', async () => {
  const { prunes, isOver, change, pause, workbench } = bench();
  workbench.setState(ofStream({ settings: { ...workbench.getState().stream.settings, methods: ['mean'] } }));
  prunes.begin();
  expect(pause).toHaveBeenCalled();
  await isOver();
  prunes.use(2);
  expect(change).toHaveBeenCalledWith(
    expect.objectContaining({
      factorRate: 0.1,
      learningRate: 0.01,
      batchSize: 200,
      rank: 4,
      methods: ['mean', 'sgd'],
    }),
  );
});

test('a link has the recipe, and another page comes to the same by it', async () => {
  const first = bench();
  first.prunes.edit({ firstCut: 0.2, cuts: 2, keep: 0.3 });
  first.prunes.begin();
  await first.isOver();
  const { pruningSaid = null } = first.workbench.getState();
  const other = bench(1);
  // There the lab is set otherwise.
  other.workbench.setState(ofStream({ settings: { ...other.lab, batchSize: 700, lambda: 0.5, seed: 7 } }));
  other.workbench.setState({ pruningSaid });
  other.prunes.edit({ speed: 'flat' });
  other.prunes.begin();
  await other.isOver();
  expect(other.found()).toEqual(first.found());
});

test('a link that cannot be followed is said to be one', () => {
  const { workbench } = bench();
  workbench.setState({ pruningSaid: 'method=sgd&factorRate=0.1+9' });
  expect(workbench.getState()).toMatchObject({ pruningSaid: null, notice: { kind: 'link' } });
});
