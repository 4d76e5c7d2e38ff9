import { expect, test } from 'vitest';
import { aligned, lastBefore } from './aligned';

test('curves that share their places are handed on as they are', () => {
  const xs = [0, 1];
  const [a, b] = [
    [1, null],
    [2, 3],
  ];
  const data = aligned([
    { xs, ys: a },
    { xs, ys: b },
  ]);
  expect(data[0]).toBe(xs);
  expect(data[1]).toBe(a);
  expect(data[2]).toBe(b);
});

test('places of all curves are merged, ascending; a curve has nothing where others are', () => {
  const data = aligned([
    { xs: [0, 1, 2], ys: [9, 8, 7] },
    { xs: [0, 0.5, 2, 3], ys: [6, null, 5, 4] },
    { xs: [], ys: [] },
  ]);
  expect(data).toEqual([
    [0, 0.5, 1, 2, 3],
    [9, null, 8, 7, null],
    [6, null, null, 5, 4],
    [null, null, null, null, null],
  ]);
  expect(aligned([])).toEqual([[]]);
});

test('a curve that stays at a place is drawn with all that it was there', () => {
  expect(
    aligned([
      { xs: [1, 1, 2], ys: [3, 2, 1] },
      { xs: [1], ys: [4] },
    ]),
  ).toEqual([
    [1, 1, 2],
    [3, 2, 1],
    [4, null, null],
  ]);
});

test('what is read out is the last known value at or before a place', () => {
  expect([0, 1, 2, 3].map((i) => lastBefore([null, 5, null, 6], i))).toEqual([null, 5, 5, 6]);
});
