import { catalogueCoverage } from './catalogue-coverage';
import { hitRate } from './hit-rate';
import { mae } from './mae';
import { meanPopularity } from './mean-popularity';
import { type ErrorMetric, isOfErrors, isOfLists, type Metric } from './metric';
import { mrr } from './mrr';
import { ndcg } from './ndcg';
import { precision } from './precision';
import { recall } from './recall';
import { rmse } from './rmse';

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

/** The metric of this id, or the first where there is none. */
export const metricOf = (id: string): Metric => metrics.find((one) => one.id === id) ?? metrics[0];

/** The same where only errors are measured. */
export const errorMetricOf = (id: string): ErrorMetric =>
  errorMetrics.find((one) => one.id === id) ?? errorMetrics[0];
