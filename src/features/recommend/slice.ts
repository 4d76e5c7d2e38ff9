import { usuallyAsked } from '../../state/link/asked';
import type { Advice, Wanted } from './advice';

export interface RecommendSlice {
  readonly wanted: Wanted;
  /** What the frame on the stage recommends; null where there is none, or nobody asks. */
  readonly advice: Advice | null;
  /** It is of what was asked before: what is asked now takes more than a moment. */
  readonly isAdvising: boolean;
}

const { by, who, item, atLeast } = usuallyAsked;
export const nobodyWanted: Wanted = { by, who, mine: [], item, atLeast };

export const recommendSlice = (): RecommendSlice => ({
  ...{ wanted: nobodyWanted, advice: null, isAdvising: false },
});
