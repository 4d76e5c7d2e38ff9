import { describe, expect, test } from 'vitest';
import type { Snapshot } from '../../methods/snapshot';
import { emptyTrack } from '../../sessions/track';
import type { RecordedRun } from '../../state/recorded-run';
import { type RunState, runsOf } from '../race/slice';
import { createWorkbench } from '../workbench';
import { comparedFrames, frameOf, neighbour, paneName, replayEnd, shownFrame } from './replay';

const frame = (method: string, step: number): Snapshot => ({
  method,
  step,
  observations: method === 'als' ? 200 * step : 100 * step,
  flops: method === 'als' ? 4000 * step : 1000 * step,
  seconds: step / 10,
  rank: 1,
  userCount: 1,
  itemCount: 1,
  mean: 0,
  userBias: new Float32Array(1),
  itemBias: new Float32Array(1),
  userFactors: new Float32Array(1),
  itemFactors: new Float32Array(1),
  tallies: {},
  values: { trainRmse: (method === 'als' ? 10 : 20) / (1 + step), validationRmse: null },
});

function recorded(id: number, method: string, steps: number[]): RecordedRun {
  const track = emptyTrack();
  for (const step of steps) track.add(frame(method, step));
  return { id, name: `${method} ${id}`, colour: '', config: null, changes: [], track };
}

/** ALS at every half iteration to 2, B-SGD at thirds of an epoch to 3. */
function raced() {
  const idle = (method: string): RunState => ({
    ...recorded(1, method, method === 'als' ? [0, 0.5, 1, 1.5, 2] : [0, 0.25, 0.75, 1, 2, 3]),
    status: 'going',
    moments: 0,
    diverged: null,
  });
  return createWorkbench({ runs: runsOf(idle) }).getState();
}

describe('the replay', () => {
  test('shows the newest frames, or the last at or before a place on the axis', () => {
    const state = raced();
    expect([shownFrame(state, 'als')?.step, shownFrame(state, 'sgd')?.step]).toEqual([2, 3]);
    const at = { ...state, replayPlace: 0.8 };
    expect([shownFrame(at, 'als')?.step, shownFrame(at, 'sgd')?.step]).toEqual([0.5, 0.75]);
    const byFlops = { ...state, replayPlace: 2000, looks: { ...state.looks, chartAxis: 'flops' as const } };
    expect([shownFrame(byFlops, 'als')?.step, shownFrame(byFlops, 'sgd')?.step]).toEqual([0.5, 2]);
    const exact = { ...state, replayPlace: 3, replaySteps: { als: 0.5, sgd: 0.25 } };
    expect([shownFrame(exact, 'als')?.step, shownFrame(exact, 'sgd')?.step]).toEqual([0.5, 0.25]);
  });

  test('goes from frame to frame of both runs, and ends at their ends', () => {
    const state = raced();
    expect(replayEnd(state)).toBe(3);
    const back = [];
    for (let at = neighbour(state, -1); at !== null; at = neighbour({ ...state, replayPlace: at }, -1))
      back.push(at);
    expect(back).toEqual([2, 1.5, 1, 0.75, 0.5, 0.25, 0]);
    const on = [];
    for (
      let at = neighbour({ ...state, replayPlace: 0 }, 1);
      at !== null;
      at = neighbour({ ...state, replayPlace: at }, 1)
    )
      on.push(at);
    expect(on).toEqual([0.25, 0.5, 0.75, 1, 1.5, 2, 3]);
  });

  test('shows a run of the past in a pane, and the one that goes on once it is gone', () => {
    const state = raced();
    const past = { ...recorded(7, 'als', [0, 4]), visible: true, pinned: false };
    const shelf = [past as never];
    const chosen = { ...state, shelf, panes: { als: null, sgd: 7 } };
    expect(shownFrame(chosen, 'sgd')?.step).toBe(4);
    expect([paneName(chosen, 'als'), paneName(chosen, 'sgd')]).toEqual(['ALS', 'als 7']);
    expect(frameOf(chosen, state.runs.sgd, 'sgd')?.step).toBe(3);
    expect(shownFrame({ ...chosen, shelf: [] }, 'sgd')?.step).toBe(3);
  });

  test('has two frames to compare only where a difference is asked for', () => {
    const state = raced();
    expect(comparedFrames(state)).toBeNull();
    const looks = { ...state.looks, difference: true };
    expect(comparedFrames({ ...state, looks })?.right.step).toBe(3);
  });
});
