import type { ListMetric } from './metric';

/** The share of all items that stand in at least one list. It grows with the number of users. */
export const catalogueCoverage: ListMetric = {
  id: 'catalogueCoverage',
  name: 'Coverage@k',
  words:
    'Which share of the catalogue is recommended to anybody. It grows with the number of users who are asked.',
  unit: 'share of the catalogue',
  ofLists: (lists, { itemCount }) => ({
    value: new Set(lists.flatMap(({ items }) => items)).size / itemCount,
    error: null,
  }),
};
