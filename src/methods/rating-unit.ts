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
