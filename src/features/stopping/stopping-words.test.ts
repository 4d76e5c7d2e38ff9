import { expect, test } from 'vitest';
import { knownTally } from '../../metrics/tally';
import { emptyTrack } from '../../sessions/track';
import { dataOf } from '../../state/fixtures/data-of';
import { runOf, workbenchWith } from '../fixtures/loaded';
import { runsOf, statusNow } from '../race/slice';
import { stoppingNotes } from './stopping-words';

/** A race whose runs were measured at whole steps: errors on held-out ratings, and on training ratings that fall. */
function stateWith(unseen: readonly number[], settings = {}) {
  const workbench = workbenchWith(dataOf('file', { validationCount: 100 }));
  const track = emptyTrack();
  for (const [step, error] of unseen.entries()) {
    const tally = (rmse: number) => knownTally(4, 0, 4 * rmse ** 2);
    const tallies = { train: tally(1 / (step + 1)), validation: tally(error) };
    track.record({ step, observations: step, flops: step, seconds: step, tallies });
  }
  workbench.setState((state) => ({
    runs: runsOf((method) => ({ ...runOf(method), ...(method === 'als' && { track }) })),
    settings: { ...state.settings, ...settings },
  }));
  return workbench.getState();
}

test('a run that stopped says why, and which step was best', () => {
  const state = stateWith([1, 0.9, 0.9, 0.9], { stopAfter: 2, stopBelow: 0.01 });
  expect(statusNow('als', state.runs.als, state.settings)).toBe('finished');
  expect(stoppingNotes(state)).toEqual([
    {
      ...{ step: 1, where: 'iteration 1' },
      words: 'ALS stopped at iteration 3: 2 iterations without 1 % less error on unseen ratings.',
    },
  ]);
});

test('a run that overfits is told so, whether or not it stopped', () => {
  const overfits =
    'ALS overfits since iteration 1: training falls, 0.5000 → 0.2500, unseen rises, 0.8000 → 0.9500.';
  const errors = [1, 0.8, 0.9, 0.95];
  expect(stoppingNotes(stateWith(errors))).toEqual([{ step: 1, where: 'iteration 1', words: overfits }]);
  const [note] = stoppingNotes(stateWith(errors, { stopAfter: 2 }));
  expect(note.words).toBe(
    `ALS stopped at iteration 3: 2 iterations without 0.1 % less error on unseen ratings. ${overfits}`,
  );
});

test('nothing is said while runs learn, nor of runs that get better', () => {
  expect(stoppingNotes({ ...stateWith([1, 0.8, 0.9, 0.95]), playing: true })).toEqual([]);
  expect(stoppingNotes(stateWith([1, 0.8, 0.7, 0.6]))).toEqual([]);
});
