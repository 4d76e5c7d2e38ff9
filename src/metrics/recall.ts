import { hitsIn, meanOver } from './lists';
import type { ListMetric } from './metric';

/** Hits / likes, the mean over users. */
export const recall: ListMetric = {
  id: 'recall',
  name: 'Recall@k',
  words: 'Which share of what a user liked stands in the list.',
  unit: 'share',
  moreIsBetter: true,
  ofLists: (lists) => meanOver(lists, (list) => hitsIn(list) / list.likes),
};
