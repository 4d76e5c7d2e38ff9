import type { OrderBy, Orders } from '../draw/orders';
import type { References } from '../methods/references';
import type { Account } from '../ratings/account';
import type { AuditReport, Cold } from '../ratings/audit';
import type { Preview } from '../ratings/columns';
import type { RatingInfo } from '../ratings/rating-set';
import type { Rejected } from '../ratings/rejected';
import type { Warning } from '../ratings/warning';

/** Where the ratings come from; `run`: there are none, only a run that was opened. */
export type Source = 'picture' | 'file' | 'sample' | 'run';

/**
 * A data set, and what is known of it without any factorisation. The ratings themselves are not in the state: who
 * shows things may hold on to a state that is past, and must not hold on to them.
 */
export interface LoadedData {
  readonly source: Source;
  readonly ratings: RatingInfo;
  readonly audit: AuditReport;
  readonly trainingCount: number;
  readonly validationCount: number;
  readonly warnings: readonly Warning[];
  /** Of files: how they were read, and which rows were not taken. */
  readonly preview?: Preview | undefined;
  readonly rejected?: Rejected | null | undefined;
  /** What each line of the files is. */
  readonly account?: Account | undefined;
  readonly references: References;
  readonly cold: Cold;
  /** How users and items are ordered on the stage. */
  readonly orderBy: OrderBy;
  readonly orders: Orders;
  /** Runs of at most this rank have room; a higher one needs the data laid out anew. */
  readonly highestRank: number;
}
