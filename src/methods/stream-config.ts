import type { MethodId } from './config';

/** In which order ratings arrive: as they were given, shuffled, or user after user. */
const arrivalOrders = ['time', 'random', 'user'] as const;
export type ArrivalOrder = (typeof arrivalOrders)[number];

/**
 * What the post's published Spark code does that mini-batch B-SGD should not; each on its own. With none of them it
 * is mini-batch B-SGD, bit for bit.
 */
const sparkDefects = [
  /** A random factor for every rating of a new user or item, by a join over ratings: kept in as many copies. */
  'copies',
  /** Users and items that a batch does not mention are forgotten (an inner join). */
  'forgets',
  /** μ stays that of the first batch. */
  'frozen-mean',
  /** ε is taken from the prediction clipped to the scale. */
  'clips',
  /** Gradients are divided by the size of the whole batch. */
  'divides',
  /** The passes decay by γ · 0.9ⁱ, anew in every batch. */
  'decays',
  /** λ = 10. */
  'heavy-lambda',
] as const;
export type SparkDefect = (typeof sparkDefects)[number];
export const defectLambda = 10;
export const defectDecay = 0.9;

/** Everything that, with the ratings, fixes what every method learns from a stream, bit for bit. */
export interface StreamConfig {
  readonly order: ArrivalOrder;
  /** Ratings in a batch, 1…100,000; the last may be smaller. */
  readonly batchSize: number;
  readonly methods: readonly MethodId[];
  /** k, 1…64 */
  readonly rank: number;
  /** γ of the biases, and of the factors, of ratings scaled to a span of at most five (`ratingUnit`). */
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
  readonly drift: Drift;
  readonly seed: number;
}

/** From a share of the stream on, a share of the users rate the other way round: low for high. */
interface Drift {
  /** Share of users, 0…1; 0: no drift. */
  readonly users: number;
  /** Share of the stream that has arrived by then, 0…1. */
  readonly at: number;
}
