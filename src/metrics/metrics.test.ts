import { expect, test } from 'vitest';
import { counted, errorMetricOf, errorMetrics, metricOf, toldErrors, toldMetric } from '.';
import { columnName, measure } from './metric';
import { placeOn, valueAt } from './moment';
import {
  addCold,
  addWarm,
  asPredicted,
  type Counting,
  coldErrors,
  coldPolicies,
  coverageOf,
  emptyTally,
  fields,
  knownTally,
  sumsOf,
  warmErrors,
} from './tally';

const scale = { min: 1, max: 5 };

/** Errors 1, −2 and 3 of known pairs; a cold pair that is off by 1 from the bias, 2 from μ and 4 from 0. */
function made() {
  const tally = emptyTally(2);
  addWarm(tally, 0, 4, 3, scale);
  addWarm(tally, fields, 4, 6, scale);
  addWarm(tally, fields, 2, -1, scale);
  addCold(tally, fields, 4, [5, 2], scale);
  return tally;
}
const ways = coldPolicies.flatMap((cold) => [false, true].map((clip) => ({ cold, clip })));

test('by hand: RMSE and MAE with cold pairs under every policy, of predictions as they are and cut to the scale', () => {
  const of = (id: string, counting: Counting) => measure(counted(errorMetricOf(id), counting), made());
  const expected = [
    ...[15 / 4, 7 / 4, 18 / 4, 8 / 4, 30 / 4, 10 / 4, 14 / 3, 6 / 3],
    // Of 6 and −1 become 5 and 1, of 0 becomes 1: errors −1, 1 and 3.
    ...[4 / 4, 4 / 4, 7 / 4, 5 / 4, 12 / 4, 6 / 4, 3 / 3, 3 / 3],
  ];
  for (const [i, clip] of [false, true].entries())
    for (const [j, cold] of coldPolicies.entries()) {
      const [squares, absolute] = expected.slice(8 * i + 2 * j);
      expect(of('rmse', { cold, clip }), `${cold} ${clip}`).toBeCloseTo(Math.sqrt(squares), 12);
      expect(of('mae', { cold, clip }), `${cold} ${clip}`).toBeCloseTo(absolute, 12);
    }
  expect(measure(errorMetricOf('rmse'), made())).toBe(of('rmse', asPredicted));
});

test('a group is measured alone, and one without pairs has no value', () => {
  const tally = made();
  expect(sumsOf(tally, { cold: 'drop', clip: false }, 0)).toEqual({ count: 1, absolute: 1, squares: 1 });
  expect(coverageOf(tally)).toBe(3 / 4);
  for (const metric of errorMetrics) expect(measure(metric, emptyTally())).toBeNull();
  expect(coverageOf(emptyTally())).toBeNull();
});

test('a metric says which errors it is of, in its name and in that of its column, and is the same when asked again', () => {
  const [rmse] = errorMetrics;
  const all = ways.map((way) => counted(rmse, way));
  expect(new Set(all.map(({ name }) => name)).size).toBe(ways.length);
  expect(new Set(all.map((metric) => columnName('validation', metric))).size).toBe(ways.length);
  expect(ways.map((way) => counted(rmse, way))).toEqual(all);
  expect(counted(rmse, asPredicted)).toBe(rmse);
  const both = counted(rmse, { cold: 'drop', clip: true });
  expect(toldErrors({ metric: 'rmse', cold: 'drop', clip: true })).toBe(both);
  expect(toldMetric({ metric: 'ndcg', cold: 'drop', clip: true })).toBe(metricOf('ndcg'));
  expect([both.name, columnName('validation', both)]).toEqual([
    'RMSE (clipped, cold dropped)',
    'validationRmseClippedColdDrop',
  ]);
  // What was written down counts only where it is the same that is asked for.
  const told = { tallies: {}, values: { trainRmse: 2 } };
  expect([valueAt(told, 'train', rmse), valueAt(told, 'train', both)]).toEqual([2, null]);
});

test('every metric lies between the least and the largest error, and MAE is at most RMSE', () => {
  for (const errors of [
    [1, 1, 1],
    [0, 0, 3],
    [0.5, 2, 2.5],
  ]) {
    const sum = (of: (error: number) => number) => errors.reduce((total, error) => total + of(error), 0);
    const tally = knownTally(
      3,
      sum(Math.abs),
      sum((error) => error ** 2),
    );
    const values = errorMetrics.map((metric) => measure(metric, tally) ?? Number.NaN);
    for (const value of values) {
      expect(value).toBeGreaterThanOrEqual(Math.min(...errors) - 1e-12);
      expect(value).toBeLessThanOrEqual(Math.max(...errors) + 1e-12);
    }
    expect(values[1]).toBeLessThanOrEqual(values[0] + 1e-12);
  }
  expect(warmErrors).toBeLessThan(coldErrors);
});

test('a moment tells what its tallies do; where it has none, what is written down; else nothing', () => {
  const [rmse, mae] = errorMetrics;
  const measured = { tallies: { train: knownTally(4, 8, 36) } };
  expect([valueAt(measured, 'train', rmse), valueAt(measured, 'train', mae)]).toEqual([3, 2]);
  expect(valueAt(measured, 'validation', rmse)).toBeNull();
  const told = { tallies: {}, values: { [columnName('train', mae)]: 1.5 } };
  expect([valueAt(told, 'train', mae), valueAt(told, 'train', rmse)]).toEqual([1.5, null]);
  expect(columnName('validation', rmse)).toBe('validationRmse');
  expect(() => placeOn({ step: 1, observations: 2, flops: null, seconds: 0 }, 'flops')).toThrow('flops');
});
