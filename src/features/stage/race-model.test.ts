import { describe, expect, test } from 'vitest';
import { lensOf } from '../../draw/lens';
import { inOrderOfIndex } from '../../draw/orders';
import { cellsOf, sceneOf } from '../../draw/scene';
import { wholeWindow } from '../../draw/window';
import { raceIds, raceMethodIds } from '../../methods';
import type { Snapshot } from '../../methods/snapshot';
import { holdOut } from '../../ratings/hold-out';
import { sourceOf } from '../../ratings/lines';
import type { RatingSet } from '../../ratings/rating-set';
import { settle } from '../../ratings/sliced';
import { emptyTrack } from '../../sessions/track';
import type { LoadedData } from '../../state/loaded-data';
import { type RunState, runsOf } from '../race/slice';
import { createWorkbench } from '../workbench';
import type { StageModel } from './model';
import { raceModel } from './race-model';

/** Two users, three items; not square, so that a transposition would show. */
const ratings: RatingSet = {
  ...{ name: 'r', userCount: 2, itemCount: 3, ratingCount: 2, times: null, userIds: null, itemIds: null },
  users: Uint32Array.of(0, 1),
  items: Uint32Array.of(2, 0),
  values: Float32Array.of(1, 5),
  scale: { min: 1, max: 5, step: 1 },
};

/** r̂ = 3 + b_x + b_y + U_x·P_y, where the factors are `by`. */
const frame = (method: string, by: number): Snapshot => ({
  ...{ method, step: 1, observations: 2, flops: 0, seconds: 0, rank: 1, userCount: 2, itemCount: 3, mean: 3 },
  ...{ userBias: Float32Array.of(0.5, 0), itemBias: Float32Array.of(0, 0, -0.25) },
  ...{ userFactors: Float32Array.of(by, 0), itemFactors: Float32Array.of(1, 1, 1) },
  ...{ tallies: {}, values: {} },
});

/** The race where every method has one frame: of the first, U_0·P_y is 1, of the next 2, and so on. */
function racing() {
  const idle = (method: string): RunState => {
    const track = emptyTrack();
    track.add(frame(method, 1 + raceIds.indexOf(method)));
    return {
      ...{ id: 1 + raceIds.indexOf(method), name: method, colour: '', config: null, changes: [], track },
      ...{ status: 'going', moments: 1, diverged: null },
    };
  };
  const workbench = createWorkbench({ runs: runsOf(idle) });
  const split = settle(holdOut(sourceOf(ratings, 2, 3), { kind: 'random', share: 0, seed: 1 }));
  const orders = { users: inOrderOfIndex(2), items: inOrderOfIndex(3) };
  const scene = sceneOf(ratings, cellsOf(split, lensOf(orders, wholeWindow(ratings), 512)));
  workbench.setState({ scene, data: { source: 'picture', ratings, orders } as unknown as LoadedData });
  return { workbench, model: raceModel(workbench, { show: () => {}, pointAt: () => {} }) };
}

/** What the panes show, from the first to the last. */
const shown = (model: StageModel) => Object.values(model.picture()?.panes ?? {});

describe('the race on the stage', () => {
  test('has a pane of the ratings, and one of each method', () => {
    const { workbench, model } = racing();
    const picture = model.picture();
    const { runs } = workbench.getState();
    expect(shown(model).map(({ subject }) => subject)).toEqual([
      'ratings',
      ...raceIds.map((method) => runs[method].track.latest),
    ]);
    expect(picture?.cells).toBe(3);
    const methods = raceMethodIds.slice(0, 3);
    workbench.setState(({ settings }) => ({ settings: { ...settings, methods } }));
    expect(Object.keys(model.picture()?.panes ?? {})).toEqual(['ratings', ...methods]);
  });

  test('says what is known of a cell, and what the models make of it', () => {
    const { model } = racing();
    const readings = (user: number, item: number) =>
      shown(model).map(({ reading }) => reading?.({ user, item }));
    expect(readings(0, 2)).toEqual([
      'r = 1',
      '4.250 = 3.000 + 0.500 − 0.250 + 1.000',
      '5.250 = 3.000 + 0.500 − 0.250 + 2.000',
    ]);
    expect(readings(1, 2)[0]).toBe('not known');
  });

  test('subtracts in the first pane where that is asked for', () => {
    const { workbench, model } = racing();
    workbench.setState(({ looks }) => ({ looks: { ...looks, difference: true } }));
    const [first] = shown(model);
    const [one, two] = raceIds.map((method) => workbench.getState().runs[method].track.latest);
    expect(first.subject).toEqual([one, two]);
    expect(first.reading?.({ user: 0, item: 2 })).toBe('4.250 − 5.250 = −1.000');
  });

  test('lights up what a single step has changed: the row of who solves rows, the cell of who observes', () => {
    const { workbench, model } = racing();
    const lit = () => shown(model).map((pane) => pane.lit);
    const base = workbench.getState().runs.als.track.latest;
    if (!base) throw new Error('no frame');
    const observed = { user: 1, item: 0 };
    const solved = { side: 'users', line: 1 };
    workbench.setState({ inspected: { als: { solved }, sgd: { observed } } } as never);
    expect(lit()).toEqual([observed, null, observed]);
    const rows = { base, after: base, line: 1 };
    workbench.setState({ inspected: { als: { solved, rows }, sgd: { observed } } } as never);
    expect(lit()).toEqual([observed, { user: 1, item: null }, observed]);
    // A pane that shows another run shows nothing of it.
    workbench.setState({ panes: { als: 7, sgd: 7 } });
    expect(lit()).toEqual([observed, null, null]);
  });

  test('says what is shown of the matrices while nothing is pointed at', () => {
    const { workbench, model } = racing();
    const window = { users: { from: 0, to: 2 }, items: { from: 1, to: 3 } };
    workbench.setState({ window });
    expect(model.picture()?.where(null)).toBe('users 1–2 of 2 · items 2–3 of 3');
    expect(model.picture()?.where({ user: 1, item: 2 })).toBe('user 2, item 3');
    expect(model.viewed()).toMatchObject({ counts: { userCount: 2, itemCount: 3 }, window });
  });
});
