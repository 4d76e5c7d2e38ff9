import { csvOf } from '../../ratings/csv';
import type { Export } from './export';

type Table = readonly (readonly (string | number | null)[])[];

/** Every cell of a search: what was set, how it did on each part, their mean, and its standard error. */
export const searchTable: Export<null, Table> = {
  id: 'search-csv',
  offers: ({ search }) =>
    search ? [{ label: 'Search CSV', ready: search.known > 0 || 'nothing is known yet' }] : [],
  gather: ({ search }) => (search ? { fileName: search.fileName('csv'), wanted: search.table() } : null),
  make: async (table) => new Blob([csvOf(table)], { type: 'text/csv' }),
};
