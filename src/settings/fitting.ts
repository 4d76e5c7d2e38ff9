import { starUnit } from '../methods/rating-unit';
import type { Rated } from './setting';

/**
 * Defaults that follow from what is known before anything is learnt: how large a star is on the scale, and how many
 * ratings a user or an item has, on average over all of them. The more there are, the less a row needs to be held down
 * for each of them, and the sooner passes over all of them have moved it. Both fall with the root of that number, as the
 * standard error of a mean does; the factors are those at which neither ALS nor B-SGD is 1 % above the best of a grid on
 * MovieLens or on the samples (src/fitting.test.ts).
 */
const perRow = ({ userCount, itemCount, ratingCount }: Rated) => (2 * ratingCount) / (userCount + itemCount);

/** λ and γ of rows with a single rating. */
const [lambdaOfOne, rateOfOne] = [0.55, 0.14];
/** Beyond the highest γ, a few epochs overfit; below the least, many learn nothing. */
const rates = { least: 1e-3, most: 0.03 };

const twoDigits = (value: number) => Number(value.toPrecision(2));

/** λ of so much of a star, rating units: a star is as large as the scale has it. */
export const ofStars = (perStar: number, { scale }: Rated): number =>
  Math.min(1e3, perStar * (scale ? starUnit(scale) : 1));

/** λ, weighted, rating units. */
export const fittingLambda = (rated: Rated): number =>
  ofStars(twoDigits(lambdaOfOne / Math.sqrt(perRow(rated))), rated);

/** γ, as on ratings in stars. */
export const fittingRate = (rated: Rated): number =>
  Math.min(rates.most, Math.max(rates.least, twoDigits(rateOfOne / Math.sqrt(perRow(rated)))));
