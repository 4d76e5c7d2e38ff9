/** What is predicted where a method does not know the user or the item. */
export const coldPolicies = ['bias', 'mean', 'zero', 'drop'] as const;
export type ColdPolicy = (typeof coldPolicies)[number];

/** What each is called. */
export const coldNames: Readonly<Record<ColdPolicy, string>> = {
  bias: 'as predicted',
  mean: 'mean',
  zero: '0 (nothing)',
  drop: 'dropped (Spark)',
};

/** Which errors count, and of what predictions: how a model is judged, whatever it learns by. */
export interface Counting {
  /** What becomes of pairs of whom one side was never learnt from. */
  readonly cold: ColdPolicy;
  /** Predictions are cut to the scale of the ratings before their errors are taken. */
  readonly clip: boolean;
}

/** What ratings can be, as far as predictions are cut to it. */
interface Scale {
  readonly min: number;
  readonly max: number;
}

/** Where nobody says otherwise: whatever is predicted, as it is. */
export const asPredicted: Counting = { cold: 'bias', clip: false };

/** Ratings that the user had given when the error was made: at most so many, group by group. */
export const historyGroups = [0, 5, 20, Number.POSITIVE_INFINITY] as const;
const groupCount = historyGroups.length;

export function groupOf(ratings: number): number {
  return ratings === 0 ? 0 : ratings <= 5 ? 1 : ratings <= 20 ? 2 : 3;
}

/**
 * Sums of errors ε = r − r̂ in rating units, counted in every way at once, so that choosing another one computes nothing
 * anew. One group of pairs after the other (`historyGroups`, or a single group of all), each with `fields` numbers: how
 * many pairs the method knows both sides of, and how many it does not; then Σ|ε| and Σε² of the known pairs, and of the
 * others where what the method makes of them, μ, and 0 stand for the prediction; then these eight once more, of
 * predictions cut to the scale.
 */
export type Tally = Float64Array;
export const fields = 18;
export const warmCount = 0;
export const coldCount = 1;
/** Σ|ε| of the known pairs; Σε² follows it. */
export const warmErrors = 2;
/** Σ|ε| of the others under the first policy; Σε², then both under the next ones follow. */
export const coldErrors = 4;
/** From a sum to the same of predictions that were cut to the scale. */
const clippedAfter = 8;

export const emptyTally = (groups: number = groupCount): Tally => new Float64Array(groups * fields);

/** A tally of one group in which every pair is known, and every prediction within the scale. */
export function knownTally(count: number, absolute: number, squares: number): Tally {
  const tally = emptyTally(1);
  tally.set([count, 0, absolute, squares]);
  tally.set([absolute, squares], warmErrors + clippedAfter);
  return tally;
}

/** A prediction cut to a scale. */
export const clipped = (prediction: number, { min, max }: Scale): number =>
  Math.min(max, Math.max(min, prediction));

/** Adds a known pair to the group that begins at a place of a tally. */
export function addWarm(tally: Tally, at: number, rating: number, said: number, scale: Scale): void {
  tally[at + warmCount]++;
  addError(tally, at + warmErrors, rating, said, scale);
}

/** Adds a pair that is not known: what the method makes of it, μ, and 0, in the order of the policies. */
export function addCold(
  tally: Tally,
  at: number,
  rating: number,
  [said, mean]: readonly [said: number, mean: number],
  scale: Scale,
): void {
  tally[at + coldCount]++;
  addError(tally, at + coldErrors, rating, said, scale);
  addError(tally, at + coldErrors + 2, rating, mean, scale);
  addError(tally, at + coldErrors + 4, rating, 0, scale);
}

/** The error of what is said of a rating, as it is and cut to the scale. */
function addError(tally: Tally, at: number, rating: number, said: number, scale: Scale): void {
  addTo(tally, at, rating - said);
  addTo(tally, at + clippedAfter, rating - clipped(said, scale));
}

function addTo(tally: Tally, at: number, error: number): void {
  tally[at] += Math.abs(error);
  tally[at + 1] += error * error;
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

/** The errors that count, of all or of one group of pairs. */
export function sumsOf(
  tally: ArrayLike<number>,
  { cold: policy, clip }: Counting = asPredicted,
  group: number | null = null,
): ErrorSums {
  let [count, absolute, squares] = [0, 0, 0];
  const shift = clip ? clippedAfter : 0;
  const cold = policy === 'drop' ? null : shift + coldErrors + 2 * coldPolicies.indexOf(policy);
  for (let g = group ?? 0; g <= (group ?? tally.length / fields - 1); g++) {
    const at = g * fields;
    count += tally[at + warmCount];
    absolute += tally[at + shift + warmErrors];
    squares += tally[at + shift + warmErrors + 1];
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
