import { expect, test } from 'vitest';
import { inOrderOfIndex } from '../../draw/orders';
import { dataOf } from '../../state/fixtures/data-of';
import type { Source } from '../../state/loaded-data';
import { allQuiet } from '../../workers/fixtures/fake-worker';
import { driverBench } from '../fixtures/driver-bench';
import { runOf } from '../fixtures/loaded';
import type { RunState } from '../race/slice';
import { orderingDriver } from './ordering.driver';

/** Ratings that have just come, and the race on them. */
async function arrivedBench(source: Source) {
  const bench = driverBench(dataOf(source));
  const { workbench, context, events } = bench;
  const laidOut: string[] = [];
  const driver = orderingDriver(context, () => laidOut.push(bench.get().data?.orderBy ?? ''));
  await events.tell('ratingsArrived');
  const worker = bench.workers.data[0];
  return {
    ...{ ...bench, ...driver, laidOut },
    /** ALS has come so far. */
    async comes(steps: readonly number[], change: Partial<RunState> = {}) {
      const als = { ...runOf('als', null, steps), ...change };
      workbench.setState(({ runs }) => ({ runs: { ...runs, als } }));
      await allQuiet();
    },
    /** How often the worker was asked for an order along factors. */
    asked: () => worker.called.filter((name) => name === 'orderByFactor').length,
    async answer() {
      (await worker.asked('orderByFactor')).answer({ users: inOrderOfIndex(20), items: inOrderOfIndex(50) });
      await allQuiet();
    },
  };
}

test('real ratings come in order by themselves, seldom: after 1, 3 and 9 steps, and in the end', async () => {
  for (const source of ['file', 'sample'] as const) {
    const { comes, asked, answer, get, laidOut } = await arrivedBench(source);
    const counts: number[] = [];
    for (const step of [0, 0.5, 1, 2, 3, 4, 8, 9, 11]) {
      await comes([step]);
      counts.push(asked());
    }
    expect(counts).toEqual([0, 0, 1, 1, 2, 2, 2, 3, 3]);
    await comes([12], { status: 'finished' });
    await comes([12], { status: 'finished', moments: 2 });
    expect(asked()).toBe(4);
    for (let i = 0; i < 4; i++) await answer();
    expect(get().data?.orderBy).toBe('factor');
    expect(laidOut).toEqual(['factor']);
    // Another run has other factors.
    await comes([1], { id: 2 });
    expect(asked()).toBe(5);
  }
});

test('pictures stay as they are, as do ratings that were put in order, by somebody or by a link', async () => {
  const picture = await arrivedBench('picture');
  await picture.comes([5]);
  expect(picture.asked()).toBe(0);
  const chosen = await arrivedBench('file');
  void chosen.orderBy('id');
  await chosen.comes([5]);
  expect(chosen.asked()).toBe(0);
  const linked = await arrivedBench('file');
  await linked.events.tell('orderLinked', 'count');
  await linked.comes([5]);
  expect([linked.asked(), linked.laidOut]).toEqual([0, []]);
});

test('nothing moves below who points at a cell or looks closer', async () => {
  const { comes, asked, workbench } = await arrivedBench('file');
  workbench.setState({ crosshair: { user: 0, item: 0 } });
  await comes([1]);
  workbench.setState({ window: { users: { from: 0, to: 2 }, items: { from: 0, to: 2 } }, crosshair: null });
  await comes([2]);
  expect(asked()).toBe(0);
  workbench.setState({ window: null });
  await comes([2], { moments: 1 });
  expect(asked()).toBe(1);
});

test('what has diverged says nothing of who is alike', async () => {
  const { comes, asked } = await arrivedBench('file');
  await comes([5], { status: 'diverged' });
  expect(asked()).toBe(0);
});
