import type { Preview } from './columns';

/** Why a file was refused: a stable code, and where. Sentences are made in features/data. */
export interface Problem {
  readonly code: string;
  readonly fileName: string;
  readonly count?: number;
  /** First physical line numbers, 1-based. */
  readonly lines?: readonly number[];
  /** Which of user, item and rating have no column. */
  readonly missing?: readonly string[];
}

export interface Refused {
  readonly ok: false;
  readonly problem: Problem;
  /** Where somebody who says what the columns are could have it read after all. */
  readonly preview?: Preview;
}
