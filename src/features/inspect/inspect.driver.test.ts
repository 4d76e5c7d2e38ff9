import { expect, test } from 'vitest';
import type { RunConfig } from '../../methods/config';
import type { Snapshot } from '../../methods/snapshot';
import type { Observation } from '../../methods/visits';
import { holdOut } from '../../ratings/hold-out';
import { sourceOf } from '../../ratings/lines';
import { settle } from '../../ratings/sliced';
import { emptyTrack } from '../../sessions/track';
import type { Held } from '../data/holding.driver';
import { type RunState, runsOf } from '../race/slice';
import { shownFrame } from '../replay/replay';
import { createWorkbench } from '../workbench';
import { inspecting } from './inspect.driver';

/** Two users, three items; not square, so that a side that was taken for the other would show. */
const triples = {
  users: Uint32Array.of(0, 0, 1, 1),
  items: Uint32Array.of(0, 2, 0, 1),
  values: Float32Array.of(1, 5, 4, 2),
};
const split = settle(
  holdOut(sourceOf({ ...triples, times: null }, 2, 3), { kind: 'random', share: 0, seed: 1 }),
);

const frame = (method: string, step: number, observations: number): Snapshot => ({
  ...{ method, step, observations, flops: 0, seconds: 0, rank: 1, userCount: 2, itemCount: 3, mean: 0 },
  ...{ userBias: new Float32Array(2), itemBias: new Float32Array(3) },
  ...{ userFactors: Float32Array.of(1, 1), itemFactors: Float32Array.of(1, 2, 3) },
  ...{ tallies: {}, values: {} },
});

function runOf(method: string): RunState {
  const config = { method, rank: 1, lambda: 1, regularisation: 'plain', learningRate: 0.1 } as RunConfig;
  return {
    ...{ id: 1, name: method, colour: '', config, changes: [], track: emptyTrack() },
    ...{ status: 'going', moments: 0, diverged: null },
  };
}

/** The inspector of a race, with visits that are answered when the test says so. */
function bench() {
  const workbench = createWorkbench({ runs: runsOf(runOf) });
  const asked: { unit: number; answer(visit: Observation | null): void }[] = [];
  const visit = (_: string, unit: number) =>
    new Promise<Observation | null>((answer) => {
      asked.push({ unit, answer });
    });
  const held = { split } as unknown as Held;
  const actions = inspecting(workbench, { visit }, () => held);
  return {
    ...{ workbench, asked, actions },
    of: (method: string) => workbench.getState().inspected[method] ?? {},
    /** A method comes to a frame. */
    reach(method: string, step: number, observations = 4 * step) {
      workbench.getState().runs[method].track.add(frame(method, step, observations));
      workbench.setState(({ runs }) => ({ runs: { ...runs } }));
    },
  };
}

const answered = () => new Promise((done) => setTimeout(done));

test('shows nothing until it is opened, then how the next row is solved', () => {
  const { actions, of, reach } = bench();
  reach('als', 0);
  expect(of('als').solved).toBeUndefined();
  actions.inspect(true);
  reach('sgd', 0);
  // User 0 knows items 0 and 2: (1·1 + 3·3 + λ) · row = 1·1 + 3·5.
  expect(of('als').solved).toMatchObject({ side: 'users', line: 0, lineCount: 2, penalty: 1 });
  expect(of('als').solved?.newRow[0]).toBeCloseTo(16 / 11);
  actions.inspect(false);
  expect(of('als')).toEqual({});
});

test('follows the frame on the stage to the other side, and keeps the place on each', () => {
  const { actions, of, reach } = bench();
  actions.inspect(true);
  reach('als', 0);
  actions.lookAtRow('als', 1);
  expect(of('als').solved?.line).toBe(1);
  reach('als', 0.5);
  expect(of('als').solved).toMatchObject({ side: 'items', line: 0, lineCount: 3 });
  actions.lookAtRow('als', 99);
  expect(of('als').solved?.line).toBe(2);
  reach('als', 1);
  expect(of('als').solved).toMatchObject({ side: 'users', line: 1 });
});

