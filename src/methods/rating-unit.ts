import { type RatingScale, scaleSpan } from '../ratings/rating-set';

/**
 * Rating units in one unit of B-SGD: ratings are brought to a span of at most five, the span of a star scale,
 * for which published learning rates hold; star ratings stay as they are. On raw 8-bit ratings γ = 0.01 diverges.
 * A power of four, so that neither it nor its root, by which factors are multiplied, costs a snapshot a bit.
 */
export function ratingUnit(scale: RatingScale): number {
  let unit = 1;
  while (unit < scaleSpan(scale) / 5) unit *= 4;
  return unit;
}

/**
 * Rating units that stand for a preference of 1: a power of four near the top of the scale, so that what is not preferred
 * is drawn as 0, and what is, near the highest rating. 4 on stars, 256 on bytes.
 */
export function preferenceUnit({ max }: RatingScale): number {
  return max > 0 ? 4 ** Math.round(Math.log(max) / Math.log(4)) : 1;
}

/**
 * Rating units in one star, if the scale were one of stars: 1 for 1–5 and for half stars, 20 for 20–100 in steps of 20,
 * 64 for bytes. Ratings multiplied by c have a star that is c times as large, whatever c is. The spacing of the values,
 * or a quarter of the span where they have none, doubled or halved to a span of 2.55 to 5.1 stars.
 */
export function starUnit(scale: RatingScale): number {
  const span = scaleSpan(scale);
  let unit = scale.step > 0 ? scale.step : span / 4;
  // No scale of whole steps lies on these limits, so that rounding never decides.
  while (span > 5.1 * unit) unit *= 2;
  while (span < 2.55 * unit) unit /= 2;
  return unit;
}

/** γ and λ, as they are set: γ of ratings in stars, λ in rating units. */
interface Set {
  readonly learningRate: number;
  readonly lambda: number;
  /** γ of the factors, where it is not that of the biases. */
  readonly factorRate?: number;
  /** λ of the biases, where it is not that of the factors. */
  readonly biasLambda?: number;
}

/**
 * The same for the kernels, on a model of units u: what is learnt of ratings c times as large is c times as large. A
 * bias goes along ε, and both grow c-fold: its γ and λ have no unit. Factors grow √c-fold and go along ε times another
 * factor: their γ falls c-fold, and their λ grows c-fold.
 */
export function stepsOn(
  scale: RatingScale,
  unit: number,
  { learningRate, lambda, factorRate = learningRate, biasLambda = lambda }: Set,
) {
  const star = starUnit(scale);
  return {
    learningRate,
    lambda: biasLambda / star,
    factorRate: (factorRate * unit) / star,
    factorLambda: lambda / unit,
  };
}
