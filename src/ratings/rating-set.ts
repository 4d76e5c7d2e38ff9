import type { Title } from './titles';

/**
 * What is known: observed (user, item, value, time?) triples as flat arrays.
 *
 * `users[j]`, `items[j]`, `values[j]` and `times.at[j]` describe rating j. Users and items are indices
 * 0…userCount−1 and 0…itemCount−1 in order of first appearance; their names in the source are `userIds` and
 * `itemIds` (null: the index is the name). Values are in rating units. A pair (user, item) stands at most once.
 *
 * Nobody writes to a RatingSet after it is built; it may be posted to workers and shared freely.
 */
export interface RatingSet {
  /** What the user calls it: a file name, or the name of a picture. */
  readonly name: string;
  readonly userCount: number;
  readonly itemCount: number;
  /** Length of each array below. */
  readonly ratingCount: number;
  readonly users: Uint32Array;
  readonly items: Uint32Array;
  readonly values: Float32Array;
  /** Null where the source has none. */
  readonly times: Times | null;
  readonly userIds: readonly string[] | null;
  readonly itemIds: readonly string[] | null;
  /** What items are called, where that is known; absent where it is of none. */
  readonly itemTitles?: readonly (Title | null)[];
  readonly scale: RatingScale;
  /** So many of the last came as a test set; 0 where none did. */
  readonly testCount?: number;
  /** Ratings that the source has and nobody is shown: they are measured on alone. Absent where there are none. */
  readonly hidden?: HiddenRatings;
}

type HiddenRatings = Pick<RatingSet, 'users' | 'items' | 'values'>;

/** When: time j is origin + unit · at[j], in seconds since 1970. Whole seconds are exact. */
export interface Times extends Clock {
  readonly at: Uint32Array;
}

interface Clock {
  readonly origin: number;
  readonly unit: number;
}

/** What is said of a data set without its ratings. */
export type RatingInfo = Omit<RatingSet, 'users' | 'items' | 'values' | 'times' | 'hidden'> & {
  readonly clock?: Clock | null;
  /** How many ratings nobody is shown. */
  readonly hiddenCount?: number;
};

/** The values that ratings can take, in rating units; `step` is their spacing, 0 where there is no grid. */
export interface RatingScale {
  readonly min: number;
  readonly max: number;
  readonly step: number;
}

/** Whether every cell of the matrix is known. */
export function isComplete(ratings: Pick<RatingSet, 'userCount' | 'itemCount' | 'ratingCount'>): boolean {
  return ratings.ratingCount > 0 && ratings.ratingCount === ratings.userCount * ratings.itemCount;
}

/** max − min of the scale, in rating units; 1 for a scale of a single value, so that it can divide. */
export function scaleSpan(scale: RatingScale): number {
  return scale.max > scale.min ? scale.max - scale.min : 1;
}
