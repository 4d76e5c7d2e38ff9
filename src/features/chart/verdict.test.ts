import { expect, test } from 'vitest';
import { verdictOf } from './verdict';

const two = ['ALS', 'B-SGD'];
const three = ['ALS', 'B-SGD', 'NALS'];

test('of two runs, who is ahead and by how much, at the same place of each axis', () => {
  const compared = { place: 12.345, errors: [9.25, 8], areHeldOut: false };
  expect(verdictOf(compared, 'step', two)).toBe('After 12.35 steps: B-SGD is ahead by 1.25');
  expect(verdictOf({ ...compared, place: 180_000 }, 'observations', two)).toBe(
    'Same ratings seen (180 k): B-SGD is ahead by 1.25',
  );
  expect(verdictOf({ ...compared, place: 2.5e9 }, 'flops', two)).toBe(
    'Same cost (2.5 GFLOP): B-SGD is ahead by 1.25',
  );
  expect(verdictOf(compared, 'seconds', two)).toBe('Same time (12.35 s): B-SGD is ahead by 1.25');
});

test('errors on what is held out are said to be so; equal ones are level', () => {
  expect(verdictOf({ place: 1, errors: [1, 1.5], areHeldOut: true }, 'step', two)).toBe(
    'After 1 steps: ALS is ahead by 0.5 (held out)',
  );
  expect(verdictOf({ place: 1, errors: [1, 1], areHeldOut: true }, 'step', two)).toBe('After 1 steps: level');
});

test('of three runs, the best and its gap to the next', () => {
  expect(verdictOf({ place: 3, errors: [2, 5, 1.5], areHeldOut: true }, 'step', three)).toBe(
    'After 3 steps: NALS is ahead of ALS by 0.5 (held out)',
  );
  expect(verdictOf({ place: 3, errors: [2, 5, 2], areHeldOut: false }, 'step', three)).toBe(
    'After 3 steps: ALS and NALS are level',
  );
});
