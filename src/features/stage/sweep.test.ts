import { expect, test } from 'vitest';
import type { Snapshot } from '../../methods/snapshot';
import { sweeps } from './sweep';

/** A model of four users and two items at a step, all of whose numbers are the same. */
const frameOf = (step: number, value: number): Snapshot => ({
  ...{ method: 'als', step, observations: 0, flops: 0, seconds: 0, rank: 2, mean: 0, tallies: {} },
  ...{ userCount: 4, itemCount: 2 },
  ...{ userFactors: new Float32Array(8).fill(value), itemFactors: new Float32Array(4).fill(value) },
  ...{ userBias: new Float32Array(4).fill(value), itemBias: new Float32Array(2).fill(value) },
});

test('users are swept row by row, with the items as they are; then nothing is left to sweep', () => {
  let now = 0;
  const sweep = sweeps(() => now);
  const [before, after] = [frameOf(0, 1), frameOf(0.5, 2)];
  expect(sweep(after, before)?.frame.userFactors).toEqual(before.userFactors);
  now = 600;
  const half = sweep(after, before);
  expect(half).toMatchObject({ side: 'users', share: 0.5 });
  expect([...(half?.frame.userFactors ?? [])]).toEqual([2, 2, 2, 2, 1, 1, 1, 1]);
  expect([...(half?.frame.userBias ?? [])]).toEqual([2, 2, 1, 1]);
  expect(half?.frame.itemFactors).toBe(after.itemFactors);
  now = 1200;
  expect(sweep(after, before)).toBeNull();
});

test('a whole iteration sweeps the items; a frame whose predecessor is not there is shown at once', () => {
  let now = 0;
  const sweep = sweeps(() => now);
  sweep(frameOf(1, 3), frameOf(0.5, 2));
  const frame = frameOf(1, 3);
  sweep(frame, frameOf(0.5, 2));
  now = 700;
  const half = sweep(frame, frameOf(0.5, 2));
  expect(half?.side).toBe('items');
  expect([...(half?.frame.itemFactors ?? [])]).toEqual([3, 3, 2, 2]);
  expect(sweeps(() => now)(frame, frameOf(0, 1))).toBeNull();
  expect(sweeps(() => now)(frame, undefined)).toBeNull();
});
