import { meanOver } from './lists';
import type { ListMetric } from './metric';

/** How often what is recommended was rated in training: the mean over the list, then over users; 0 of an empty list. */
export const meanPopularity: ListMetric = {
  id: 'meanPopularity',
  name: 'Popularity@k',
  words:
    'How many training ratings a recommended item has on average: high where everybody is told of the same hits.',
  unit: 'training ratings',
  ofLists: (lists, { counts }) =>
    meanOver(lists, ({ items }) => items.reduce((sum, y) => sum + counts[y], 0) / Math.max(1, items.length)),
};
