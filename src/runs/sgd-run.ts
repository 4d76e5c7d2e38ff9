import { meanOf } from '../kernels/baseline';
import type { Kernels } from '../kernels/kernels';
import type { Split } from '../ratings/hold-out';
import { seededRandom } from '../ratings/random';
import { type RatingScale, type RatingSet, scaleSpan } from '../ratings/rating-set';
import { pause, type Sliced } from '../ratings/sliced';
import type { RunConfig } from './config';
import { emptyModel, fillInitialFactors } from './initial-factors';
import { pieceSize, type Run, takeSnapshot } from './run';
import { blockedFrom, blockedVisits, shuffledVisits } from './visits';

/** An error beyond this many rating spans, or an RMSE beyond this many times the first one, is divergence. */
const divergence = 10;

/** So much of an epoch tells whether a learning rate holds. */
const trialSize = 4 * pieceSize;

/**
 * Rating units in one unit of B-SGD: ratings are brought to a span of at most five, the span of a star scale,
 * for which published learning rates hold; star ratings stay as they are. On raw 8-bit ratings γ = 0.01 diverges.
 */
export function ratingUnit(scale: RatingScale): number {
  return Math.max(1, scaleSpan(scale) / 5);
}

/**
 * Bias-SGD (kernels/bias-sgd.ts) in seeded random order: truly one observation at a time, or, on large data, block
 * by block. μ is the mean of the training ratings. λ is given in rating units, so it is divided by the unit inside.
 */
export function* sgdRun(
  kernels: Kernels,
  ratings: Pick<RatingSet, 'userCount' | 'itemCount' | 'scale'>,
  split: Split,
  config: RunConfig,
): Sliced<Run> {
  const unit = ratingUnit(ratings.scale);
  const span = scaleSpan(ratings.scale);
  const count = split.trainingCount;
  const model = emptyModel(kernels, ratings, config.rank, unit);
  model.mean = meanOf(split.byUser.value) / unit;
  const orderSeed = config.seed ^ 0x5bd1e995;
  let random = seededRandom(orderSeed);
  const visits =
    count < blockedFrom
      ? shuffledVisits(kernels, split)
      : yield* blockedVisits(kernels, split, config.rank, seededRandom(orderSeed ^ 0x1b873593));
  yield pause;
  fillInitialFactors(model, config, span, 0);
  yield pause;
  let { lambda, learningRate } = config;
  let unitsDone = 0;
  let firstRmse = Number.NaN;
  let diverged = false;

  return {
    method: 'sgd',
    unitsPerStep: count,
    unitsPerLook: visits.perLook,
    get unitsDone() {
      return unitsDone;
    },
    *advance(units) {
      const end = unitsDone + units;
      while (unitsDone < end && !diverged) {
        const from = unitsDone % count;
        if (from === 0) visits.begin(random);
        const to = Math.min(count, from + end - unitsDone, visits.order ? from + pieceSize : count);
        for (const batch of visits.batches(from, to)) {
          const limit = (divergence * span) / unit;
          const reached = yield batch.map(([low, high]) => ({
            call: 'learn',
            args: [model, visits.triples, visits.order, low, high, learningRate, lambda / unit, limit],
          }));
          for (const [i, [low, high]] of batch.entries()) {
            unitsDone += reached[i] - low;
            if (reached[i] < high) diverged = true;
          }
          if (diverged) return;
        }
      }
    },
    get diverged() {
      return diverged;
    },
    apply(settings) {
      ({ lambda, learningRate } = settings);
    },
    *snapshot(seconds, room) {
      const at = { method: 'sgd', step: unitsDone / count, observations: unitsDone, seconds } as const;
      const snapshot = yield* takeSnapshot(model, split, at, room);
      if (Number.isNaN(firstRmse)) firstRmse = snapshot.trainRmse;
      // Written so that a NaN counts as divergence too; a first guess that is perfect leaves room for a span.
      if (!(snapshot.trainRmse <= divergence * Math.max(firstRmse, span / 100))) diverged = true;
      return snapshot;
    },
    proposeLearningRate() {
      if (!diverged) return null;
      // An epoch, or its first part, that stays finite at half the rate tried next is a safe place to go on from.
      for (let rate = learningRate / 2; rate > 1e-6; rate /= 2) {
        random = seededRandom(orderSeed);
        visits.begin(random);
        model.userBias.fill(0);
        model.itemBias.fill(0);
        fillInitialFactors(model, config, span, 0);
        const holds = visits
          .batches(0, Math.min(count, trialSize))
          .flat()
          .every(
            ([low, high]) =>
              kernels.learn(
                model,
                visits.triples,
                visits.order,
                low,
                high,
                rate,
                lambda / unit,
                (2 * span) / unit,
              ) === high,
          );
        if (holds) return Number((rate / 2).toPrecision(1));
      }
      return 1e-6;
    },
  };
}
