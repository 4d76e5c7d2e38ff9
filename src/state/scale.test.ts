import { describe, expect, test } from 'vitest';
import { pageKernels } from '../kernels/page-kernels';
import { atOnceOf, methodOf, streamMethodIds } from '../methods';
import { finish } from '../methods/fixtures/finish';
import { starUnit } from '../methods/rating-unit';
import { valueAt } from '../metrics/moment';
import { rmse } from '../metrics/rmse';
import { sumsOf } from '../metrics/tally';
import { holdOut } from '../ratings/hold-out';
import { sourceOf } from '../ratings/lines';
import { seededRandom } from '../ratings/random';
import type { RatingSet } from '../ratings/rating-set';
import { settle } from '../ratings/sliced';
import { openLab } from '../sessions/lab';
import { changed } from '../settings/race';
import { streamConfig } from '../settings/stream';
import { defaultsFor, runConfig, streamDefaultsFor } from './run-configs';

/** Stars from 1 to 5, with a taste or two behind them, times `by` and shifted. */
function stars(by: number, shift: number): RatingSet {
  const [userCount, itemCount] = [40, 60];
  const random = seededRandom(7);
  const taste = Float64Array.from({ length: 2 * (userCount + itemCount) }, () => random.normal());
  const rows = Array.from({ length: userCount * itemCount }, (_, j) => {
    const [x, y] = [Math.floor(j / itemCount), j % itemCount];
    const of = (f: number) => taste[2 * x + f] * taste[2 * (userCount + y) + f];
    const value = Math.min(5, Math.max(1, Math.round(3 + 0.8 * (of(0) + of(1)) + 0.5 * random.normal())));
    return { x, y, value, known: random.uniform() < 0.4 };
  }).filter(({ known }) => known);
  return {
    ...{ name: 'stars', userCount, itemCount, ratingCount: rows.length },
    users: Uint32Array.from(rows, ({ x }) => x),
    items: Uint32Array.from(rows, ({ y }) => y),
    values: Float32Array.from(rows, ({ value }) => by * value + shift),
    ...{ times: null, userIds: null, itemIds: null },
    scale: { min: by + shift, max: 5 * by + shift, step: by },
  };
}
const divided = (ratings: RatingSet) =>
  settle(
    holdOut(sourceOf(ratings, ratings.userCount, ratings.itemCount), { kind: 'random', share: 0.2, seed: 1 }),
  );

/** Validation and training RMSE of a run at the defaults of its ratings, but for what is changed. */
function errorsOf(method: string, ratings: RatingSet, change: object = {}): number[] {
  const split = divided(ratings);
  const settings = changed(defaultsFor('file', ratings), { rank: 3, ...change });
  if (!settings) throw new Error('out of bounds');
  const config = runConfig(method, settings, { ratings, ...split });
  const run = settle(atOnceOf(method).begin(pageKernels, ratings, split, config));
  finish(run.measure(0));
  finish(run.advance(6 * run.unitsPerStep));
  const moment = finish(run.measure(0));
  return (['validation', 'train'] as const).map((part) => valueAt(moment, part, rmse) ?? Number.NaN);
}

/** Validation RMSE of every method of a stream at the defaults of its ratings. */
function streamErrorsOf(ratings: RatingSet): Record<string, number> {
  const split = divided(ratings);
  const methods = streamMethodIds.filter((id) => !methodOf(id).arriving?.isExtra);
  const settings = { ...streamDefaultsFor({ source: 'file', ratings }), methods, rank: 3, batchSize: 50 };
  const config = streamConfig(settings, split.trainingCount, false);
  const lab = settle(openLab(pageKernels, split, ratings.scale, config, () => 0));
  finish(lab.advance(lab.lastUnit));
  const { moment } = finish(lab.measured([]));
  return Object.fromEntries(methods.map((id) => [id, rmse.of(sumsOf(moment.methods[id].validation))]));
}

const others = [
  ['doubled', 2, 0],
  ['times twenty', 20, 0],
  ['shifted', 1, 30],
  ['times thirty-seven, and shifted', 37, -11],
] as const;

describe.each(others)('ratings %s', (_, by, shift) => {
  test.each([
    ['als', {}],
    ['als', { regularisation: 'plain', lambda: undefined }],
    ['sgd', {}],
  ] as const)('are learnt as well by %s at the defaults', (method, change) => {
    // Plain λ as the setting says it: by the default of its ratings.
    const of = (ratings: RatingSet) => {
      const { lambda } = defaultsFor('file', ratings);
      return errorsOf(method, ratings, 'lambda' in change ? { ...change, lambda: 20 * lambda } : change);
    };
    const [expected, got] = [of(stars(1, 0)), of(stars(by, shift))];
    for (const [i, error] of got.entries()) expect(error / by / expected[i]).toBeCloseTo(1, 5);
  });

  test('are learnt as well by every method of a stream', () => {
    const [expected, got] = [streamErrorsOf(stars(1, 0)), streamErrorsOf(stars(by, shift))];
    for (const [method, error] of Object.entries(got))
      expect([method, (error / by / expected[method]).toFixed(5)]).toEqual([method, '1.00000']);
  });
});

test('a star is a star, whatever it is written as; half stars and bytes stay what they were', () => {
  const star = (min: number, max: number, step: number) => starUnit({ min, max, step });
  expect([star(1, 5, 1), star(0.5, 5, 0.5), star(0, 255, 1)]).toEqual([1, 1, 64]);
  expect([star(20, 100, 20), star(2, 10, 2), star(1, 10, 1)]).toEqual([20, 2, 2]);
  expect([star(0, 100, 0), star(3, 3, 0), star(0, 1, 1)]).toEqual([25, 0.25, 0.25]);
});

test('λ of pictures, stars and half stars stays what it was', () => {
  const of = (source: 'file' | 'picture', min: number, max: number, step: number) => {
    // Twenty ratings of every user, and of every item.
    const counts = { userCount: 100, itemCount: 100, ratingCount: 2000 };
    const ratings = { ...stars(1, 0), ...counts, scale: { min, max, step } };
    const stream = streamDefaultsFor({ source, ratings });
    return [defaultsFor(source, ratings).lambda, stream.lambda, stream.alsLambda];
  };
  expect(of('file', 1, 5, 1)).toEqual([0.12, 0.02, 0.15]);
  expect(of('file', 0.5, 5, 0.5)).toEqual([0.12, 0.02, 0.15]);
  expect(of('picture', 0, 255, 1)).toEqual([15, 0.02, 0.15]);
  expect(of('file', 20, 100, 20)).toEqual([2.4, 0.4, 3]);
});
