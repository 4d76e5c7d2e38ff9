import type { Lines } from '../ratings/lines';

/** μ: the arithmetic mean; 0 of nothing. */
export function meanOf(values: ArrayLike<number>): number {
  let sum = 0;
  for (let j = 0; j < values.length; j++) sum += values[j];
  return values.length > 0 ? sum / values.length : 0;
}

/** Ratings of μ that stand against those of a user or an item. */
export const damping = 5;

/** How biases are found. */
export interface Damping {
  /** Ratings of μ that stand against those of a user, and of an item. */
  readonly users: number;
  readonly items: number;
  /** From the second round on, items are averaged on what the users leave. */
  readonly rounds: number;
}
const usualDamping: Damping = { users: damping, items: damping, rounds: 1 };

/**
 * Damped averages, the baseline that needs no training, the items' before the users' in every round:
 *
 *   b_y = Σ (r − μ − b_x) / (n_y + damping),  b_x = Σ (r − μ − b_y) / (n_x + damping)
 *
 * Rating units. Fresh arrays, one entry per item and per user; 0 for who has no rating.
 * Source: Koren, "Factor in the neighbors", 2010, section 2.1.
 */
export function dampedBiases(
  { lineCount, otherCount, start, other, value }: Lines,
  mean: number,
  { users, items, rounds }: Damping = usualDamping,
): { userBias: Float64Array; itemBias: Float64Array } {
  const itemBias = new Float64Array(otherCount);
  const userBias = new Float64Array(lineCount);
  const itemRatings = new Uint32Array(otherCount);
  for (let p = 0; p < value.length; p++) itemRatings[other[p]]++;
  for (let round = 0; round < rounds; round++) {
    itemBias.fill(0);
    for (let x = 0; x < lineCount; x++)
      for (let p = start[x]; p < start[x + 1]; p++) itemBias[other[p]] += value[p] - mean - userBias[x];
    for (let y = 0; y < otherCount; y++) itemBias[y] /= itemRatings[y] + items || 1; // 0/0 is 0
    userBias.fill(0);
    for (let x = 0; x < lineCount; x++) {
      for (let p = start[x]; p < start[x + 1]; p++) userBias[x] += value[p] - mean - itemBias[other[p]];
      userBias[x] /= start[x + 1] - start[x] + users || 1;
    }
  }
  return { userBias, itemBias };
}
