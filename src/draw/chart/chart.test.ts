import { expect, test } from 'vitest';
import { metricsCsv } from '../../files/exports/metrics-csv';
import type { RunConfig } from '../../methods/config';
import type { Moment } from '../../metrics/moment';
import { themes } from '../theme';
import { type ChartContent, chartFigure, ticks } from './figure';
import { svgOf } from './svg';

const moments: Moment[] = [0, 0.5, 1].map((step, i) => ({
  ...{ step, observations: 90 * step, flops: 14 * step, seconds: step / 2 },
  ...{ tallies: {}, values: { trainRmse: 3 - i } },
}));
const content: ChartContent = {
  runs: [{ name: 'ALS <&> "1"', colour: '#2468a8', moments }],
  ...{ axis: 'step', from: 0, to: 1, upTo: null, log: false, range: [0, 4] },
  references: [{ value: 2, label: 'mean' }],
};

test('a curve goes through its values, and ends where it is told', () => {
  const curveOf = (upTo: number | null) => {
    const { shapes } = chartFigure({ ...content, upTo }, themes.light, 400, 200, 1);
    return shapes.flatMap((shape) =>
      shape.kind === 'line' && shape.stroke === '#2468a8' && shape.width > 1.5 ? [shape.points] : [],
    )[1];
  };
  const whole = curveOf(null);
  expect(whole).toHaveLength(3);
  expect(whole[1][0]).toBeCloseTo((whole[0][0] + whole[2][0]) / 2);
  expect(whole[1][1]).toBeCloseTo((whole[0][1] + whole[2][1]) / 2);
  expect(curveOf(0.5)).toEqual(whole.slice(0, 2));
  expect(curveOf(0.49)).toEqual(whole.slice(0, 1));
});

test('ticks are round, ascending and within their range', () => {
  expect(ticks(0, 10, 5)).toEqual([0, 2, 4, 6, 8, 10]);
  expect(ticks(0.03, 0.31, 3)).toEqual([0.1, 0.2, 0.3]);
  expect(ticks(5, 5, 3)).toEqual([5]);
});

test('an SVG is one document of vectors, whose texts are only texts', () => {
  const svg = svgOf(
    chartFigure(content, themes.light, 400, 200, 1),
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
  expect(metricsCsv([{ name: '=ALS', config, moments }]).split('\r\n')).toEqual([
    'run,method,rank,lambda,learningRate,seed,step,observations,flops,seconds,trainRmse,validationRmse',
    `"'=ALS",als,3,0.5,,1,0,0,0,0,3,`,
    `"'=ALS",als,3,0.5,,1,0.5,45,7,0.25,2,`,
    `"'=ALS",als,3,0.5,,1,1,90,14,0.5,1,`,
    '',
  ]);
});
