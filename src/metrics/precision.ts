import { hitsIn, meanOver } from './lists';
import type { ListMetric } from './metric';

/** Hits / k, the mean over users: a list that is shorter than k counts as one of k. */
export const precision: ListMetric = {
  id: 'precision',
  name: 'Precision@k',
  words: 'Which share of the list the user is known to like: what nobody rated counts as a miss.',
  unit: 'share',
  moreIsBetter: true,
  ofLists: (lists) => meanOver(lists, (list) => hitsIn(list) / list.size),
};
