import type { Regularisation } from '../kernels/kernels';
import type { SgdSteps } from './schedules';

/** What a method is called in links, files and lists: the `id` of a value in `methods`. */
export type MethodId = string;

/** Settings that a run can have, beside those of the data. */
export type RunSetting =
  | 'rank'
  | 'lambda'
  | 'regularisation'
  | 'baseline'
  | 'learningRate'
  | keyof SgdSteps
  | 'alpha'
  | 'alsInitial'
  | 'sgdInitial'
  | 'initialNoise'
  | 'seed'
  | 'iterations'
  | 'epochs';

/** What is subtracted from the ratings before ALS sees them: nothing (the post, Spark), μ, or μ + b_x + b_y. */
export type Baseline = 'none' | 'mean' | 'biases';

/** How factors start: small normal around zero, or all-positive uniform (the post's). */
export type InitialFactors = 'normal' | 'uniform';

/** Everything that, with the ratings, fixes a run bit for bit. */
export interface RunConfig extends Partial<SgdSteps> {
  readonly method: MethodId;
  /** k, 1…128 */
  readonly rank: number;
  /** λ in rating units. Of ALS in its convention below; of B-SGD always per observation (weighted). */
  readonly lambda: number;
  /** ALS only. */
  readonly regularisation: Regularisation;
  /** ALS only. */
  readonly baseline: Baseline;
  /** γ, B-SGD only; counts as on ratings in stars (see `stepsOn`). */
  readonly learningRate: number;
  /** α of implicit ALS: by how much a star makes it surer that something is preferred. */
  readonly alpha?: number;
  readonly initial: InitialFactors;
  /** Standard deviation of the first picture's noise, as a share of the rating span. */
  readonly initialNoise: number;
  readonly seed: number;
  /** Share of known ratings kept from training, 0…0.9. */
  readonly holdOutShare: number;
}

/** What α is where a run does not say it. */
export const usualAlpha = 1;

/** Settings that a run takes up while it is going, from its next unit of work on. */
export type LiveSettings = Pick<RunConfig, 'lambda' | 'learningRate'>;
