import { expect, test } from 'vitest';
import type { Chart } from '../../draw/chart/chart';
import { endsOf, roomFor, spread } from './ends';

test('names keep apart, in the order of their curves, and stand where these end wherever they can', () => {
  expect(spread([10, 100, 50], 14, 200)).toEqual([10, 100, 50]);
  expect(spread([50, 52, 49], 14, 200)).toEqual([63, 77, 49]);
});

test('at the bottom they give way upwards', () => {
  expect(spread([198, 199, 200], 14, 200)).toEqual([172, 186, 200]);
  expect(spread([], 14, 200)).toEqual([]);
});

const curve = { name: 'ALS validation', run: 'ALS', colour: 'blue', stroke: 'solid', xs: [0, 1, 2] } as const;
const chart: Chart = {
  ...{ title: 'RMSE', across: { title: 'steps', range: [0, 4] }, values: [{ title: '', range: [0, 9] }] },
  curves: [
    { ...curve, ys: [5, 3, null] },
    { ...curve, by: 1, ys: [5, 3, 1] },
    { ...curve, past: true, ys: [5, 3, 1] },
    { ...curve, ys: [null, null, null] },
  ],
  references: [{ value: 2, label: 'batch ALS' }],
  marks: [
    { at: 1, words: '| ALS refit', kind: 'tick' },
    { at: 2, words: '', kind: 'tick' },
    { at: 2, words: 'taste turns', kind: 'line' },
  ],
};

test('lines end in words: curves where they are, if they are to be named, and all else at the edge', () => {
  const [line, tick] = [
    { words: 'batch ALS 2.000', colour: null, stroke: 'dashed', at: 4, value: 2 },
    { words: '| ALS refit', colour: null, stroke: 'solid', at: 4, value: null },
  ];
  expect(endsOf(chart)).toEqual([line, tick]);
  expect(endsOf({ ...chart, named: true })).toEqual([
    { words: 'ALS', colour: 'blue', stroke: 'solid', marker: undefined, at: 1, value: 3 },
    line,
    tick,
  ]);
});

test('words have room beside the curves where these keep two thirds, and none where they do not', () => {
  expect(roomFor([40, 90], 60, 300)).toBe(90);
  expect(roomFor([], 60, 300)).toBe(60);
  expect(roomFor([40, 101], 60, 300)).toBe(0);
});
