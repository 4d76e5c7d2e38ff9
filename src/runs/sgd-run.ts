import { meanOf } from '../kernels/baseline';
import type { Kernels, Model } from '../kernels/kernels';
import type { Split } from '../ratings/hold-out';
import type { Triples } from '../ratings/lines';
import { seededRandom, shuffledIndices } from '../ratings/random';
import { type RatingScale, type RatingSet, scaleSpan } from '../ratings/rating-set';
import type { RunConfig } from './config';
import { emptyModel, fillInitialFactors } from './initial-factors';
import { type Run, sliceSize, takeSnapshot } from './run';

/** An error beyond this many rating spans, or an RMSE beyond this many times the first one, is divergence. */
const divergence = 10;

/**
 * Rating units in one unit of B-SGD: ratings are brought to a span of at most five, the span of a star scale,
 * for which published learning rates hold; star ratings stay as they are. On raw 8-bit ratings γ = 0.01 diverges.
 */
export function ratingUnit(scale: RatingScale): number {
  return Math.max(1, scaleSpan(scale) / 5);
}

/**
 * Bias-SGD (kernels/bias-sgd.ts), truly one observation at a time, in a new seeded random order every epoch.
 * μ is the mean of the training ratings. λ is given in rating units, so it is divided by the unit inside.
 */
export function sgdRun(kernels: Kernels, ratings: RatingSet, split: Split, config: RunConfig): Run {
  const unit = ratingUnit(ratings.scale);
  const span = scaleSpan(ratings.scale);
  const training = inUnits(split.training, unit);
  const validation = inUnits(split.validation, unit);
  const count = training.values.length;
  const order = new Uint32Array(count);

  /** A fresh model and the seeded sequence of orders: what a run, or a trial of one, starts from. */
  function begin(): { model: Model; shuffle: () => void } {
    const model = emptyModel(ratings.userCount, ratings.itemCount, config.rank);
    model.mean = meanOf(training.values);
    fillInitialFactors(model, config, span, 0, unit);
    const random = seededRandom(config.seed ^ 0x5bd1e995);
    return { model, shuffle: () => void shuffledIndices(count, random, order) };
  }

  const { model, shuffle } = begin();
  let { lambda, learningRate } = config;
  let unitsDone = 0;
  let firstRmse = Number.NaN;
  let diverged = false;

  return {
    method: 'sgd',
    unitsPerStep: count,
    get unitsDone() {
      return unitsDone;
    },
    *advance(units) {
      const end = unitsDone + units;
      while (unitsDone < end && !diverged) {
        const from = unitsDone % count;
        if (from === 0) shuffle();
        const to = Math.min(count, from + sliceSize, from + end - unitsDone);
        const reached = kernels.learn(
          model,
          training,
          order,
          from,
          to,
          learningRate,
          lambda / unit,
          (divergence * span) / unit,
        );
        unitsDone += reached - from;
        diverged = reached < to;
        yield;
      }
    },
    get diverged() {
      return diverged;
    },
    apply(settings) {
      ({ lambda, learningRate } = settings);
    },
    *snapshot(seconds) {
      const at = { method: 'sgd', step: unitsDone / count, observations: unitsDone, seconds } as const;
      const snapshot = yield* takeSnapshot(kernels, model, { training, validation }, unit, at);
      if (Number.isNaN(firstRmse)) firstRmse = snapshot.trainRmse;
      // Written so that a NaN counts as divergence too; a first guess that is perfect leaves room for a span.
      if (!(snapshot.trainRmse <= divergence * Math.max(firstRmse, span / 100))) diverged = true;
      return snapshot;
    },
    proposeLearningRate() {
      if (!diverged) return null;
      // An epoch, or its first part, that stays finite at half the rate tried next is a safe place to go on from.
      const trial = Math.min(count, 4 * sliceSize);
      for (let rate = learningRate / 2; rate > 1e-6; rate /= 2) {
        const fresh = begin();
        fresh.shuffle();
        const limit = span / unit;
        if (kernels.learn(fresh.model, training, order, 0, trial, rate, lambda / unit, 2 * limit) === trial) {
          return Number((rate / 2).toPrecision(1));
        }
      }
      return 1e-6;
    },
  };
}

function inUnits(triples: Triples, unit: number): Triples {
  return unit === 1 ? triples : { ...triples, values: Float64Array.from(triples.values, (r) => r / unit) };
}
