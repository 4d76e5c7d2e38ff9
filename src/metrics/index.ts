import { mae } from './mae';
import type { Metric } from './metric';
import { rmse } from './rmse';

/** Every metric there is, in the order in which they are offered; the first is shown where nobody chose. */
export const metrics: readonly Metric[] = [rmse, mae];

/** The metric of this id, or the first where there is none. */
export const metricOf = (id: string): Metric => metrics.find((one) => one.id === id) ?? metrics[0];
