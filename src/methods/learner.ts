import type { Kernels, Model } from '../kernels/kernels';
import type { RatingScale } from '../ratings/rating-set';
import { emptyModel, fillInitialFactors } from './initial-factors';
import type { Known } from './measure';
import type { Stream } from './stream';
import type { StreamConfig } from './stream-config';
import type { Work } from './work';

/** A method on its way through the stream. */
export interface Learner {
  readonly model: Model;
  /** Whom it has learnt anything of. */
  readonly known: Known;
  /** Whether it has to keep all ratings that have arrived so that it can go on. */
  readonly keepsRatings: boolean;
  /** The ratings of the stream that are in its model: fewer than have arrived where it waits for a refit. */
  learnt: number;
  /** Its errors grew beyond all bounds, or are not finite: it has stopped. */
  diverged: boolean;
  /** Learns ratings from…to−1 of the stream, the next batch; pauses where that takes long. */
  learn(from: number, to: number): Work<void>;
}

/** What all learners of a stream have in common. */
export interface Surroundings {
  readonly kernels: Kernels;
  readonly stream: Stream;
  readonly config: StreamConfig;
  readonly scale: RatingScale;
  /** Whose ratings have arrived. */
  readonly seen: Known;
  readonly means: RunningMeans;
}

/** The mean of what has arrived, after each batch; the same for all methods. */
interface RunningMeans {
  /** Of the first batch. */
  readonly first: number;
  /** Of all that has arrived; the middle of the scale before that. */
  readonly now: number;
}

/** Standard deviation of what new users and items begin with, as a share of the span, once multiplied (`fillInitialFactors`). */
const initialNoise = 0.005;

/**
 * A model with a small random row for everybody who may come, and no bias. Users and items who have not come are not
 * `known`, so that nobody can tell when their rows were drawn: any batches give the same bits.
 */
export function freshModel(
  { kernels, stream, config, scale }: Surroundings,
  unit: number,
  rank: number,
): Model {
  const model = emptyModel(kernels, stream, rank, unit);
  const span = scale.max > scale.min ? scale.max - scale.min : 1;
  fillInitialFactors(model, { initial: 'normal', initialNoise, seed: config.seed ^ 0x6c616221 }, span, 0);
  model.mean = (scale.min + scale.max) / 2 / unit;
  return model;
}

/** Nobody, or everybody. */
export const knownOf = (
  { userCount, itemCount }: Pick<Stream, 'userCount' | 'itemCount'>,
  value: 0 | 1,
): Known => ({
  users: new Uint8Array(userCount).fill(value),
  items: new Uint8Array(itemCount).fill(value),
});

/** Copies of the factors that everybody has by now. */
export const rowsOf = ({ userFactors, itemFactors }: Model) => ({
  users: userFactors.slice(),
  items: itemFactors.slice(),
});
