import { dampedBiases, meanOf } from '../kernels/baseline';
import type { Kernels, Model } from '../kernels/kernels';
import type { Split } from '../ratings/hold-out';
import { gatherLines, type Lines, type Triples } from '../ratings/lines';
import { isComplete, type RatingSet, scaleSpan } from '../ratings/rating-set';
import type { Baseline, RunConfig } from './config';
import { emptyModel, fillInitialFactors } from './initial-factors';
import { type Run, takeSnapshot } from './run';

/** Multiplications between two yields: about 20 ms of the float64 page. */
const sliceWork = 1 << 24;

/**
 * Batch ALS: users, then items, each half-sweep solving every row exactly against the other side
 * (kernels/als.ts), on what the chosen baseline leaves of the ratings. The baseline stays fixed.
 */
export function alsRun(kernels: Kernels, ratings: RatingSet, split: Split, config: RunConfig): Run {
  const { userCount, itemCount } = ratings;
  const { training } = split;
  const model = emptyModel(userCount, itemCount, config.rank);
  const level = setBaseline(model, training, config.baseline);
  fillInitialFactors(model, config, scaleSpan(ratings.scale), config.baseline === 'none' ? level : 0, 1);
  const left = residuals(model, training);
  const byUser = gatherLines(userCount, itemCount, training.users, training.items, left);
  const byItem = gatherLines(itemCount, userCount, training.items, training.users, left);
  const trainingCount = training.values.length;
  const complete = isComplete({ userCount, itemCount, ratingCount: trainingCount });
  const solve = complete ? kernels.solveCompleteLines : kernels.solveLines;
  let { lambda } = config;
  let unitsDone = 0;
  let diverged = false;

  function* halfSweep(target: Float64Array, source: Float64Array, lines: Lines) {
    for (let from = 0; from < lines.lineCount; ) {
      const to = sliceEnd(lines, from, complete ? config.rank : config.rank * config.rank);
      solve(target, source, lines, config.rank, lambda, config.regularisation, from, to);
      from = to;
      yield;
    }
  }

  return {
    method: 'als',
    unitsPerStep: 2,
    get unitsDone() {
      return unitsDone;
    },
    *advance(units) {
      for (let unit = 0; unit < units; unit++) {
        if (unitsDone % 2 === 0) yield* halfSweep(model.userFactors, model.itemFactors, byUser);
        else yield* halfSweep(model.itemFactors, model.userFactors, byItem);
        unitsDone++;
      }
    },
    get diverged() {
      return diverged;
    },
    apply(settings) {
      lambda = settings.lambda;
    },
    *snapshot(seconds) {
      const at = {
        method: 'als',
        step: unitsDone / 2,
        observations: unitsDone * trainingCount,
        seconds,
      } as const;
      const snapshot = yield* takeSnapshot(kernels, model, split, 1, at);
      if (!Number.isFinite(snapshot.trainRmse)) diverged = true;
      return snapshot;
    },
    proposeLearningRate: () => null,
  };
}

/** Fills μ, b_x and b_y as the baseline says; returns the mean of the training ratings. */
function setBaseline(model: Model, training: Triples, baseline: Baseline): number {
  const mean = meanOf(training.values);
  if (baseline !== 'none') model.mean = mean;
  if (baseline === 'biases') {
    const biases = dampedBiases(training, model.userCount, model.itemCount, mean);
    model.userBias.set(biases.userBias);
    model.itemBias.set(biases.itemBias);
  }
  return mean;
}

function residuals(model: Model, { users, items, values }: Triples): Float64Array {
  return Float64Array.from(
    values,
    (r, j) => r - model.mean - model.userBias[users[j]] - model.itemBias[items[j]],
  );
}

/** The end of a slice of lines that starts at `from`: at least one line, then as many as the work allows. */
function sliceEnd(lines: Lines, from: number, workPerRating: number): number {
  const ratings = Math.max(1, Math.floor(sliceWork / workPerRating));
  let to = from + 1;
  while (to < lines.lineCount && lines.start[to + 1] - lines.start[from] <= ratings) to++;
  return to;
}
