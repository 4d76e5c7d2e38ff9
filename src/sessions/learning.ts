import type { Change } from '../methods/changes';
import type { LiveSettings } from '../methods/config';
import type { MethodId } from '../methods/method';
import type { Breakdown } from '../methods/run';
import type { Snapshot } from '../methods/snapshot';
import type { Observation } from '../methods/visits';
import type { Work } from '../methods/work';

/** What was measured at one place, and the snapshots that were asked for there. */
interface Measured<M> {
  readonly moment: M;
  readonly snapshots: readonly Snapshot[];
}

/**
 * Sessions that learn from one feed, in one worker: one run on ratings that are all known, or several methods on a
 * stream. Units are what they go on by: half-sweeps, observations or batches.
 *
 * @typeParam M what a moment of them tells
 */
export interface Learning<M> {
  readonly unitsDone: number;
  /** There are no more units than this: infinite where a feed has no end. */
  readonly lastUnit: number;
  /** Units worth a look at the clock in between. */
  readonly unitsPerLook: number;
  /** The first unit after so many at which a moment is due, whether or not anybody wants to see one. */
  nextMoment(unit: number): number;
  /** Snapshots of all sessions are due whenever so many units are done; infinite: only those that are asked for. */
  readonly unitsPerSnapshot: number;
  /** Who learns. */
  readonly methods: readonly MethodId[];
  /** Goes on by so many units, or fewer where nothing more can be learnt. */
  advance(units: number): Work<void>;
  /** Measures all sessions where they are, and copies the factors of some, into arrays of `room`. */
  measured(shown: readonly MethodId[], room?: (length: number) => Float32Array): Work<Measured<M>>;
  /** Some learn no more from here on, and are no more measured. Absent where nobody can be left behind. */
  stop?(who: readonly string[]): void;
  /** Everybody has diverged: there is nothing more to learn or to show. */
  readonly diverged: boolean;
  /** Why, at which step, and a learning rate that would have held, if there is any. Ends them. */
  divergence(): Divergence;
  /** λ and γ from the next unit on; which one that is. Absent where they cannot be changed on the way. */
  apply?(settings: LiveSettings): Change;
  /** The observation that follows so many others. Absent where units are no observations. */
  visit?(unit: number): Observation;
}

export interface Divergence {
  readonly cause: Breakdown;
  readonly step: number;
  readonly proposedLearningRate: number | null;
}
