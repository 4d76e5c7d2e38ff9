import { expect, test } from 'vitest';
import { holdOut } from '../ratings/hold-out';
import { heapArrays, sourceOf } from '../ratings/lines';
import { settle } from '../ratings/sliced';
import { streamOf } from './stream';

/** In the order of the file: a second with three ratings, neither by user nor by item, then one from before. */
const [users, items, at] = [
  [2, 0, 1, 0, 2],
  [1, 3, 0, 2, 0],
  [9, 9, 9, 3, 9],
].map((column) => Uint32Array.from(column));
const ratings = { users, items, values: Float32Array.of(1, 2, 3, 4, 5), times: { at, origin: 0, unit: 1 } };

test('ratings of the same second arrive as they stand in the file', () => {
  const split = settle(holdOut(sourceOf(ratings, 3, 4), { kind: 'random', share: 0, seed: 1 }));
  const scale = { min: 1, max: 5, step: 1 };
  const valuesBy = (order: 'time' | 'user') => [
    ...settle(streamOf(split, scale, { order, seed: 1, drift: { users: 0, at: 0 } }, heapArrays)).ratings
      .values,
  ];
  expect(valuesBy('time')).toEqual([4, 1, 2, 3, 5]);
  expect(valuesBy('user')).toEqual([4, 2, 3, 1, 5]);
});
