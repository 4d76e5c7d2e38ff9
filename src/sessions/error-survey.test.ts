import fc from 'fast-check';
import { expect, test } from 'vitest';
import { errorMetricOf } from '../metrics';
import { measure } from '../metrics/metric';
import type { ColdPolicy } from '../metrics/tally';
import { holdOut } from '../ratings/hold-out';
import { sourceOf } from '../ratings/lines';
import { settle } from '../ratings/sliced';
import { activityGroups, surveyErrors, surveyedOf } from './error-survey';

/** Biases alone: r̂ = 3 + b_x. */
const modelOf = (userBias: readonly number[], itemCount: number) => ({
  ...{ rank: 0, userCount: userBias.length, itemCount, mean: 3 },
  ...{ userBias: Float32Array.from(userBias), itemBias: new Float32Array(itemCount) },
  ...{ userFactors: new Float32Array(0), itemFactors: new Float32Array(0) },
});

const linesOf = (rows: readonly (readonly [number, number, number])[], users: number, items: number) => {
  const triples = {
    users: Uint32Array.from(rows, ([x]) => x),
    items: Uint32Array.from(rows, ([, y]) => y),
    values: Float32Array.from(rows, ([, , r]) => r),
  };
  return settle(holdOut(sourceOf(triples, users, items), { kind: 'random', share: 0, seed: 1 }));
};

const scale = { min: 1, max: 5, step: 1 };

test('by hand: errors stand in the group of who rated, and of what was rated; the largest come first', () => {
  const training = linesOf(
    Array.from({ length: 6 }, (_, y) => [0, y, 3] as const),
    2,
    7,
  );
  const measured = linesOf(
    [
      [0, 6, 4],
      [1, 0, 1],
      [1, 5, 5],
    ],
    2,
    7,
  );
  const survey = settle(surveyErrors(modelOf([0, 0.5], 7), surveyedOf(measured.byUser, training, scale), 2));
  const rmse = errorMetricOf('rmse');
  const of = (tally: Float64Array) => activityGroups.map((_, g) => measure(rmse, tally, g));
  // User 0 gave six ratings, user 1 none: 4 − 3 = 1; 1 − 3.5 = −2.5 and 5 − 3.5 = 1.5.
  const ofNone = Math.sqrt((2.5 ** 2 + 1.5 ** 2) / 2);
  expect(of(survey.byUser)).toEqual([expect.closeTo(ofNone, 12), null, 1, null, null, null]);
  // Item 6 was never rated, items 0 and 5 once.
  expect(of(survey.byItem)).toEqual([1, expect.closeTo(ofNone, 12), null, null, null, null]);
  expect(survey.largest).toEqual([
    { user: 1, item: 0, rating: 1, prediction: 3.5 },
    { user: 1, item: 5, rating: 5, prediction: 3.5 },
  ]);
  // User 1 is cold, and so is item 6: nothing is left where such pairs do not count.
  const largest = (cold: ColdPolicy, clip = false) => {
    const of = surveyedOf(measured.byUser, training, { min: 1, max: 3, step: 1 });
    return settle(surveyErrors(modelOf([0, 0.5], 7), of, 3, { cold, clip })).largest;
  };
  expect(largest('drop')).toEqual([]);
  expect(largest('zero').map(({ prediction }) => prediction)).toEqual([0, 0, 0]);
  expect(largest('bias', true).map(({ prediction }) => prediction)).toEqual([3, 3, 3]);
});

test('groups add up to all, by users and by items alike, and nothing that is left out is further off', () => {
  fc.assert(
    fc.property(
      fc.array(fc.tuple(fc.nat(9), fc.nat(9), fc.integer({ min: 1, max: 5 })), { minLength: 1 }),
      fc.integer({ min: 1, max: 8 }),
      (drawn, most) => {
        const rows = [...new Map(drawn.map((row) => [row[0] * 10 + row[1], row])).values()];
        const { byUser, byItem } = linesOf(rows, 10, 10);
        const survey = settle(
          surveyErrors(
            modelOf(Array(10).fill(0.25), 10),
            surveyedOf(byUser, { byUser, byItem }, scale),
            most,
          ),
        );
        const errors = rows.map(([, , r]) => Math.abs(r - 3.25)).sort((a, b) => b - a);
        expect(survey.largest.map(({ rating, prediction }) => Math.abs(rating - prediction))).toEqual(
          errors.slice(0, most),
        );
        const mae = errors.reduce((sum, one) => sum + one, 0) / errors.length;
        for (const tally of [survey.byUser, survey.byItem])
          expect(measure(errorMetricOf('mae'), tally)).toBeCloseTo(mae, 12);
      },
    ),
  );
});
