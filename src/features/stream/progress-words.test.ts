import { expect, test } from 'vitest';
import { frameAt, workbenchWith } from '../fixtures/loaded';
import { facts } from './fixtures/lab-bench';
import { progressWords } from './progress-words';
import { beginning, type StreamState } from './slice';

const momentAt = (batch: number) => ({ batch, ratings: 100 * batch, users: batch, items: 1, methods: {} });

/** A stream of eight batches, of which the frames of some were kept for a method. */
function streamWith(kept: readonly number[], shown: number | null): StreamState {
  const { stream } = workbenchWith(null).getState();
  const moments = [1, 2, 3, 4, 5, 6, 7, 8].map(momentAt);
  const state = { ...stream, ...beginning(), facts, moments, newest: moments[7], batch: 8, shown };
  for (const batch of kept) state.tracks.sgd.add(frameAt('sgd', batch));
  return { ...state, looks: { ...state.looks, panes: ['sgd'] } };
}

test('what is shown is named with its batch, its ratings and who is there', () => {
  const words = 'Batch 3 of 10: 300 of 1,000 ratings have arrived; 3 users and 1 item are there.';
  expect(progressWords(streamWith([1, 2, 3, 8], 3))).toBe(words);
});

test('a matrix of an earlier batch than the one that was scrubbed to is said to be one', () => {
  expect(progressWords(streamWith([1, 2, 8], 5))).toMatch(
    /^Batch 5 of 10: 500 .* The matrix of B-SGD is of batch 2, the last kept before it\.$/,
  );
});

test('at the newest batch nothing is said of frames, and where none is kept yet neither', () => {
  expect(progressWords(streamWith([1, 2], null))).not.toContain('The matrix');
  expect(progressWords(streamWith([6, 8], 5))).not.toContain('The matrix');
});
