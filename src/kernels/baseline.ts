import type { Triples } from '../ratings/lines';

/** μ: the arithmetic mean; 0 of nothing. */
export function meanOf(values: ArrayLike<number>): number {
  let sum = 0;
  for (let j = 0; j < values.length; j++) sum += values[j];
  return values.length > 0 ? sum / values.length : 0;
}

/**
 * Damped averages, the baseline that needs no training:
 *
 *   b_y = Σ (r − μ) / (n_y + damping),  b_x = Σ (r − μ − b_y) / (n_x + damping)
 *
 * Rating units. Fresh arrays, one entry per item and per user; 0 for who has no rating.
 * Source: Koren, "Factor in the neighbors", 2010, section 2.1.
 */
export function dampedBiases(
  { users, items, values }: Triples,
  userCount: number,
  itemCount: number,
  mean: number,
  damping = 5,
): { userBias: Float64Array; itemBias: Float64Array } {
  const itemBias = new Float64Array(itemCount);
  const userBias = new Float64Array(userCount);
  const itemRatings = new Uint32Array(itemCount);
  const userRatings = new Uint32Array(userCount);
  for (let j = 0; j < values.length; j++) {
    itemBias[items[j]] += values[j] - mean;
    itemRatings[items[j]]++;
    userRatings[users[j]]++;
  }
  for (let y = 0; y < itemCount; y++) itemBias[y] /= itemRatings[y] + damping || 1; // 0/0 is 0
  for (let j = 0; j < values.length; j++) userBias[users[j]] += values[j] - mean - itemBias[items[j]];
  for (let x = 0; x < userCount; x++) userBias[x] /= userRatings[x] + damping || 1;
  return { userBias, itemBias };
}
