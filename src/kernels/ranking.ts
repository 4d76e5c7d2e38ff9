import type { Lines } from '../ratings/lines';

/** What orders the items for some users: b_y + U_x·P_y. μ and b_x of a user are the same for all items. */
export interface Scoring {
  readonly rank: number;
  readonly itemBias: Float32Array;
  /** Row-major, without padding: of each of the users, then of all items. */
  readonly userFactors: Float32Array;
  readonly itemFactors: Float32Array;
}

/** What to recommend to some users. */
export interface RankingTask {
  /** By user: what is not recommended, because it was rated in training. */
  readonly seen: Pick<Lines, 'start' | 'other'>;
  /** By user: what of the rest they liked. */
  readonly liked: Pick<Lines, 'start' | 'other'>;
  /** All items; of those with the same score, the earlier in it comes first. */
  readonly order: Uint32Array;
  /** k, how many are recommended to each. */
  readonly size: number;
}

/** What was recommended. */
interface Ranking {
  /** users × size items, row-major, best first; `noItem` where there are no more. */
  readonly top: Uint32Array;
  /** Of each user, the place of the first liked item among all that could be recommended, from 1 on; 0 where none could. */
  readonly first: Uint32Array;
}
export const noItem = 0xffff_ffff;

/** Ranks all items, less those that each has seen. Fresh arrays. */
export type Ranker = (model: Scoring, task: RankingTask) => Ranking;

/** b_y + U_x·P_y of every item. */
function scoresOf({ rank, itemBias, userFactors, itemFactors }: Scoring, x: number): Float64Array {
  const row = userFactors.subarray(x * rank, (x + 1) * rank);
  return Float64Array.from(itemBias, (bias, y) => {
    let score = bias;
    for (let f = 0; f < rank; f++) score += row[f] * itemFactors[y * rank + f];
    return score;
  });
}

/** What a user has of some lines. */
const othersOf = ({ start, other }: Pick<Lines, 'start' | 'other'>, x: number): Uint32Array =>
  other.subarray(start[x], start[x + 1]);

/** The ranking as it is meant, in float64: sorted, which is stable. */
export const rankItems: Ranker = (model, { seen, liked, order, size }) => {
  const users = seen.start.length - 1;
  const top = new Uint32Array(users * size).fill(noItem);
  const first = new Uint32Array(users);
  for (let x = 0; x < users; x++) {
    const scores = scoresOf(model, x);
    const known = new Set(othersOf(seen, x));
    const ranked = [...order].filter((y) => !known.has(y)).sort((a, b) => scores[b] - scores[a]);
    top.set(ranked.slice(0, size), x * size);
    const likes = new Set(othersOf(liked, x));
    first[x] = 1 + ranked.findIndex((y) => likes.has(y));
  }
  return { top, first };
};
