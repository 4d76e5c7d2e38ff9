import type { Extra } from '../methods/growing-lines';
import type { MethodId } from '../methods/method';
import type { Snapshot } from '../methods/snapshot';
import type { Arrival } from '../methods/stream';
import type { StreamConfig } from '../methods/stream-config';
import type { Tally } from '../metrics/tally';
import type { Split } from '../ratings/hold-out';
import type { RatingScale } from '../ratings/rating-set';
import type { Moment } from '../sessions/lab';
import type { OwnRating } from '../sessions/own-rating';
import type { KernelName, Pulse } from './protocol';

/** Everything that crosses between the page and the worker of the stream lab. */

/** The stream, for who shows it: its arrays are copies of the page's own. */
export interface StreamFacts {
  readonly batchCount: number;
  readonly count: number;
  /** Index of whoever rates here; the data end before it. */
  readonly you: number;
  readonly users: Arrival;
  readonly items: Arrival;
  /** Training ratings in the order of their arrival. */
  readonly ratings: {
    readonly users: Uint32Array;
    readonly items: Uint32Array;
    readonly values: Float32Array;
  };
  readonly driftsFrom: number;
  readonly validationCount: number;
  readonly measuredCount: number;
  /** Batches from one measurement to the next while it goes on by itself. */
  readonly measureEvery: number;
  /** Batch ALS on all that will arrive: the dashed line. */
  readonly batchAls: { readonly validation: Tally; readonly seconds: number };
  readonly kernels: KernelName;
}

export type OpenResult =
  | { readonly status: 'open'; readonly facts: StreamFacts; readonly progress: StreamProgress }
  | { readonly status: 'superseded' }
  | { readonly status: 'no-room'; readonly needed: number; readonly most: number };

/** What was learnt since the last answer. */
export interface StreamProgress {
  readonly batch: number;
  /** Ascending; the last is of `batch`. */
  readonly moments: readonly Moment[];
  /** Ascending by step; of `batch`, those that were asked for. */
  readonly snapshots: readonly Snapshot[];
}

export interface StreamGoing {
  /** Up to this batch at most. */
  readonly to: number;
  /** No further than the first batch after so many. */
  readonly milliseconds: number;
  /** Whose pictures are wanted at the end. */
  readonly shown: readonly MethodId[];
}

export type RateResult =
  | {
      readonly status: 'rated';
      readonly rating: OwnRating;
      readonly snapshot: Snapshot;
      readonly undoable: number;
    }
  /** B-SGD is off, or has diverged. */
  | { readonly status: 'no-learner' }
  | { readonly status: 'superseded' };

export interface StreamApi extends Pulse {
  /** A new stream from ratings that are shared or copied; ends the one before. */
  open(
    split: Split,
    scale: RatingScale,
    config: StreamConfig,
    shown: readonly MethodId[],
  ): Promise<OpenResult>;
  advance(going: StreamGoing): Promise<StreamProgress | { readonly status: 'superseded' }>;
  /** Pictures of methods as they are now. */
  look(shown: readonly MethodId[]): Promise<readonly Snapshot[]>;
  rate(rating: Extra): Promise<RateResult>;
  /** Takes the last own rating back: B-SGD's picture afterwards; null where there was none. */
  undo(): Promise<{ readonly snapshot: Snapshot; readonly undoable: number } | null>;
}
