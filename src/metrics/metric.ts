import { type ColdPolicy, type ErrorSums, sumsOf } from './tally';

/** Which ratings an error is of: those learnt from, held out, or hidden from the beginning; or each before it was learnt. */
export type Part = 'train' | 'validation' | 'hidden' | 'prequential';

/** A way to sum up errors. */
export interface Metric {
  /** In links and in the names of columns: 'rmse'. */
  readonly id: string;
  /** 'RMSE' */
  readonly name: string;
  /** What it tells, in a sentence. */
  readonly words: string;
  /** It grows with Σε² alone: what bounds that from below, bounds it. */
  readonly ofSquares?: boolean;
  /** Rating units; never asked of no errors. */
  of(sums: ErrorSums): number;
}

/** A metric of a tally, under a policy, of all or of one group of pairs; null of no errors. */
export function measure(
  metric: Metric,
  tally: ArrayLike<number>,
  policy?: ColdPolicy,
  group: number | null = null,
): number | null {
  const sums = sumsOf(tally, policy, group);
  return sums.count > 0 ? metric.of(sums) : null;
}

/** 'trainRmse': what a column is called in files. */
export const columnName = (part: Part, { id }: Metric) => `${part}${id[0].toUpperCase()}${id.slice(1)}`;
