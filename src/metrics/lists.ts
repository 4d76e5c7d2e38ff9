/** What was recommended to one user. */
export interface RankedList {
  /** k: so many were wanted. */
  readonly size: number;
  /** Best first: at most k, and fewer where there are no more. */
  readonly items: readonly number[];
  /** Of each of them, whether the user liked it. */
  readonly hits: readonly boolean[];
  /** How many items that were held out the user liked: at least one. */
  readonly likes: number;
  /** The place of the first liked item among all that could be recommended, from 1 on; 0 where none could. */
  readonly first: number;
}

/** What there is to recommend. */
export interface Catalogue {
  readonly itemCount: number;
  /** Of each item, how often it was rated in training. */
  readonly counts: ArrayLike<number>;
}

/** A number of some lists, and its standard error where it is a mean over users who were drawn; null where it is none. */
export interface ListSummary {
  readonly value: number;
  readonly error: number | null;
}

/** The mean of some numbers, NaN of none, and its standard error s/√n; that of one alone is not known. */
export function meanOf(values: readonly number[]): ListSummary {
  const n = values.length;
  const value = values.reduce((sum, one) => sum + one, 0) / n;
  const squares = values.reduce((sum, one) => sum + (one - value) ** 2, 0);
  return { value, error: n > 1 ? Math.sqrt(squares / (n - 1) / n) : null };
}

/** The same of a number of every list. */
export const meanOver = (lists: readonly RankedList[], of: (list: RankedList) => number): ListSummary =>
  meanOf(lists.map(of));

/** How many of the list the user liked. */
export const hitsIn = ({ hits }: RankedList): number => hits.filter(Boolean).length;
