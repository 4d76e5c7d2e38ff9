import type { Judged, Judging } from '../../methods/judging';
import type { Part } from '../../metrics/metric';

/** After a batch of a stream: who was asked of how many, and what comes of recommending the most popular of what had arrived. */
export interface JudgedBatch extends Pick<Judging, 'among'> {
  readonly batch: number;
  /** Ratings. */
  readonly arrived: number;
  readonly users: number;
  readonly popular: Judged;
}

/** What is recommended, as far as it was judged; the frames have the metrics themselves. */
export interface Rankings {
  readonly part: Part;
  /** k, and from which share of the scale on a rating counts as liked. */
  readonly size: number;
  readonly likedFrom: number;
  /** So many users were asked, of so many who like something of what was held out. */
  readonly users: number;
  readonly among: number;
  /** Recommenders that need no factors. */
  readonly references: readonly { readonly label: string; readonly judged: Judged }[];
  /** Frames that were judged: a new number whenever there is more to show. */
  readonly judged: number;
}

/** The same of a stream, in which all of it is otherwise after another batch. */
interface StreamRankings extends Omit<Rankings, 'references' | 'users' | 'among'> {
  /** Ascending. */
  readonly batches: readonly JudgedBatch[];
}

export interface RankingSlice {
  /** Null where nobody asked, or nothing that is liked was held out. */
  readonly rankings: Rankings | null;
  readonly streamRankings: StreamRankings | null;
}

export const rankingSlice = (): RankingSlice => ({ rankings: null, streamRankings: null });
