import { expect, test } from 'vitest';
import type { RunConfig } from '../../methods/config';
import type { Snapshot } from '../../methods/snapshot';
import { emptyTrack } from '../../sessions/track';
import { type RunState, runsOf } from '../race/slice';
import { createWorkbench } from '../workbench';
import { shelving } from './shelf.driver';

const config: RunConfig = {
  method: 'als',
  rank: 4,
  lambda: 1,
  regularisation: 'plain',
  baseline: 'none',
  learningRate: 0.02,
  initial: 'normal',
  initialNoise: 0.1,
  seed: 1,
  holdOutShare: 0,
};

/** A run of so many frames of so many floats. */
function run(id: number, frames = 3, floats = 8): RunState {
  const track = emptyTrack();
  for (let step = 0; step < frames; step++)
    track.add({
      ...{ method: 'als', step, observations: step, flops: step, seconds: step, rank: 1 },
      ...{
        userCount: floats,
        itemCount: 0,
        mean: 0,
        tallies: {},
        values: { trainRmse: 1, validationRmse: null },
      },
      userFactors: new Float32Array(floats),
      itemFactors: new Float32Array(0),
      userBias: new Float32Array(0),
      itemBias: new Float32Array(0),
    } satisfies Snapshot);
  const [changes, moments, diverged] = [[], 0, null];
  return { id, name: `ALS ${id}`, colour: '', config, changes, track, status: 'going', moments, diverged };
}

const workbench = () => createWorkbench({ runs: runsOf(() => run(0)) });
const ids = (bench: ReturnType<typeof workbench>) => bench.getState().shelf.map(({ id }) => id);

test('the oldest runs that are not pinned make room, and leave the panes they were in', () => {
  const bench = workbench();
  const shelf = shelving(bench);
  for (let id = 1; id <= 8; id++) shelf.put(run(id));
  shelf.actions.changeRun(1, { pinned: true });
  shelf.actions.showIn('sgd', 2);
  shelf.put(run(9));
  expect(ids(bench)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9]);
  shelf.put(run(10));
  expect(ids(bench)).toEqual([1, 3, 4, 5, 6, 7, 8, 9, 10]);
  expect(bench.getState().panes.sgd).toBeNull();
  shelf.actions.dropRun(1);
  expect(ids(bench)[0]).toBe(3);
});

test('past the budget of all frames the oldest keep their curve and their last frame', () => {
  const bench = workbench();
  const { settings } = bench.getState();
  bench.setState({ settings: { ...settings, budget: 1 } });
  const shelf = shelving(bench);
  // A megabyte each: three budgets are three of them.
  for (let id = 1; id <= 5; id++) shelf.put(run(id, 4, 2 ** 16));
  const frames = () => bench.getState().shelf.map(({ track }) => track.snapshots.length);
  expect(frames()).toEqual([1, 1, 1, 4, 4]);
  const [first] = bench.getState().shelf;
  expect(first.track.latest?.step).toBe(3);
  expect(first.track.along('step')).toEqual([0, 1, 2, 3]);
});

test('of very large data, runs whose last frames are too much together go', () => {
  const bench = workbench();
  bench.setState({ settings: { ...bench.getState().settings, budget: 1 } });
  const shelf = shelving(bench);
  for (let id = 1; id <= 5; id++) shelf.put(run(id, 2, 2 ** 18));
  expect(ids(bench)).toEqual([4, 5]);
  expect(bench.getState().shelf.map(({ track }) => track.snapshots.length)).toEqual([1, 2]);
});

test('a run is worth keeping once it has made a step, unless the next one does the same', () => {
  const shelf = shelving(workbench());
  const next = { ...run(2), config };
  expect(shelf.isWorthIt(run(1), next)).toBe(false);
  expect(shelf.isWorthIt(run(1), { ...next, config: { ...config, rank: 5 } })).toBe(true);
  expect(shelf.isWorthIt(run(1, 1), { ...next, config: { ...config, rank: 5 } })).toBe(false);
  const changed = { ...run(1), changes: [{ unit: 1, lambda: 2, learningRate: 0.02 }] };
  expect(shelf.isWorthIt(changed, next)).toBe(true);
});
