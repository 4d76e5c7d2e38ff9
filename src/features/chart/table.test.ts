import { expect, test } from 'vitest';
import type { Chart } from '../../draw/chart/chart';
import { chartRows, rowsAtOnce } from './table';

const line = { run: 'A', colour: 'red', stroke: 'solid' } as const;
const chart = (count: number): Chart => ({
  title: 'RMSE',
  across: { title: 'steps', range: [0, count] },
  values: [
    { title: 'rating units', range: [0, 1] },
    { title: 'ms per batch', range: [0, 1] },
  ],
  curves: [
    { ...line, name: 'A', xs: Array.from({ length: count }, (_, i) => i), ys: Array(count).fill(0.12345) },
    { ...line, name: 'B', xs: [0.5], ys: [2] },
    { ...line, name: 'B', by: 1, xs: [1], ys: [30] },
  ],
  ...{ references: [], marks: [] },
});

test('every place at which a curve was measured is a row; where one was not, nothing is made up', () => {
  const { columns, rows, count } = chartRows(chart(2), 0);
  expect(columns.map(({ name }) => name)).toEqual(['A', 'B', 'B, ms per batch']);
  expect(rows).toEqual([
    { place: '0', values: ['0.1235', '–', '–'] },
    { place: '0.5', values: ['–', '2.000', '–'] },
    { place: '1', values: ['0.1235', '–', '30.00'] },
  ]);
  expect(count).toBe(3);
});

test('of many places only some are there at once, from where one asks on', () => {
  const { rows, count } = chartRows(chart(5000), 200);
  expect([rows.length, count]).toEqual([rowsAtOnce, 5001]);
  expect(rows[0].place).toBe('199');
  expect(chartRows(chart(20), 19).rows.map(({ place }) => place)).toEqual(['18', '19']);
});
