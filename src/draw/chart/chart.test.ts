import { expect, test } from 'vitest';
import { metricsCsv } from '../../files/exports/metrics-csv';
import type { RunConfig } from '../../methods/config';
import type { Moment } from '../../metrics/moment';
import { themes } from '../theme';
import type { Chart } from './chart';
import { chartFigure } from './figure';
import { svgOf } from './svg';
import { ticks } from './ticks';

const moments: Moment[] = [0, 0.5, 1].map((step, i) => ({
  ...{ step, observations: 90 * step, flops: 14 * step, seconds: step / 2 },
  ...{ tallies: {}, values: { trainRmse: 3 - i } },
}));
const chart: Chart = {
  title: 'RMSE',
  across: { title: 'iterations', range: [0, 1] },
  values: [{ title: 'rating units', range: [0, 4] }],
  curves: [
    {
      ...{ name: 'ALS train', run: 'ALS <&> "1"', colour: '#2468a8', stroke: 'solid' },
      xs: [0, 0.5, 1],
      ys: [3, 2, 1],
    },
  ],
  references: [{ value: 2, label: 'mean' }],
  marks: [],
};

test('a curve goes through its values, and ends where it is told', () => {
  const curveOf = (upTo?: number) => {
    const { shapes } = chartFigure(
      { ...chart, ...(upTo !== undefined && { upTo }) },
      themes.light,
      400,
      200,
      1,
    );
    return shapes.flatMap((shape) =>
      shape.kind === 'line' && shape.stroke === '#2468a8' && shape.width > 1.5 ? [shape.points] : [],
    )[1];
  };
  const whole = curveOf();
  expect(whole).toHaveLength(3);
  expect(whole[1][0]).toBeCloseTo((whole[0][0] + whole[2][0]) / 2);
  expect(whole[1][1]).toBeCloseTo((whole[0][1] + whole[2][1]) / 2);
  expect(curveOf(0.5)).toEqual(whole.slice(0, 2));
  expect(curveOf(0.49)).toEqual(whole.slice(0, 1));
});

test('any number of curves: each run once in the legend, a dot where each ends, none of what has no value', () => {
  const [als] = chart.curves;
  const curves = [
    als,
    { ...als, name: `${als.run} train`, stroke: 'dashed' as const, ys: [4, null, 2] },
    { ...als, run: 'NALS', colour: '#008800', ys: [3, 3, null] },
    { ...als, run: 'none', colour: '#880000', ys: [null, null, null] },
    { ...als, run: 'cost', colour: '#000088', by: 1 },
  ];
  const { shapes } = chartFigure({ ...chart, curves, upTo: 1 }, themes.light, 400, 200, 1);
  const texts = shapes.flatMap((shape) => (shape.kind === 'text' ? [shape.text] : []));
  expect(texts.filter((text) => ['ALS <&> "1"', 'NALS', 'none', 'cost', 'train'].includes(text))).toEqual([
    'ALS <&> "1"',
    'NALS',
    'none',
    'train',
  ]);
  expect(shapes.flatMap((shape) => (shape.kind === 'dot' ? [shape.fill] : []))).toEqual([
    '#2468a8',
    '#008800',
  ]);
  expect(
    shapes.flatMap((shape) => (shape.kind === 'line' && shape.width === 1.25 ? [shape.dash] : [])),
  ).toEqual([
    [5, 4],
    [5, 4],
  ]);
});

test('words of a reference stand over its line, or under it where it says so', () => {
  const below = (under: boolean) => {
    const references = [{ value: 2, label: 'mean', under }];
    const { shapes } = chartFigure({ ...chart, references }, themes.light, 400, 200, 1);
    const line = shapes.find((shape) => shape.kind === 'line' && shape.stroke === themes.light.reference);
    const words = shapes.find((shape) => shape.kind === 'text' && shape.text === 'mean 2.000');
    return line?.kind === 'line' && words?.kind === 'text' && words.y > line.points[0][1];
  };
  expect(below(false)).toBe(false);
  expect(below(true)).toBe(true);
});

test('ticks are round, ascending and within their range', () => {
  expect(ticks(0, 10, 5)).toEqual([0, 2, 4, 6, 8, 10]);
  expect(ticks(0.03, 0.31, 3)).toEqual([0.1, 0.2, 0.3]);
  expect(ticks(5, 5, 3)).toEqual([5]);
});

test('an SVG is one document of vectors, whose texts are only texts', () => {
  const svg = svgOf(
    chartFigure(chart, themes.light, 400, 200, 1),
    '</title><script>alert(1)</script>',
    '#ffffff',
  );
  expect(svg).toContain('ALS &lt;&amp;&gt; &quot;1&quot;');
  expect(svg).not.toContain('<script');
  expect(svg.match(/<polyline/g)?.length).toBeGreaterThan(3);
  expect(svg).not.toMatch(/NaN|Infinity|undefined/);
  expect(
    svg
      .match(/<(\w+)/g)
      ?.every((tag) => ['<svg', '<title', '<rect', '<text', '<polyline', '<circle'].includes(tag)),
  ).toBe(true);
});

test('metrics as CSV: a row per moment and run, nothing where nothing is held out, texts that are no formulas', () => {
  const config = { method: 'als', rank: 3, lambda: 0.5, seed: 1 } as RunConfig;
  // λ as it was for the half-sweep before: what is changed at a moment is of the next one.
  const changes = [{ unit: 1, lambda: 7, learningRate: 0 }];
  expect(metricsCsv([{ name: '=ALS', config, changes, moments, found: [] }]).split('\r\n')).toEqual([
    'run,method,rank,lambda,learningRate,seed,step,observations,flops,seconds,trainRmse,validationRmse,hiddenRmse,trainMae,validationMae,hiddenMae',
    `"'=ALS",als,3,0.5,,1,0,0,0,0,3,,,,,`,
    `"'=ALS",als,3,0.5,,1,0.5,45,7,0.25,2,,,,,`,
    `"'=ALS",als,3,7,,1,1,90,14,0.5,1,,,,,`,
    '',
  ]);
});

test('metrics as CSV, where lists were judged: of the frames that were, with what was asked of whom', () => {
  const config = { method: 'als', rank: 3, lambda: 0.5, seed: 1 } as RunConfig;
  const values = { validationNdcg: 0.25, validationNdcgError: 0.0125, hiddenNdcg: 1 };
  const found = [{ ...moments[1], tallies: {}, values }];
  const judged = { part: 'validation', size: 5, likedFrom: 0.8, users: 10, among: 20 } as const;
  const lines = metricsCsv([{ name: 'ALS', config, changes: [], moments, found }], judged).split('\r\n');
  const rows = lines.map((line) => line.split(','));
  const column = (name: string) => rows.slice(1, -1).map((row) => row[rows[0].indexOf(name)]);
  expect(column('validationNdcg')).toEqual(['', '0.25', '']);
  expect(column('validationNdcgError')).toEqual(['', '0.0125', '']);
  expect(column('listSize')).toEqual(['', '5', '']);
  expect(column('judgedAmong')).toEqual(['', '20', '']);
  expect(rows[0]).not.toContain('hiddenNdcg');
});
