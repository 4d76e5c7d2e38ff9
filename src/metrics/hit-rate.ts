import { hitsIn, meanOver } from './lists';
import type { ListMetric } from './metric';

/** The share of users whose list has anything that they liked. */
export const hitRate: ListMetric = {
  id: 'hitRate',
  name: 'Hit rate@k',
  words: 'Which share of the users find something that they liked in their list.',
  unit: 'share',
  moreIsBetter: true,
  ofLists: (lists) => meanOver(lists, (list) => (hitsIn(list) > 0 ? 1 : 0)),
};
