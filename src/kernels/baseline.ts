import type { Lines } from '../ratings/lines';

/** μ: the arithmetic mean; 0 of nothing. */
export function meanOf(values: ArrayLike<number>): number {
  let sum = 0;
  for (let j = 0; j < values.length; j++) sum += values[j];
  return values.length > 0 ? sum / values.length : 0;
}

/** Ratings of μ that stand against those of a user or an item. */
export const damping = 5;

/**
 * Damped averages, the baseline that needs no training:
 *
 *   b_y = Σ (r − μ) / (n_y + damping),  b_x = Σ (r − μ − b_y) / (n_x + damping)
 *
 * Rating units. Fresh arrays, one entry per item and per user; 0 for who has no rating.
 * Source: Koren, "Factor in the neighbors", 2010, section 2.1.
 */
export function dampedBiases(
  { lineCount, otherCount, start, other, value }: Lines,
  mean: number,
  against = damping,
): { userBias: Float64Array; itemBias: Float64Array } {
  const itemBias = new Float64Array(otherCount);
  const userBias = new Float64Array(lineCount);
  const itemRatings = new Uint32Array(otherCount);
  for (let p = 0; p < value.length; p++) {
    itemBias[other[p]] += value[p] - mean;
    itemRatings[other[p]]++;
  }
  for (let y = 0; y < otherCount; y++) itemBias[y] /= itemRatings[y] + against || 1; // 0/0 is 0
  for (let x = 0; x < lineCount; x++) {
    for (let p = start[x]; p < start[x + 1]; p++) userBias[x] += value[p] - mean - itemBias[other[p]];
    userBias[x] /= start[x + 1] - start[x] + against || 1;
  }
  return { userBias, itemBias };
}
