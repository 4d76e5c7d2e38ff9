import type { Damping } from '../kernels/baseline';
import type { Change, Past } from '../methods/changes';
import type { LiveSettings, RunConfig } from '../methods/config';
import type { Judged, JudgingOptions } from '../methods/judging';
import type { MethodId } from '../methods/method';
import type { Snapshot } from '../methods/snapshot';
import type { Stream } from '../methods/stream';
import type { Entrant, StreamConfig } from '../methods/stream-config';
import type { Observation } from '../methods/visits';
import type { Piece, Result } from '../methods/work';
import type { Tally } from '../metrics/tally';
import type { Fold } from '../ratings/folds';
import type { RatingInfo } from '../ratings/rating-set';
import type { Lab } from '../sessions/lab';
import type { OwnRating, Rated } from '../sessions/own-rating';
import type { Diverged, Learnt, Stretch } from '../sessions/stretch';
import type { Divided, Pulse } from './protocol';

/** Everything that crosses between the page and a worker in which sessions learn. */

/** What sessions need of a data set. */
export interface Loadable extends Pick<Divided, 'split' | 'layout' | 'memory'> {
  readonly ratings: Pick<RatingInfo, 'userCount' | 'itemCount' | 'scale'>;
  /** Runs stand in a memory of the worker's own, whoever else learns from these ratings. */
  readonly apart?: Apart;
}

export interface Apart {
  /** A part of the training ratings that is held out in place of what was; null: divided as they are. */
  readonly fold: Fold | null;
  /** The highest rank that there has to be room for. */
  readonly rank: number;
  /** What is held out of the ratings is trained on, too: a fold is one of all of them. */
  readonly whole?: boolean;
}

/**
 * What is to learn, and from which feed: all ratings at once, or ratings that arrive. `shown`: whose snapshots are wanted
 * where it begins; by default those of all. `candidates`: who learns in place of the methods of the stream.
 */
export type Plan = { readonly shown?: readonly MethodId[] } & (
  | { readonly feed: 'all'; readonly config: RunConfig; readonly past: Past }
  | {
      readonly feed: 'arriving';
      readonly config: StreamConfig;
      readonly candidates?: readonly Entrant[];
    }
);

/** @typeParam M what a moment of the sessions tells */
export type Answer<M> =
  | Running<M>
  | Diverged<M>
  /** The stream's arrays would not fit: bytes. */
  | { readonly status: 'no-room'; readonly needed: number; readonly most: number }
  /** A newer `start` or `load` has taken their place. */
  | { readonly status: 'superseded' };

/** What was learnt since the last answer. */
export interface Running<M> extends Learnt<M> {
  /** Of a stream that has just begun. */
  readonly facts?: StreamFacts;
}

type KernelName = 'simd' | 'page';

/** One worker: one run, or all methods on one stream, at a time. */
export interface LearnApi<M> extends Pulse {
  /**
   * The ratings to learn from; they cross once, or not at all where memory is shared.
   *
   * @param method whose room in the memory runs will have; null for streams, which have a memory of their own
   * @returns which kernels will work: the page is the slow mode of browsers without SIMD
   */
  load(data: Loadable, method: MethodId | null): Promise<KernelName>;
  /**
   * Begins what a plan says, brought to where it goes on from, and ends what was before. Kernels in float64 cannot go
   * on from a snapshot, which is float32: they do it all again.
   */
  start(plan: Plan): Promise<Answer<M>>;
  advance(stretch: Stretch): Promise<Answer<M>>;
  /** λ and γ from the next unit on: which one that is, or null where nothing takes them. */
  apply(settings: LiveSettings): Promise<Change | null>;
  /** The observation that follows so many others; null where there is none. */
  visit(unit: number): Promise<Observation | null>;
  /** Snapshots of methods as they are now. */
  look(shown: readonly MethodId[]): Promise<readonly Snapshot[]>;
  /** Learns a rating of one's own; null where nobody can, or who can has diverged. */
  rate(rating: Observation): Promise<(Rated & { readonly rating: OwnRating }) | null>;
  /** Takes the last own rating back; null where there is none. */
  undo(): Promise<Rated | null>;
  /** Errors on what is held out of μ and biases alone, found so. */
  judgeBiases(damping: Damping): Promise<Tally>;
  /**
   * What the run that is learning here recommends, judged on what is held out; null where nobody likes anything of that,
   * or nothing is learning.
   */
  judge(options: JudgingOptions): Promise<Judged | null>;
  /** So many workers in all from the next batch of pieces on. */
  resize(workers: number): void;
}

/** A helper: does pieces of work on the memory that it shares. */
export interface KernelApi extends Pulse {
  use(module: WebAssembly.Module, memory: WebAssembly.Memory, scratch: number): void;
  perform(piece: Piece): Result;
}

/** The stream, for who shows it: its arrays are copies of the page's own. */
export interface StreamFacts
  extends Pick<Stream, 'count' | 'you' | 'ratings' | 'users' | 'items' | 'driftsFrom' | 'drifting'>,
    Pick<Lab, 'validationCount' | 'measuredCount' | 'isHidden'> {
  readonly batchCount: number;
  /** Batch ALS on all that will arrive: the dashed line. */
  readonly batchAls: { readonly validation: Tally; readonly seconds: number };
}
