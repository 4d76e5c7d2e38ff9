import { expect, test } from 'vitest';
import { raceBench } from '../export/fixtures/benches';
import { idleRun } from '../race/slice';
import { happenings, standingOf } from './happenings';

/** A race of two runs, that changes. */
function race() {
  const { workbench } = raceBench();
  const state = workbench.getState;
  const change = (next: Partial<ReturnType<typeof state>>) => workbench.setState(next);
  const heard = (act: () => void) => {
    const before = standingOf(state());
    act();
    return happenings(before, standingOf(state()), state());
  };
  return { state, change, heard };
}

test('what goes on as it was is not heard of', () => {
  const { state, change, heard } = race();
  expect(heard(() => change({ looks: { ...state().looks, palette: 'magma' } }))).toEqual([]);
});

test('pausing says where, and playing that it does', () => {
  const { change, heard } = race();
  expect(heard(() => change({ playing: false }))).toEqual(['Paused at ALS iteration 2, B-SGD epoch 2.00.']);
  expect(heard(() => change({ playing: true }))).toEqual(['Playing.']);
});

test('who comes to the end is heard of once, with the error', () => {
  const { state, change, heard } = race();
  const { runs } = state();
  const ended = () => change({ runs: { ...runs, als: { ...runs.als, status: 'finished' } } });
  expect(heard(ended)).toEqual(['ALS has finished, at RMSE 0.9846 · λ 1 here.']);
  expect(heard(ended)).toEqual([]);
});

test('a run that was left for another is named', () => {
  const { state, change, heard } = race();
  const { config } = state().runs.als;
  const left = { ...idleRun('als'), id: 9, name: 'ALS 1', config: config!, visible: true, pinned: false };
  expect(heard(() => change({ shelf: [left] }))).toEqual([
    'Another run has begun; ALS 1 is kept under Runs.',
  ]);
});

test('where another one is ahead, the verdict is said', () => {
  const { state } = race();
  const before = { ...standingOf(state()), leader: 'ALS' };
  const now = { ...before, leader: 'B-SGD' };
  const [said] = happenings(before, now, state());
  expect(said).toMatch(/^After 2 steps: level/);
  expect(happenings(now, { ...now, leader: null }, state())).toEqual([]);
});
