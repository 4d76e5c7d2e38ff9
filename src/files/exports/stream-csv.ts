import type { MethodId } from '../../methods/method';
import { counted, errorMetrics, listColumns, listMetrics } from '../../metrics';
import { measure } from '../../metrics/metric';
import { type Counting, coverageOf, type Tally } from '../../metrics/tally';
import { csvOf } from '../../ratings/csv';
import type { Moment } from '../../sessions/lab';
import type { Export } from './export';
import type { StreamLists } from './subject';

interface Wanted {
  readonly moments: readonly Moment[];
  readonly methods: readonly MethodId[];
  readonly counting: Counting;
  /** What ratings are called that are not learnt from. */
  readonly unseen: string;
  readonly lists: StreamLists | null;
}

/** Errors and costs of all methods of a stream. */
export const streamTable: Export<null, Wanted> = {
  id: 'stream-csv',
  offers: ({ stream }) => (stream ? [{ label: 'Errors and costs, CSV', ready: true }] : []),
  gather: ({ stream, fileName }) =>
    stream ? { fileName: fileName('errors', [], 'csv'), wanted: stream.measured } : null,
  make: async ({ moments, methods, counting, unseen, lists }) =>
    new Blob([streamCsv(moments, methods, counting, unseen, lists)], { type: 'text/csv' }),
};

const number = (value: number | null) => (value !== null && Number.isFinite(value) ? value : null);

/**
 * Has a row for every moment that was measured: what had arrived by then, then the errors and costs of each method; where
 * lists were judged, then those, which of batches that were not are empty.
 */
export function streamCsv(
  moments: readonly Moment[],
  methods: readonly MethodId[],
  counting: Counting,
  unseen = 'validation',
  lists: StreamLists | null = null,
): string {
  const judged = lists && listTable(lists, methods, unseen);
  const told = errorMetrics.map((metric) => counted(metric, counting));
  const named = (part: string) => told.map(({ name }) => `${part} ${name}`);
  const costs = ['seconds', 'ratings kept', 'ratings learnt'];
  const of = [...named(unseen), 'coverage', ...named('prequential'), ...costs];
  const header = [
    ...['batch', 'ratings', 'users', 'items'],
    ...methods.flatMap((method) => of.map((what) => `${method} ${what}`)),
    ...(judged?.header ?? []),
  ];
  const errors = (tally: Tally) => told.map((metric) => measure(metric, tally));
  const rows = moments.map((moment) => [
    ...[moment.batch, moment.ratings, moment.users, moment.items],
    ...methods.flatMap((method) => {
      const now = moment.methods[method];
      if (!now) return of.map(() => null);
      const { validation, prequential, seconds, kept, learnt } = now;
      const learning = [coverageOf(validation), ...errors(prequential), seconds, kept, learnt];
      return [...errors(validation), ...learning].map(number);
    }),
    ...(judged?.row(moment.batch) ?? []),
  ]);
  return csvOf([header, ...rows]);
}

/** What was judged, as columns: who was asked, what comes of the most popular, then each method, all with standard errors. */
function listTable(
  { part, size, batches, found }: StreamLists,
  methods: readonly MethodId[],
  unseen: string,
) {
  const of = listMetrics.flatMap(({ name }) => {
    const what = `${unseen} ${name.replace('@k', `@${size}`)}`;
    return [what, `${what} standard error`];
  });
  const columns = listColumns(part);
  return {
    header: [
      ...['judged users', 'judged among', ...of.map((what) => `most popular ${what}`)],
      ...methods.flatMap((method) => of.map((what) => `${method} ${what}`)),
    ],
    row(at: number): (number | null)[] {
      const asked = batches.find(({ batch }) => batch === at);
      const popular = listMetrics.flatMap(({ id }) => [asked?.popular[id].value, asked?.popular[id].error]);
      const told = methods.flatMap((method) => {
        const values = found[method]?.find(({ step }) => step === at)?.values;
        return columns.map((column) => values?.[column]);
      });
      return [asked?.users, asked?.among, ...popular, ...told].map((value) => number(value ?? null));
    },
  };
}
