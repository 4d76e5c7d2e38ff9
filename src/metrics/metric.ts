import type { Catalogue, ListSummary, RankedList } from './lists';
import { asPredicted, type Counting, type ErrorSums, sumsOf } from './tally';

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
  /** Which errors it is of; absent: all, of predictions as they are. */
  readonly counting?: Counting;
  /** Rating units; never asked of no errors. */
  of(sums: ErrorSums): number;
}

/** A way to judge what is recommended, of frames that were kept, on what was held out. */
export interface ListMetric extends Described {
  /** What its numbers are: 'share'. */
  readonly unit: string;
  /** Of two models the one that has more of it is better; absent where neither is for that. */
  readonly moreIsBetter?: boolean;
  /** Of at least one list. */
  ofLists(lists: readonly RankedList[], catalogue: Catalogue): ListSummary;
}

/** A way to say in a number how good a model is. */
export type Metric = ErrorMetric | ListMetric;

export const isOfErrors = (metric: Metric): metric is ErrorMetric => 'of' in metric;
export const isOfLists = (metric: Metric): metric is ListMetric => 'ofLists' in metric;

/** Whether the least of a rank bounds it: predictions that are cut to the scale are no model of that rank, and may be better. */
export const isBounded = ({ ofSquares, counting }: ErrorMetric): boolean => !!ofSquares && !counting?.clip;

/** What its numbers are. */
export const unitOf = (metric: Metric): string => (isOfErrors(metric) ? 'rating units' : metric.unit);

/** A metric of the errors that count for it in a tally, of all or of one group of pairs; null of none. */
export function measure(
  metric: ErrorMetric,
  tally: ArrayLike<number>,
  group: number | null = null,
): number | null {
  const sums = sumsOf(tally, metric.counting, group);
  return sums.count > 0 ? metric.of(sums) : null;
}

/** 'trainRmse', 'validationRmseClippedColdDrop': what a column is called in files. */
export const columnName = (
  part: Part,
  { id, counting: { cold, clip } = asPredicted }: Pick<ErrorMetric, 'id' | 'counting'>,
) => {
  const unusual = [...(clip ? ['clipped'] : []), ...(cold === asPredicted.cold ? [] : ['cold', cold])];
  return part + [id, ...unusual].map((word) => word[0].toUpperCase() + word.slice(1)).join('');
};
