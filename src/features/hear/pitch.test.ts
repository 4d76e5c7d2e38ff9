import { expect, test } from 'vitest';
import type { Chart, Curve } from '../../draw/chart/chart';
import { pitchOf, tonesOf } from './pitch';

test('a tone is as high as its value stands on the chart, two octaves from bottom to top', () => {
  const axis = { title: '', range: [10, 30] } as const;
  expect([10, 20, 30].map((value) => pitchOf(value, axis))).toEqual([220, 440, 880]);
  expect([0, 99].map((value) => pitchOf(value, axis))).toEqual([220, 880]);
  expect(pitchOf(10, { title: '', range: [1, 100], log: true })).toBeCloseTo(440, 9);
  expect(pitchOf(5, { title: '', range: [5, 5] })).toBe(220);
});

test('each run that goes on has one tone, of what leads: at a place, or where it has come to', () => {
  const curve = (change: Partial<Curve>): Curve => ({
    ...{ name: '', run: '', colour: '', stroke: 'solid', xs: [0, 1, 2], ys: [30, 20, 10] },
    ...change,
  });
  const chart: Chart = {
    ...{ title: '', across: { title: '', range: [0, 2] }, references: [], marks: [] },
    values: [
      { title: '', range: [10, 30] },
      { title: 'ms', range: [0, 1] },
    ],
    curves: [
      curve({}),
      curve({ stroke: 'dashed', ys: [30, 30, 30] }),
      curve({ past: true }),
      curve({ by: 1 }),
      curve({ xs: [1, 5], ys: [null, 30] }),
    ],
  };
  expect(tonesOf(chart, null)).toEqual([220, 880]);
  expect(tonesOf(chart, 1)).toEqual([440, null]);
});
