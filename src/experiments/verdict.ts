import type { MethodId } from '../methods/method';
import { type ErrorMetric, measure } from '../metrics/metric';
import { coverageOf, historyGroups } from '../metrics/tally';
import type { Moment } from '../sessions/lab';

/** A method after so many batches, in numbers. */
export interface Standing {
  readonly method: MethodId;
  /** Error on what is held out, rating units; null where it diverged or nothing is held out. */
  readonly validation: number | null;
  /** Of everything that arrived, predicted before it was learnt. */
  readonly prequential: number | null;
  readonly coverage: number | null;
  /** By ratings that the user had: 0, 1–5, 6–20, more. */
  readonly byHistory: readonly (number | null)[];
  readonly seconds: number;
  readonly secondsPerBatch: number;
  readonly kept: number;
  /** Ratings that have arrived and are not in the model. */
  readonly stale: number;
  readonly diverged: boolean;
}

/** The best first; those that diverged last. */
export function standings(moment: Moment, metric: ErrorMetric): Standing[] {
  const of = Object.entries(moment.methods).map(([method, now]): Standing => {
    return {
      method,
      validation: now.diverged ? null : measure(metric, now.validation),
      prequential: measure(metric, now.prequential),
      coverage: coverageOf(now.validation),
      byHistory: historyGroups.map((_, group) => measure(metric, now.validation, group)),
      seconds: now.seconds,
      secondsPerBatch: now.seconds / Math.max(1, moment.batch),
      kept: now.kept,
      stale: moment.ratings - now.learnt,
      diverged: now.diverged,
    };
  });
  const key = ({ validation, prequential }: Standing) =>
    validation ?? (prequential === null ? 1e9 : 1e6 + prequential);
  return of.sort((a, b) => Number(a.diverged) - Number(b.diverged) || key(a) - key(b));
}

/** How a method took a change of taste. */
export interface Recovery {
  readonly before: number;
  readonly worst: number;
  readonly now: number;
  /** Of what it lost, the share that it has won back, 0…1. */
  readonly share: number;
}

/** null where taste has not turned yet, or the method diverged. */
export function recoveryOf(
  moments: readonly Moment[],
  driftsFrom: number,
  method: MethodId,
  metric: ErrorMetric,
): Recovery | null {
  const errors = (from: number, to: number) =>
    moments.flatMap(({ ratings, methods }) => {
      const now = methods[method];
      if (!now || now.diverged || ratings < from || ratings >= to) return [];
      const error = measure(metric, now.validation);
      return error !== null && Number.isFinite(error) ? [error] : [];
    });
  const before = errors(1, driftsFrom).at(-1);
  const after = errors(driftsFrom, Number.POSITIVE_INFINITY);
  const now = after.at(-1);
  if (before === undefined || now === undefined) return null;
  const worst = after.reduce((most, error) => Math.max(most, error), 0);
  const lost = worst - before;
  return { before, worst, now, share: lost > 0 ? Math.min(1, Math.max(0, (worst - now) / lost)) : 1 };
}

/** Ratings that had arrived and were not in a model yet, on average over the moments that were measured. */
export function usualStaleness(moments: readonly Moment[], method: MethodId): number {
  let sum = 0;
  let count = 0;
  for (const { ratings, methods } of moments) {
    const now = methods[method];
    if (!now || now.diverged || ratings === 0) continue;
    sum += ratings - now.learnt;
    count++;
  }
  return count > 0 ? sum / count : 0;
}
