import type { MethodId } from './config';

/** In which order ratings arrive: as they were given, shuffled, or user after user. */
export type ArrivalOrder = 'time' | 'random' | 'user';

/**
 * What the post's published Spark code does that mini-batch B-SGD should not; each on its own, by what it is called and
 * what it does. With none of them it is mini-batch B-SGD, bit for bit.
 */
export const sparkDefects = {
  copies: [
    'A factor per rating',
    'New factors come from a join over ratings, so who brings c ratings is kept c times, and every further batch multiplies the copies. Here they are one row that counts as often.',
  ],
  forgets: [
    'Forgets who is absent',
    'Factors are joined with the gradients of the batch: users and items that it does not mention are dropped.',
  ],
  'frozen-mean': ['μ of the first batch', 'The new mean is computed, and the old one kept.'],
  clips: ['ε from clipped r̂', 'Predictions are cut to the scale before the error is taken.'],
  divides: [
    'Divides by the batch',
    'Summed gradients are divided by all ratings of the batch, so that a row with few of them hardly moves.',
  ],
  decays: ['γ · 0.9ⁱ anew', 'γ fades from pass to pass, and is as it was in the next batch.'],
  'heavy-lambda': ['λ = 10', 'Its constant, hundreds of times what serves B-SGD.'],
} as const;
export type SparkDefect = keyof typeof sparkDefects;
export const defectLambda = 10;
export const defectDecay = 0.9;

/** Everything that, with the ratings, fixes what every method learns from a stream, bit for bit. */
export interface StreamConfig {
  readonly order: ArrivalOrder;
  /** Ratings in a batch, 1…100,000; the last may be smaller. */
  readonly batchSize: number;
  readonly methods: readonly MethodId[];
  /** k, 1…128 */
  readonly rank: number;
  /** γ of the biases, and of the factors, as on ratings in stars (`stepsOn`). */
  readonly learningRate: number;
  readonly factorRate: number;
  /** λ per observation, rating units: of all kinds of SGD. */
  readonly lambda: number;
  /** λ of ALS, weighted by counts (ALS-WR), rating units. */
  readonly alsLambda: number;
  /** What ALS leaves aside: nothing (Spark), or μ + b_x + b_y. */
  readonly alsBaseline: 'none' | 'biases';
  /** Mini-batch: passes over a batch, and what γ is multiplied by from one to the next. */
  readonly passes: number;
  readonly decay: number;
  /** Mini-batch: γ times the summed gradients, as the post has it, or bounded for who has many ratings in the batch. */
  readonly step: 'bounded' | 'summed';
  /** A full ALS refit follows every so many batches, with so many iterations from the factors there are. */
  readonly refitEvery: number;
  readonly refitIterations: number;
  readonly defects: readonly SparkDefect[];
  /**
   * From a share of the stream on, a share of the users rate the other way round, low for high. Both shares 0…1; of no
   * users: no drift.
   */
  readonly drift: { readonly users: number; readonly at: number };
  readonly seed: number;
}

/** What several who learn from the same stream may each have otherwise; the rest decides what arrives, and when. */
export type StreamSetting =
  | ('rank' | 'learningRate' | 'factorRate' | 'lambda')
  | ('passes' | 'decay' | 'step')
  | ('alsLambda' | 'alsBaseline' | 'refitEvery');

/** Who learns from a stream: a method, as the stream is set or as it is said here. */
export interface Entrant {
  /** Tells it from the others. */
  readonly id: string;
  readonly method: MethodId;
  readonly config: StreamConfig;
}

/** Each method as the stream is set. */
export const entrantsOf = (config: StreamConfig): Entrant[] =>
  config.methods.map((method) => ({ id: method, method, config }));
