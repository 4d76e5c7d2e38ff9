import { csvOf } from '../../ratings/csv';
import type { Export } from './export';
import type { SearchedStream } from './subject';

/** What the candidates of a search of a stream have come to, batch by batch. */
export const pruningTable: Export<null, SearchedStream> = {
  id: 'pruning-csv',
  offers: ({ stream }) => (stream?.search ? [{ label: 'Search of the stream, CSV', ready: true }] : []),
  gather: ({ stream, fileName }) =>
    stream?.search ? { fileName: fileName('search', [], 'csv'), wanted: stream.search } : null,
  make: async (search) => new Blob([pruningCsv(search)], { type: 'text/csv' }),
};

/** Has a row for every batch of every candidate: its settings, after which batch it was pruned or had diverged, its error. */
export function pruningCsv({ metric, names, candidates }: SearchedStream): string {
  const header = ['candidate', ...names, 'pruned after batch', 'diverged by batch', 'batch', metric];
  const rows = candidates.flatMap(({ settings, prunedAt, divergedAt, batches, errors }, i) =>
    batches.map((batch, at) => [i + 1, ...settings, prunedAt, divergedAt, batch, errors[at]]),
  );
  return csvOf([header, ...rows]);
}
