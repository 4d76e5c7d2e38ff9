import { type ErrorMetric, measure } from '../../metrics/metric';
import { coverageOf } from '../../metrics/tally';
import type { MethodMoment, Moment } from '../../sessions/lab';
import type { StreamLooks } from './slice';

/** A method after a batch, where it was after the batch before, and where the moving window begins. */
interface Passage {
  readonly now: MethodMoment;
  readonly before: MethodMoment | undefined;
  readonly windowStart: MethodMoment | undefined;
  /** From the moment before to this one. */
  readonly batches: number;
}

/** Something that a stream's chart can show of every method; null where there is nothing to say. */
export interface Measure<Id extends string> {
  readonly id: Id;
  readonly name: string;
  /** Along its axis; `unseen` is what ratings are called that are not learnt from. */
  title(metric: ErrorMetric, unseen: string): string;
  of(passage: Passage, metric: ErrorMetric): number | null;
}

/** What the lines show; the first needs ratings that are held out. */
export const errorMeasures: readonly Measure<StreamLooks['error']>[] = [
  {
    id: 'validation',
    name: 'Validation',
    title: ({ name }, unseen) => `${unseen} ${name}`,
    of: ({ now }, metric) => measure(metric, now.validation),
  },
  {
    id: 'prequential',
    name: 'Prequential',
    title: ({ name }) => `prequential ${name}`,
    of({ now, windowStart }, metric) {
      const inWindow = now.prequential.map((sum, i) => sum - (windowStart?.prequential[i] ?? 0));
      return measure(metric, inWindow);
    },
  },
];

/** What the dotted lines show. `least`: its axis goes at least so far. */
export const costMeasures: readonly (Measure<StreamLooks['cost']> & { readonly least: number })[] = [
  {
    id: 'seconds',
    name: 'ms per batch',
    title: () => 'ms of compute per batch',
    least: 1e-3,
    of: ({ now, before, batches }) =>
      batches > 0 ? (1000 * (now.seconds - (before?.seconds ?? 0))) / batches : null,
  },
  {
    id: 'kept',
    name: 'ratings kept',
    title: () => 'ratings kept in memory',
    least: 1e-3,
    of: ({ now }) => now.kept,
  },
  {
    id: 'coverage',
    name: 'coverage',
    title: () => '% of pairs known',
    least: 100,
    of({ now }) {
      const share = coverageOf(now.validation);
      return share === null ? null : 100 * share;
    },
  },
];

export const measureOf = <M extends { readonly id: string }>(all: readonly M[], id: M['id']): M =>
  all.find((one) => one.id === id) ?? all[0];

/** The moments that a moving window over so many ratings begins at, one after the other. */
export function windowOver(moments: readonly Moment[], ratings: number): (at: number) => Moment {
  let start = 0;
  return (at) => {
    while (start + 1 < at && moments[at].ratings - moments[start + 1].ratings >= ratings) start++;
    return moments[start];
  };
}
