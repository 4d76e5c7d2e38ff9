import { expect, test } from 'vitest';
import type { Chart } from '../../draw/chart/chart';
import { freeBox } from './free-box';

/** A chart of one curve whose places and values are pixels. */
const chartOf = (points: readonly (readonly [number, number | null])[]) => {
  const curve = { name: 'ALS', run: 'ALS', colour: '', stroke: 'solid' };
  const [xs, ys] = [points.map(([x]) => x), points.map(([, y]) => y)];
  return { curves: [{ ...curve, xs, ys }] } as unknown as Chart;
};
const u = { valToPos: (value: number) => value };
const box = (left: number, top: number) => ({ left, top, right: left + 20, bottom: top + 10 });
const [right, left] = [box(80, 10), box(0, 10)];

test('words stand at the first place that no curve goes through', () => {
  expect(
    freeBox(
      u,
      chartOf([
        [0, 50],
        [100, 50],
      ]),
      [right, left],
      [],
    ),
  ).toBe(right);
  expect(
    freeBox(
      u,
      chartOf([
        [50, 15],
        [100, 15],
      ]),
      [right, left],
      [],
    ),
  ).toBe(left);
});

test('a piece between two points counts, and what is not known does not', () => {
  expect(
    freeBox(
      u,
      chartOf([
        [60, 15],
        [70, null],
        [120, 15],
      ]),
      [right, left],
      [],
    ),
  ).toBe(left);
});

test('no words stand on others; where nothing is free, they stand where they are best', () => {
  expect(freeBox(u, chartOf([]), [right, left], [right])).toBe(left);
  expect(
    freeBox(
      u,
      chartOf([
        [0, 15],
        [100, 15],
      ]),
      [right, left],
      [],
    ),
  ).toBe(right);
});

test('where a curve goes through all that is left, words still do not stand on others', () => {
  const curve = chartOf([
    [0, 15],
    [100, 15],
  ]);
  expect(freeBox(u, curve, [right, left], [right])).toBe(left);
});
