import type { Judged } from '../../methods/judging';
import type { Part } from '../../metrics/metric';

/** What is recommended, as far as it was judged; the frames have the metrics themselves. */
interface Rankings {
  readonly part: Part;
  /** So many users were asked, of so many who like something of what was held out. */
  readonly users: number;
  readonly among: number;
  /** Recommenders that need no factors. */
  readonly references: readonly { readonly label: string; readonly judged: Judged }[];
  /** Frames that were judged: a new number whenever there is more to show. */
  readonly judged: number;
}

export interface RankingSlice {
  /** Null where nobody asked, or nothing that is liked was held out. */
  readonly rankings: Rankings | null;
}

export const rankingSlice = (): RankingSlice => ({ rankings: null });
