import { createHash } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { chartFigure } from '../../draw/chart/figure';
import { svgOf } from '../../draw/chart/svg';
import { themes } from '../../draw/theme';
import { mae } from '../../metrics/mae';
import type { Metric } from '../../metrics/metric';
import { parts } from '../../metrics/parts';
import { rmse } from '../../metrics/rmse';
import { type ErrorSums, knownTally } from '../../metrics/tally';
import { pictureDefaults } from '../../settings/race';
import { dataOf } from '../../state/fixtures/data-of';
import { raceOf } from '../story/fixtures/races';
import type { Watch } from '../watch/slice';
import type { WorkbenchState } from '../workbench';
import {
  type ChartedRun,
  ofMoments,
  raceChart,
  raceChartOnPage,
  referenceLines,
  runLines,
} from './race-chart';

/** A run whose errors fall by a rate, with one moment that has none. */
function run(
  name: string,
  colour: string,
  count: number,
  from: number,
  rate: number,
  held: boolean,
): ChartedRun {
  const at = Array.from({ length: count }, (_, i) => i);
  const errors = at.map((i) => (i === 3 ? Number.NaN : 1 + from * rate ** i));
  const moments = at.map((i) => ({
    ...{ step: i / 2, observations: 45_000 * i, flops: 7e6 * i * rate, seconds: i / 300, tallies: {} },
    values: { trainRmse: errors[i], validationRmse: held ? errors[i] * 1.1 : null },
  }));
  return { name, colour, ...ofMoments(moments) };
}

const pair = (held: boolean) => [
  run('ALS', '#2468a8', 60, 60, 0.6, held),
  run('B-SGD', '#b3541a', 4000, 70, 0.999, held),
];
const stateOf = (chartScale: 'linear' | 'log') =>
  ({
    data: null,
    floor: null,
    settings: pictureDefaults,
    looks: { chartScale, metric: 'rmse', cold: 'bias', clip: false },
  }) as unknown as WorkbenchState;

describe('the SVG of two methods is the one of before, byte for byte', () => {
  const references = [
    { value: 40.123, label: 'mean predictor' },
    { value: 0.9, label: 'least at rank 20' },
    { value: 1.01, label: 'ALS optimum at this λ' },
  ];
  test.each([
    [false, 'linear', 'step', '26baf67177103ceb'],
    [false, 'linear', 'flops', '700f8e535143c82f'],
    [false, 'log', 'step', '50791133557e2816'],
    [false, 'log', 'flops', 'e075aadb77285707'],
    [true, 'linear', 'step', '5af40328fc85e6b0'],
    [true, 'linear', 'flops', '4843d50e758d0706'],
    [true, 'log', 'step', 'df974088b0406ab5'],
    [true, 'log', 'flops', 'f823a31b5e9f1e45'],
  ] as const)('held out: %s, %s, by %s', (held, scale, axis, digest) => {
    const chart = raceChart(stateOf(scale), pair(held), axis);
    const values = [{ ...chart.values[0], range: [0.5, 80] as const }];
    const figure = chartFigure({ ...chart, values, references }, themes.light, 800, 360, 1.1);
    const svg = svgOf(figure, 'RMSE · Portrait · 300 × 300', themes.light.ground);
    expect(createHash('sha256').update(svg).digest('hex').slice(0, 16)).toBe(digest);
  });
});

test('what a watched folder is compared with is a dashed line of its own, where its metric is shown', () => {
  const manifest = { references: [{ name: 'batch value', part: 'validation', metric: 'rmse', value: 0.9 }] };
  const watch = { manifest } as unknown as Watch;
  const lines = (metric: Metric) =>
    referenceLines({ data: null, floor: null, watch, rankings: null }, metric);
  expect(lines(rmse)).toEqual([{ label: 'batch value', value: 0.9 }]);
  expect(lines(mae)).toEqual([]);
});

test('a run has a curve for each part that was measured; curves of one run share their places', () => {
  const chart = raceChart(stateOf('linear'), [...pair(true), run('ALS 2', 'red', 5, 9, 0.5, false)], 'step');
  expect(chart.curves.map(({ name, run: of, stroke }) => [name, of, stroke])).toEqual([
    ['ALS validation', 'ALS', 'solid'],
    ['ALS train', 'ALS', 'dashed'],
    ['B-SGD validation', 'B-SGD', 'solid'],
    ['B-SGD train', 'B-SGD', 'dashed'],
    ['ALS 2 train', 'ALS 2', 'solid'],
  ]);
  expect(chart.curves[0].xs).toBe(chart.curves[1].xs);
  expect(chart.curves[4].ys).toEqual([10, 5.5, 3.25, null, 1.5625]);
  expect(chart.across.range).toEqual([0, 1999.5]);
});

