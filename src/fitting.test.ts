import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { crew, finish, freshMemory } from './fixtures/bits/from-link';
import { atOnceOf } from './methods';
import { noPast } from './methods/changes';
import { starUnit } from './methods/rating-unit';
import { valueAt } from './metrics/moment';
import { rmse } from './metrics/rmse';
import { holdOut, placedSplit } from './ratings/hold-out';
import { sourceOf } from './ratings/lines';
import { madeUpRatings, sampleCsv, sampleSizes } from './ratings/sample';
import { settle } from './ratings/sliced';
import { learnAtOnce } from './sessions/at-once';
import { dividedOf, type OnData } from './sessions/fixtures/labs';
import type { Settings } from './settings/race';
import { defaultsFor, runConfig } from './state/run-configs';

/**
 * The defaults that follow from the ratings, against the best of a grid: validation RMSE after all steps, a fifth held
 * out, everything else at its default. The grids are the parts of larger ones around their best points.
 */
const movieLens = new URL('../../shared/data/ml-latest-small/ratings.csv', import.meta.url);
const isHere = existsSync(movieLens);
if (!isHere) console.info('MovieLens is absent: ../shared/data/ml-latest-small/ratings.csv');

/** Ratings in half stars, times `by` and shifted. */
function halfStars(name: string, csv: string, by = 1, shift = 0): OnData {
  const rows = csv.trim().split('\n').slice(1);
  const scaled = rows.map((row) => {
    const [user, item, rating] = row.split(',').map(Number);
    return [user, item, by * rating + shift];
  });
  return dividedOf(name, scaled, { min: 0.5 * by + shift, max: 5 * by + shift, step: 0.5 * by }, 0.2);
}

function million(): OnData {
  const work = madeUpRatings(sampleSizes.million, 1, 'a sample of a million');
  for (;;) {
    const slice = work.next();
    if (!slice.done) continue;
    const { name, scale, userCount, itemCount } = slice.value;
    const source = sourceOf(slice.value, userCount, itemCount);
    return { name, scale, split: settle(holdOut(source, { kind: 'random', share: 0.2, seed: 1 })) };
  }
}

const memory = freshMemory();

/** Runs with settings other than the defaults, or with those: their validation RMSE, in stars; infinite: it diverged. */
function runsOn({ split, scale }: OnData) {
  const { lineCount: userCount, otherCount: itemCount } = split.byUser;
  const info = { userCount, itemCount, ratingCount: split.trainingCount + split.validationCount, scale };
  const defaults = defaultsFor('file', info);
  const star = starUnit(scale);
  return (method: string, { perStar, learningRate = defaults.learningRate }: Point = {}): number => {
    const lambda = perStar === undefined ? defaults.lambda : perStar * star;
    const settings: Settings = { ...defaults, lambda, learningRate };
    const counted = { ratings: { ...info, name: '', userIds: null, itemIds: null }, ...split };
    const [kernels] = crew(1, memory);
    const placed = placedSplit(split, kernels.ratings);
    const config = runConfig(method, settings, counted);
    const learning = finish(
      learnAtOnce(kernels, info, placed, config, noPast, () => 0),
      [kernels],
    );
    finish(learning.measured([]), [kernels]);
    const { limit, unitsPerStep } = atOnceOf(method);
    finish(learning.advance(settings[limit] * unitsPerStep(split.trainingCount)), [kernels]);
    const { moment } = finish(learning.measured([]), [kernels]);
    const error = valueAt(moment, 'validation', rmse) ?? Number.NaN;
    return learning.diverged || Number.isNaN(error) ? Number.POSITIVE_INFINITY : error / star;
  };
}

/** λ as a share of a star, and γ. */
interface Point {
  readonly perStar?: number;
  readonly learningRate?: number;
}

const lambdas = [0.03, 0.04, 0.05, 0.06, 0.08, 0.1, 0.12, 0.15, 0.2];
const rates = [0.0075, 0.015, 0.02, 0.03];
const grids: Record<string, readonly Point[]> = {
  als: lambdas.map((perStar) => ({ perStar })),
  sgd: rates.flatMap((learningRate) =>
    [0.03, 0.05, 0.08, 0.12].map((perStar) => ({ learningRate, perStar })),
  ),
};

/** By how much of itself the error at the defaults is above the best of a grid. */
function above(data: OnData, method: string, grid: readonly Point[]): number {
  const run = runsOn(data);
  return run(method) / Math.min(...grid.map((point) => run(method, point))) - 1;
}

const mostAbove = 0.01;

describe('λ and γ are at most 1 % above the best of a grid', () => {
  test.each(['als', 'sgd'])('for %s on the sample', (method) => {
    expect(above(halfStars('the sample', sampleCsv(1)), method, grids[method])).toBeLessThan(mostAbove);
  });

  test.each(['als', 'sgd'])('for %s on a sample of a million', (method) => {
    // The best of the whole grid, and its neighbours.
    const near: Record<string, readonly Point[]> = {
      als: [0.04, 0.05, 0.06].map((perStar) => ({ perStar })),
      sgd: [0.02, 0.03].map((perStar) => ({ perStar, learningRate: 0.0075 })),
    };
    expect(above(million(), method, near[method])).toBeLessThan(mostAbove);
  });

  test.skipIf(!isHere).each(['als', 'sgd'])('for %s on MovieLens', (method) => {
    expect(
      above(halfStars('MovieLens', readFileSync(movieLens, 'utf8')), method, grids[method]),
    ).toBeLessThan(mostAbove);
  });

  test.skipIf(!isHere).each([
    [2, 0],
    [20, 0],
    [1, 100],
    [20, -50],
  ])('on MovieLens times %d plus %d', (by, shift) => {
    const data = halfStars('MovieLens', readFileSync(movieLens, 'utf8'), by, shift);
    const als = [0.12, 0.15, 0.2].map((perStar) => ({ perStar }));
    const sgd = [0.1, 0.12].flatMap((perStar) =>
      [0.01, 0.015].map((learningRate) => ({ perStar, learningRate })),
    );
    expect(above(data, 'als', als)).toBeLessThan(mostAbove);
    expect(above(data, 'sgd', sgd)).toBeLessThan(mostAbove);
  });
});
