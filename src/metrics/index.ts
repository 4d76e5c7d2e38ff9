import { catalogueCoverage } from './catalogue-coverage';
import { hitRate } from './hit-rate';
import { mae } from './mae';
import { meanPopularity } from './mean-popularity';
import { columnName, type ErrorMetric, isOfErrors, isOfLists, type Metric, type Part } from './metric';
import { mrr } from './mrr';
import { ndcg } from './ndcg';
import { precision } from './precision';
import { recall } from './recall';
import { rmse } from './rmse';
import { asPredicted, type ColdPolicy, type Counting } from './tally';

/** Every metric there is, in the order in which they are offered; the first is shown where nobody chose. */
export const metrics: readonly Metric[] = [
  rmse,
  mae,
  ndcg,
  recall,
  precision,
  mrr,
  hitRate,
  catalogueCoverage,
  meanPopularity,
];

/** Those of errors, which are known at every moment, and those of lists, which are found from frames. */
export const errorMetrics: readonly ErrorMetric[] = metrics.filter(isOfErrors);
export const listMetrics = metrics.filter(isOfLists);

/** Those that models can be chosen by: the less the better, or the more. */
export const choosingMetrics: readonly Metric[] = metrics.filter(
  (metric) => isOfErrors(metric) || metric.moreIsBetter,
);

/** Of lists on a part: each metric, and its standard error over users, by the names of their columns. */
export const listColumns = (part: Part): string[] =>
  listMetrics.flatMap(({ id }) => [columnName(part, { id }), columnName(part, { id: `${id}Error` })]);

/** The metric of this id, or the first where there is none. */
export const metricOf = (id: string): Metric => metrics.find((one) => one.id === id) ?? metrics[0];

/** The same where only errors are measured. */
export const errorMetricOf = (id: string): ErrorMetric =>
  errorMetrics.find((one) => one.id === id) ?? errorMetrics[0];

/** Every metric of errors that was asked for of some of them alone, by its name: what is asked again is the same. */
const countedOnce = new Map<string, ErrorMetric>();

const coldShort: Readonly<Record<ColdPolicy, string>> = {
  ...{ bias: 'cold as predicted', mean: 'cold as mean', zero: 'cold as 0', drop: 'cold dropped' },
};

/** A metric of the errors that count; its name says which, where not all do as they are. */
export function counted(metric: ErrorMetric, { cold, clip }: Counting): ErrorMetric {
  const said = [...(clip ? ['clipped'] : []), ...(cold === asPredicted.cold ? [] : [coldShort[cold]])];
  if (said.length === 0) return metric;
  const name = `${metric.name} (${said.join(', ')})`;
  const one = countedOnce.get(name) ?? { ...metric, name, counting: { cold, clip } };
  countedOnce.set(name, one);
  return one;
}

/** Which metric is told, and how errors are counted. */
export interface Told extends Counting {
  readonly metric: string;
}

/** The metric that is told; the same object as long as the same is. */
export function toldMetric(told: Told): Metric {
  const metric = metricOf(told.metric);
  return isOfErrors(metric) ? counted(metric, told) : metric;
}

/** The same where only errors are measured. */
export const toldErrors = (told: Told): ErrorMetric => counted(errorMetricOf(told.metric), told);