test('at speed nothing is solved, and what was is not left standing; in slow motion it is', () => {
  const { actions, of, reach, workbench } = bench();
  actions.inspect(true);
  reach('als', 0);
  workbench.setState({ playing: true });
  reach('als', 0.5);
  expect(of('als').solved).toBeNull();
  workbench.setState(({ settings }) => ({ settings: { ...settings, speed: 0.1 } }));
  reach('als', 1);
  expect(of('als').solved).toMatchObject({ side: 'users' });
  // Paused, the frame that was passed by is looked at.
  workbench.setState(({ settings }) => ({ settings: { ...settings, speed: 1000 } }));
  reach('als', 1.5);
  expect(of('als').solved).toBeNull();
  workbench.setState({ playing: false });
  expect(of('als').solved).toMatchObject({ side: 'items' });
});

test('rows that are solved one by one are shown on top of the frame, until there is another frame', () => {
  const { actions, of, reach, workbench } = bench();
  actions.inspect(true);
  reach('als', 0);
  workbench.setState({ playing: true });
  workbench.setState({ playing: false });
  actions.solveRow('als');
  const shown = () => shownFrame(workbench.getState(), 'als')?.userFactors;
  expect(shown()?.[0]).toBeCloseTo(16 / 11);
  expect(shown()?.[1]).toBe(1);
  actions.solveRow('als');
  // User 1 knows items 0 and 1: (1·1 + 2·2 + λ) · row = 1·4 + 2·2.
  expect(shown()?.[1]).toBeCloseTo(8 / 6);
  expect(of('als').rows?.line).toBe(1);
  // The last row stays the last.
  actions.solveRow('als');
  expect(of('als').rows?.line).toBe(1);
  reach('als', 0.5);
  expect(of('als').rows).toBeNull();
  expect(shown()?.[0]).toBe(1);
});

test('explains an observation where one frame is just one after another', async () => {
  const { actions, of, reach, asked } = bench();
  actions.inspect(true);
  reach('sgd', 0, 0);
  expect(asked).toHaveLength(0);
  reach('sgd', 0.25, 1);
  expect(asked.map(({ unit }) => unit)).toEqual([0]);
  asked[0].answer({ user: 0, item: 2, value: 5 });
  await answered();
  expect(of('sgd').observed).toMatchObject({ unit: 0, user: 0, item: 2, prediction: 3, error: 2 });
  reach('sgd', 1, 4);
  expect(asked).toHaveLength(1);
  expect(of('sgd').observed).toBeNull();
});

test('an answer that comes late, or out of order, or not at all, explains no other frame', async () => {
  const { actions, of, reach, asked } = bench();
  actions.inspect(true);
  reach('sgd', 0, 0);
  reach('sgd', 0.25, 1);
  reach('sgd', 0.5, 2);
  asked[1].answer({ user: 1, item: 0, value: 4 });
  asked[0].answer({ user: 0, item: 2, value: 5 });
  await answered();
  expect(of('sgd').observed).toMatchObject({ unit: 1, user: 1 });
  reach('sgd', 0.75, 3);
  // The worker died.
  asked[2].answer(null);
  await answered();
  expect(of('sgd').observed).toBeNull();
});

test('who does not race is not looked at; a third method that solves rows has a place of its own', () => {
  const { actions, of, reach, workbench } = bench();
  const methods = ['als', 'sgd', 'non-negative-als'];
  actions.inspect(true);
  reach('non-negative-als', 0);
  expect(of('non-negative-als').solved).toBeUndefined();
  workbench.setState(({ settings }) => ({ settings: { ...settings, methods } }));
  reach('als', 0);
  actions.lookAtRow('non-negative-als', 1);
  expect(of('non-negative-als').solved?.line).toBe(1);
  expect(of('als').solved?.line).toBe(0);
});
