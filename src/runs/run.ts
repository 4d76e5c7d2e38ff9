import type { Kernels, Model } from '../kernels/kernels';
import type { Split } from '../ratings/hold-out';
import type { Triples } from '../ratings/lines';
import type { LiveSettings, Method } from './config';
import type { Snapshot } from './snapshot';

/**
 * Work that can be interrupted between slices: yields after every few milliseconds, so that a worker can answer
 * its mail, and returns its result. Where it is cut never changes a bit of the result.
 */
export type Sliced<T> = Generator<undefined, T, undefined>;

/** A run in the making. Units are half-sweeps (ALS) or single observations (B-SGD). */
export interface Run {
  readonly method: Method;
  /** Units in one step: 2 half-sweeps an iteration, or as many observations as there are training ratings. */
  readonly unitsPerStep: number;
  /** Units done since the initial factors. */
  readonly unitsDone: number;
  /** Does so many units, or fewer where the method diverges. */
  advance(units: number): Sliced<void>;
  /** Found by `advance` or by measuring: errors beyond all bounds, or not finite. Nothing after it is worth showing. */
  readonly diverged: boolean;
  /** λ and γ from the next unit on. */
  apply(settings: LiveSettings): void;
  /** Copies the factors and measures them; `seconds` is the caller's to know. */
  snapshot(seconds: number): Sliced<Snapshot>;
  /** A learning rate at which this run would not have diverged; null where the method has none. */
  proposeLearningRate(): number | null;
}

/** Ratings measured, or observations learnt, between two yields: about 5 ms of the float64 page at rank 20. */
export const sliceSize = 1 << 16;

/** Root of the mean square error of a model, in the units of the ratings; null where there are none. */
function* rmseOf(kernels: Kernels, model: Model, ratings: Triples): Sliced<number | null> {
  const n = ratings.values.length;
  if (n === 0) return null;
  let sum = 0;
  for (let from = 0; from < n; from += sliceSize) {
    sum += kernels.squaredError(model, ratings, from, Math.min(n, from + sliceSize));
    yield;
  }
  return Math.sqrt(sum / n);
}

/**
 * A snapshot of a model that works in scaled units: 1 of its units are `unit` rating units, so biases count
 * `unit`-fold and factors √unit-fold. Errors and factors are reported in rating units.
 */
export function* takeSnapshot(
  kernels: Kernels,
  model: Model,
  split: Pick<Split, 'training' | 'validation'>,
  unit: number,
  at: Pick<Snapshot, 'method' | 'step' | 'observations' | 'seconds'>,
): Sliced<Snapshot> {
  const trainRmse = (yield* rmseOf(kernels, model, split.training)) ?? 0;
  const validationRmse = yield* rmseOf(kernels, model, split.validation);
  return {
    ...at,
    rank: model.rank,
    userCount: model.userCount,
    itemCount: model.itemCount,
    mean: model.mean * unit,
    userBias: scaled(model.userBias, unit),
    itemBias: scaled(model.itemBias, unit),
    userFactors: scaled(model.userFactors, Math.sqrt(unit)),
    itemFactors: scaled(model.itemFactors, Math.sqrt(unit)),
    trainRmse: trainRmse * unit,
    validationRmse: validationRmse === null ? null : validationRmse * unit,
  };
}

function scaled(values: Float64Array, by: number): Float32Array {
  const out = new Float32Array(values.length);
  for (let i = 0; i < values.length; i++) out[i] = values[i] * by;
  return out;
}
