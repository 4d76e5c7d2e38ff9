import { meanOver } from './lists';
import type { ListMetric } from './metric';

/** Mean reciprocal rank: 1 / the place of the first liked item in the whole catalogue, however far down; 0 where it has none. */
export const mrr: ListMetric = {
  id: 'mrr',
  name: 'MRR',
  words: 'One over the place of the first liked item in the whole catalogue.',
  unit: 'mean of 1 / place',
  moreIsBetter: true,
  ofLists: (lists) => meanOver(lists, ({ first }) => (first > 0 ? 1 / first : 0)),
};
