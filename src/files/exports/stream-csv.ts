import type { MethodId } from '../../methods/method';
import { errorMetrics } from '../../metrics';
import { measure } from '../../metrics/metric';
import { type ColdPolicy, coverageOf, type Tally } from '../../metrics/tally';
import { csvOf } from '../../ratings/csv';
import type { Moment } from '../../sessions/lab';
import type { Export } from './export';

interface Wanted {
  readonly moments: readonly Moment[];
  readonly methods: readonly MethodId[];
  readonly policy: ColdPolicy;
  /** What ratings are called that are not learnt from. */
  readonly unseen: string;
}

/** Errors and costs of all methods of a stream. */
export const streamTable: Export<null, Wanted> = {
  id: 'stream-csv',
  offers: ({ stream }) => (stream ? [{ label: 'Errors and costs, CSV', ready: true }] : []),
  gather: ({ stream, fileName }) =>
    stream ? { fileName: fileName('errors', [], 'csv'), wanted: stream.measured } : null,
  make: async ({ moments, methods, policy, unseen }) =>
    new Blob([streamCsv(moments, methods, policy, unseen)], { type: 'text/csv' }),
};

const number = (value: number | null) => (value !== null && Number.isFinite(value) ? value : null);

/** Has a row for every moment that was measured: what had arrived by then, then the errors and costs of each method. */
export function streamCsv(
  moments: readonly Moment[],
  methods: readonly MethodId[],
  policy: ColdPolicy,
  unseen = 'validation',
): string {
  const named = (part: string) => errorMetrics.map(({ name }) => `${part} ${name}`);
  const costs = ['seconds', 'ratings kept', 'ratings learnt'];
  const of = [...named(unseen), 'coverage', ...named('prequential'), ...costs];
  const header = [
    ...['batch', 'ratings', 'users', 'items'],
    ...methods.flatMap((method) => of.map((what) => `${method} ${what}`)),
  ];
  const errors = (tally: Tally) => errorMetrics.map((metric) => measure(metric, tally, policy));
  const rows = moments.map((moment) => [
    ...[moment.batch, moment.ratings, moment.users, moment.items],
    ...methods.flatMap((method) => {
      const now = moment.methods[method];
      if (!now) return of.map(() => null);
      const { validation, prequential, seconds, kept, learnt } = now;
      const learning = [coverageOf(validation), ...errors(prequential), seconds, kept, learnt];
      return [...errors(validation), ...learning].map(number);
    }),
  ]);
  return csvOf([header, ...rows]);
}
