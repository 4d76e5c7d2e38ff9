/** What is predicted where a method does not know the user or the item. */
export const coldPolicies = ['bias', 'mean', 'zero', 'drop'] as const;
export type ColdPolicy = (typeof coldPolicies)[number];

/** Ratings that the user had given when the error was made: at most so many, group by group. */
export const historyGroups = [0, 5, 20, Number.POSITIVE_INFINITY] as const;
const groupCount = historyGroups.length;

export function groupOf(ratings: number): number {
  return ratings === 0 ? 0 : ratings <= 5 ? 1 : ratings <= 20 ? 2 : 3;
}

/**
 * Sums of errors ε = r − r̂ in rating units, under every cold-start policy at once, so that choosing another one
 * computes nothing anew. One group of pairs after the other (`historyGroups`, or a single group of all), each with
 * `fields` numbers: how many pairs the method knows both sides of, and how many it does not; then Σ|ε| and Σε² of the
 * known pairs, and of the others where μ + the known bias, μ, and 0 stand for the prediction.
 */
export type Tally = Float64Array;
export const fields = 10;
export const warmCount = 0;
export const coldCount = 1;
/** Σ|ε| of the known pairs; Σε² follows it. */
export const warmErrors = 2;
/** Σ|ε| of the others under the first policy; Σε², then both under the next ones follow. */
export const coldErrors = 4;

export const emptyTally = (groups: number = groupCount): Tally => new Float64Array(groups * fields);

/** A tally of one group in which every pair is known. */
export function knownTally(count: number, absolute: number, squares: number): Tally {
  const tally = emptyTally(1);
  tally.set([count, 0, absolute, squares]);
  return tally;
}

/** Sums of the errors that count. */
export interface ErrorSums {
  /** How many errors there are. */
  readonly count: number;
  /** Σ|ε|, rating units. */
  readonly absolute: number;
  /** Σε², squared rating units. */
  readonly squares: number;
}

/** The errors under a policy, of all or of one group of pairs. */
export function sumsOf(
  tally: ArrayLike<number>,
  policy: ColdPolicy = 'drop',
  group: number | null = null,
): ErrorSums {
  let [count, absolute, squares] = [0, 0, 0];
  const cold = policy === 'drop' ? null : coldErrors + 2 * coldPolicies.indexOf(policy);
  for (let g = group ?? 0; g <= (group ?? tally.length / fields - 1); g++) {
    const at = g * fields;
    count += tally[at + warmCount];
    absolute += tally[at + warmErrors];
    squares += tally[at + warmErrors + 1];
    if (cold === null) continue;
    count += tally[at + coldCount];
    absolute += tally[at + cold];
    squares += tally[at + cold + 1];
  }
  return { count, absolute, squares };
}

/** Share of the pairs that a method knew both sides of, 0…1; null of nothing. */
export function coverageOf(tally: ArrayLike<number>): number | null {
  let known = 0;
  let pairs = 0;
  for (let at = 0; at < tally.length; at += fields) {
    known += tally[at + warmCount];
    pairs += tally[at + warmCount] + tally[at + coldCount];
  }
  return pairs > 0 ? known / pairs : null;
}
