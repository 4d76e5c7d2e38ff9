import { expect, test } from 'vitest';
import { errorRange, valueRange } from './ranges';

test('a race is seen from a little below its lowest value to a little over the highest reference', () => {
  const [low, high] = valueRange([40, 20], [[90, 30, 24]], false);
  expect(high).toBeCloseTo(1.15 * 40);
  expect(low).toBeCloseTo(20 - 0.06 * (high - 20));
  expect(valueRange([40], [[30, 4]], false)[1]).toBeCloseTo(1.06 * 40);
  // A run that is still far off is seen, however it began.
  expect(
    valueRange(
      [40],
      [
        [90, 30],
        [null, 200, 80, null],
      ],
      false,
    )[1],
  ).toBeCloseTo(1.15 * 80);
});

test('without references all is seen; with nothing there is a scale all the same; logarithms stay above zero', () => {
  expect(valueRange([], [[2, 1]], false)).toEqual(
    [1 - 0.06 * 1.1, 2.1].map((value) => expect.closeTo(value)),
  );
  expect(valueRange([], [], false)).toEqual([0, 1]);
  expect(valueRange([], [[null]], true)).toEqual([0.1, 1]);
  expect(valueRange([], [[0, 2]], true)[0]).toBeGreaterThan(0);
});

test('a stream is seen without its beginning, with its dashed line', () => {
  const column = [9, ...Array.from({ length: 19 }, () => 1)];
  const [low, high] = errorRange([0.8], [column]);
  expect(low).toBeCloseTo(0.8 - 0.08 * 0.2);
  expect(high).toBeCloseTo(1 + 0.08 * 0.2);
  expect(errorRange([], [[null]])).toEqual([0, 1]);
  expect(errorRange([], [[9, 1]])[1]).toBeGreaterThan(9);
});
