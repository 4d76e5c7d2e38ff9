import { expect, test } from 'vitest';
import { errorMetricOf, errorMetrics } from '.';
import { columnName, measure } from './metric';
import { placeOn, valueAt } from './moment';
import { coldErrors, coverageOf, emptyTally, fields, knownTally, sumsOf, warmErrors } from './tally';

/** Errors 1, −2 and 3 of known pairs; a cold pair that is off by 1 from the bias, 2 from μ and 4 from 0. */
function made() {
  const tally = emptyTally(2);
  tally.set([1, 0, 1, 1]);
  tally.set([2, 1, 2 + 3, 4 + 9], fields);
  tally.set([1, 1, 2, 4, 4, 16], fields + coldErrors);
  return tally;
}

test('by hand: RMSE and MAE of what is known, and with cold pairs under every policy', () => {
  const of = (id: string, policy?: 'bias' | 'mean' | 'zero' | 'drop') =>
    measure(errorMetricOf(id), made(), policy);
  expect(of('rmse')).toBeCloseTo(Math.sqrt(14 / 3), 12);
  expect(of('mae')).toBeCloseTo(2, 12);
  expect([of('rmse', 'bias'), of('mae', 'bias')]).toEqual([Math.sqrt(15 / 4), 7 / 4]);
  expect([of('rmse', 'mean'), of('mae', 'mean')]).toEqual([Math.sqrt(18 / 4), 2]);
  expect([of('rmse', 'zero'), of('mae', 'zero')]).toEqual([Math.sqrt(30 / 4), 10 / 4]);
});

test('a group is measured alone, and one without pairs has no value', () => {
  const tally = made();
  expect(sumsOf(tally, 'drop', 0)).toEqual({ count: 1, absolute: 1, squares: 1 });
  expect(coverageOf(tally)).toBe(3 / 4);
  for (const metric of errorMetrics) expect(measure(metric, emptyTally())).toBeNull();
  expect(coverageOf(emptyTally())).toBeNull();
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
