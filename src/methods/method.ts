import type { Kernels } from '../kernels/kernels';
import type { RowSolverId } from '../kernels/row-solvers';
import type { Split } from '../ratings/hold-out';
import type { RatingSet } from '../ratings/rating-set';
import type { Sliced } from '../ratings/sliced';
import type { Past } from './changes';
import type { Baseline, MethodId, RunConfig, RunSetting } from './config';
import type { Workload } from './flops';
import type { GrowingLines } from './growing-lines';
import type { Learner, Surroundings } from './learner';
import type { FoldInId } from './person';
import type { Run } from './run';
import type { StreamSetting } from './stream-config';

export type { MethodId };

/** A way to learn from ratings, and all that the rest of the house has to know of it. */
export interface Method {
  readonly id: MethodId;
  /** As it stands over a matrix: 'ALS'. */
  readonly name: string;
  /** As it stands in a sentence: 'batch ALS'. */
  readonly title: string;
  /** What it does, for somebody who chooses it. */
  readonly words: string;
  /** CSS, readable on a light and on a dark ground. */
  readonly colours: readonly [light: string, dark: string];
  /** What one step of it is called, and how its number is written. */
  readonly step: StepWords;
  /** What it predicts, where this is left aside. */
  formula(baseline: Baseline): string;
  /** How it learns where all ratings are known from the beginning; absent where it cannot. */
  readonly atOnce?: AtOnce;
  /** How it learns from ratings that arrive; absent where it cannot. */
  readonly arriving?: Arriving;
}

interface StepWords {
  readonly one: string;
  readonly many: string;
  /** Digits after the point: 0 where steps are counted in wholes and halves, which are written as they are. */
  readonly digits: number;
}

/** A run on ratings that are all known: as in a race. */
export interface AtOnce {
  /** Settings that decide its bits, or how far it goes. */
  readonly settings: readonly RunSetting[];
  /** The setting that says how many steps it makes. */
  readonly limit: 'iterations' | 'epochs';
  /** The setting that says how its factors start; null where that is fixed. */
  readonly initial: 'alsInitial' | 'sgdInitial' | null;
  /** What of a run's configuration nobody can set. */
  readonly fixed?: Partial<RunConfig>;
  /** Units of work in one step: 2 half-sweeps in an iteration, or as many observations as there are training ratings. */
  unitsPerStep(trainingCount: number): number;
  /** A run is measured so many times in each of its steps, evenly spread. */
  momentsPerStep(trainingCount: number): number;
  /** What one unit is called: 'half-sweep', 'observation'. */
  readonly unit: string;
  /** A unit touches every training rating: it is worth waiting for, and cannot be slowed down to one rating. */
  readonly sweeps: boolean;
  /** How a row is solved, where rows are. */
  readonly solver?: RowSolverId;
  /** It ranks, and says nothing of ratings: its errors tell nothing. */
  readonly predictsNoRatings?: boolean;
  /** What the inspector can show of a single unit; null: nothing. */
  readonly inspects: 'rows' | 'observations' | null;
  /**
   * The order in which an epoch visits the training ratings, each by its place among them, user by user; null where they
   * are too many to be visited one by one. Absent where a unit touches all of them.
   */
  orderOf?(config: Pick<RunConfig, 'seed'>, trainingCount: number, epoch: number): Uint32Array | null;
  /** Bytes of arrays that a run needs beside its model. */
  room(trainingCount: number): number;
  /** How it makes a row of somebody's ratings once its items are learnt. */
  readonly foldsIn: FoldInId;
  /** Floating-point operations of the first `units` units. */
  flops(work: Workload, units: number): number;
  /**
   * Begins a run; what of `past` it has to be brought to is the caller's to do.
   *
   * @param past the run begins at its snapshot, and meets its changes again; by default at its very beginning
   */
  begin(
    kernels: Kernels,
    ratings: Pick<RatingSet, 'userCount' | 'itemCount' | 'scale'>,
    split: Split,
    config: RunConfig,
    past?: Past,
  ): Sliced<Run>;
}

/** A learner of ratings that arrive in batches: as in the stream lab. */
export interface Arriving {
  /** Settings that decide its bits, beside those of what arrives: those that most depends on come first. */
  readonly settings: readonly StreamSetting[];
  /** Learns only where somebody asks for it. */
  readonly isExtra?: boolean;
  /** Learns single ratings of somebody's own between two batches, and can take them back. */
  readonly takesOwnRatings?: boolean;
  /** Says the same of everybody: no taste that turns is anything to it. */
  readonly knowsNobody?: boolean;
  /** Solves rows exactly: what it would make of a rating of one's own can be compared. */
  readonly solvesRows?: boolean;
  /** Gets ready; `lines` are the ratings that have arrived, which the caller keeps up to date. */
  begin(around: Surroundings, lines: GrowingLines): Learner;
}