test('before anything has happened the chart is one step long', () => {
  expect(raceChart(stateOf('linear'), [run('ALS', 'red', 1, 9, 1, false)], 'step').across.range).toEqual([
    0, 1,
  ]);
  const watched = { ...run('Job', 'red', 5, 9, 0.5, false), method: 'mini-batch' };
  const idle = { ...run('ALS', 'red', 0, 9, 1, false), method: 'als' };
  expect(raceChart(stateOf('linear'), [idle, watched], 'step').across.title).toBe('batches');
  expect(raceChart(stateOf('linear'), [idle], 'step').across.title).toBe('iterations / epochs');
  expect(raceChart(stateOf('linear'), [], 'seconds').across.range).toEqual([0, 1e-3]);
});

test('a legend names the parts that there are', () => {
  const als = { name: 'ALS', colour: 'red' };
  const said = (...ids: string[]) =>
    runLines(
      als,
      parts.filter(({ id }) => ids.includes(id)),
    ).map(({ name, stroke }) => [name, stroke]);
  expect(said('train')).toEqual([['ALS train', 'solid']]);
  expect(said('train', 'validation')).toEqual([
    ['ALS validation', 'solid'],
    ['ALS train', 'dashed'],
  ]);
  expect(said('train', 'validation', 'hidden')).toEqual([
    ['ALS hidden', 'solid'],
    ['ALS validation', 'dashed'],
    ['ALS train', 'dotted'],
  ]);
});

test('references are what needs no factors, and what no factors can beat, where they differ', () => {
  const data = dataOf('file', {
    references: {
      on: 'train',
      mean: knownTally(2, 3, 8),
      biases: knownTally(2, 2, 2),
    },
  });
  const labels = (floor: WorkbenchState['floor']) =>
    referenceLines({ data, floor, watch: null, rankings: null }, rmse).map(({ label }) => label);
  expect(referenceLines({ data, floor: null, watch: null, rankings: null }, rmse)).toEqual([
    { value: 2, label: 'mean predictor' },
    { value: 1, label: 'mean + biases' },
  ]);
  expect(labels({ rank: 3, lambda: 15, least: 1, regularised: 1.001 })).toContain('least at rank 3');
  expect(labels({ rank: 3, lambda: 15, least: 1, regularised: 1.001 })).not.toContain('ALS optimum at λ 15');
  expect(labels({ rank: 3, lambda: 15, least: 1, regularised: 1.1 })).toContain('ALS optimum at λ 15');
  // The least squares are not the least of another sum.
  const absolute = { ...rmse, ofSquares: false, of: ({ count, absolute }: ErrorSums) => absolute / count };
  expect(
    referenceLines(
      { data, floor: { rank: 3, lambda: 15, least: 1, regularised: 2 }, watch: null, rankings: null },
      absolute,
    ),
  ).toEqual([
    { value: 1.5, label: 'mean predictor' },
    { value: 1, label: 'mean + biases' },
  ]);
});

test('where something is held out, training can be left out: the first curve of each run stays', () => {
  const runs = pair(true);
  const [all, first] = [true, false].map((areAll) => raceChart(stateOf('linear'), runs, 'step', areAll));
  expect(all.curves).toHaveLength(4);
  expect(first.curves.map(({ name }) => name)).toEqual(['ALS validation', 'B-SGD validation']);
});

test('while runs go on the axis on the page grows by doublings, to what is planned at most; then it ends with them', () => {
  const rangeOf = (last: number, change: Partial<WorkbenchState> = {}) =>
    raceChartOnPage(raceOf({ 0: 60, [last]: 8 }, { 0: 70, [last]: 9 }, change)).across.range;
  expect(rangeOf(3)).toEqual([0, 4]);
  expect(rangeOf(5)).toEqual([0, 8]);
  expect(rangeOf(50)).toEqual([0, 60]);
  const state = raceOf({ 0: 60, 3: 8 }, { 0: 70, 3: 9 });
  expect(
    raceChartOnPage({ ...state, looks: { ...state.looks, chartAxis: 'observations' } }).across.range,
  ).toEqual([0, 4096]);
  const ended = Object.entries(state.runs).map(([id, run]) => [id, { ...run, status: 'finished' }]);
  expect(raceChartOnPage({ ...state, runs: Object.fromEntries(ended) }).across.range).toEqual([0, 3]);
});
