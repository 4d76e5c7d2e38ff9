import { meanOver, type RankedList } from './lists';
import type { ListMetric } from './metric';

/** Σ 1/log₂(place + 1) over the liked, as a share of what it would be if all that could stand first did. */
function gainOf({ hits, likes, size }: RankedList): number {
  const gain = hits.reduce((sum, isLiked, i) => sum + (isLiked ? 1 / Math.log2(i + 2) : 0), 0);
  let best = 0;
  for (let i = 0; i < Math.min(likes, size); i++) best += 1 / Math.log2(i + 2);
  return gain / best;
}

/** Normalised discounted cumulative gain: Järvelin and Kekäläinen, 2002, with a gain of 1 for what is liked. */
export const ndcg: ListMetric = {
  id: 'ndcg',
  name: 'NDCG@k',
  words:
    'How much of what was liked stands in the list, the more the higher up; 1 is the best possible order.',
  unit: 'share',
  moreIsBetter: true,
  ofLists: (lists) => meanOver(lists, gainOf),
};
