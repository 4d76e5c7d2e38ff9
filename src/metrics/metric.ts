import type { Catalogue, ListSummary, RankedList } from './lists';
import { type ColdPolicy, type ErrorSums, sumsOf } from './tally';

/** Which ratings an error is of: those learnt from, held out, or hidden from the beginning; or each before it was learnt. */
export type Part = 'train' | 'validation' | 'hidden' | 'prequential';

interface Described {
  /** In links and in the names of columns: 'rmse'. */
  readonly id: string;
  /** 'RMSE' */
  readonly name: string;
  /** What it tells, in a sentence. */
  readonly words: string;
}

/** A way to sum up errors: the less, the better. */
export interface ErrorMetric extends Described {
  /** It grows with Σε² alone: what bounds that from below, bounds it. */
  readonly ofSquares?: boolean;
  /** Rating units; never asked of no errors. */
  of(sums: ErrorSums): number;
}

/** A way to judge what is recommended, of frames that were kept, on what was held out. */
export interface ListMetric extends Described {
  /** What its numbers are: 'share'. */
  readonly unit: string;
  /** Of at least one list. */
  ofLists(lists: readonly RankedList[], catalogue: Catalogue): ListSummary;
}

/** A way to say in a number how good a model is. */
export type Metric = ErrorMetric | ListMetric;

export const isOfErrors = (metric: Metric): metric is ErrorMetric => 'of' in metric;
export const isOfLists = (metric: Metric): metric is ListMetric => 'ofLists' in metric;

/** What its numbers are. */
export const unitOf = (metric: Metric): string => (isOfErrors(metric) ? 'rating units' : metric.unit);

/** A metric of a tally, under a policy, of all or of one group of pairs; null of no errors. */
export function measure(
  metric: ErrorMetric,
  tally: ArrayLike<number>,
  policy?: ColdPolicy,
  group: number | null = null,
): number | null {
  const sums = sumsOf(tally, policy, group);
  return sums.count > 0 ? metric.of(sums) : null;
}

/** 'trainRmse': what a column is called in files. */
export const columnName = (part: Part, { id }: Pick<Metric, 'id'>) =>
  `${part}${id[0].toUpperCase()}${id.slice(1)}`;
