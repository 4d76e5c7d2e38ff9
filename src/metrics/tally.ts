/** What is predicted where a method does not know the user or the item. */
export const coldPolicies = ['bias', 'mean', 'zero', 'drop'] as const;
export type ColdPolicy = (typeof coldPolicies)[number];

/** Ratings that the user had given when the error was made: at most so many, group by group. */
export const historyGroups = [0, 5, 20, Number.POSITIVE_INFINITY] as const;
export const groupCount = historyGroups.length;

export function groupOf(ratings: number): number {
  return ratings === 0 ? 0 : ratings <= 5 ? 1 : ratings <= 20 ? 2 : 3;
}

/**
 * Squared errors by history, under every policy at once, so that choosing another one computes nothing anew. Of each
 * group, one after the other: how many pairs were known and their Σε²; how many were not, and their Σε² where μ + the
 * known bias, μ, and 0 stand for the prediction. Rating units.
 */
export type Tally = Float64Array;
export const fields = 6;
export const warmCount = 0;
export const warmSquares = 1;
export const coldCount = 2;
export const coldSquares = 3;

export const emptyTally = (): Tally => new Float64Array(groupCount * fields);

export function addTally(to: Tally, by: Tally): void {
  for (let i = 0; i < to.length; i++) to[i] += by[i];
}

export interface Errors {
  /** Rating units; NaN of nothing. */
  readonly rmse: number;
  /** Share of the pairs that a method knew both sides of; NaN of nothing. */
  readonly coverage: number;
  readonly pairs: number;
}

/** The error under a policy, of all or of one group of users. */
export function errorsOf(tally: ArrayLike<number>, policy: ColdPolicy, group: number | null = null): Errors {
  let squares = 0;
  let counted = 0;
  let known = 0;
  let pairs = 0;
  for (let g = group ?? 0; g <= (group ?? groupCount - 1); g++) {
    const at = g * fields;
    known += tally[at + warmCount];
    pairs += tally[at + warmCount] + tally[at + coldCount];
    squares += tally[at + warmSquares];
    counted += tally[at + warmCount];
    if (policy === 'drop') continue;
    squares += tally[at + coldSquares + coldPolicies.indexOf(policy)];
    counted += tally[at + coldCount];
  }
  return { rmse: Math.sqrt(squares / counted), coverage: known / pairs, pairs };
}
