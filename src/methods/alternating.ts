import { dampedBiases, meanOf } from '../kernels/baseline';
import type { Kernels, Model, Side } from '../kernels/kernels';
import type { RowSolverId } from '../kernels/row-solvers';
import type { Split } from '../ratings/hold-out';
import { isComplete, type RatingSet, scaleSpan } from '../ratings/rating-set';
import { pause, type Sliced } from '../ratings/sliced';
import { liveAt, noPast, type Past, withChange } from './changes';
import type { Baseline, RunConfig } from './config';
import { flopsOfHalfSweeps } from './flops';
import { emptyModel, fillFrom, fillInitialFactors } from './initial-factors';
import type { AtOnce, MethodId } from './method';
import { copyModel, measureModel, type Run, trainingRmse } from './run';
import { slicesOf, solvingPiece, type Work } from './work';

/** Multiplications in one piece: about 20 ms of the float64 page. */
const pieceWork = 1 << 24;

/** What every method has in common that solves one side after the other. */
export const alternating = {
  limit: 'iterations',
  unit: 'half-sweep',
  sweeps: true,
  inspects: 'rows',
  unitsPerStep: () => 2,
  room: () => 0,
  flops: flopsOfHalfSweeps,
} as const satisfies Partial<AtOnce>;

/**
 * Alternating least squares: users, then items, each half-sweep solving every row against the other side, on what the
 * chosen baseline leaves of the ratings. The baseline stays fixed.
 */
export function* alternatingRun(
  method: MethodId,
  solver: RowSolverId,
  kernels: Kernels,
  ratings: Pick<RatingSet, 'userCount' | 'itemCount' | 'scale'>,
  split: Split,
  config: RunConfig,
  past: Past = noPast,
): Sliced<Run> {
  const model = emptyModel(kernels, ratings, config.rank, 1);
  const level = setBaseline(model, split, config.baseline);
  yield pause;
  if (past.from) fillFrom(model, past.from);
  else fillInitialFactors(model, config, scaleSpan(ratings.scale), config.baseline === 'none' ? level : 0);
  yield pause;
  const complete = isComplete({ ...ratings, ratingCount: split.trainingCount });
  const isShared = complete && solver === 'exact';
  const ratingsPerPiece = Math.floor(pieceWork / (isShared ? config.rank : config.rank * config.rank));
  const sides = {
    users: { lines: split.byUser, slices: slicesOf(split.byUser, ratingsPerPiece) },
    items: { lines: split.byItem, slices: slicesOf(split.byItem, ratingsPerPiece) },
  };
  const work = { ...ratings, rank: config.rank, trainingCount: split.trainingCount, complete };
  let { changes } = past;
  let unitsDone = past.from ? 2 * past.from.step : 0;
  /** Units whose λ is settled: those done and the one that is being done. */
  let begun = unitsDone;
  let diverged = false;

  function* halfSweep(side: Side): Work<void> {
    const { lines, slices } = sides[side];
    const { regularisation } = config;
    const { lambda } = liveAt(config, changes, unitsDone);
    begun = unitsDone + 1;
    yield slices.map(([from, to]) =>
      solvingPiece(solver, [model, side, lines, lambda, regularisation, from, to], complete),
    );
  }

  return {
    method,
    unitsPerStep: 2,
    unitsPerLook: 1,
    get unitsDone() {
      return unitsDone;
    },
    *advance(units) {
      for (let unit = 0; unit < units; unit++) {
        yield* halfSweep(unitsDone % 2 === 0 ? 'users' : 'items');
        unitsDone++;
      }
    },
    get diverged() {
      return diverged;
    },
    apply(settings) {
      const change = { unit: begun, ...settings };
      changes = withChange(changes, change);
      return change;
    },
    *measure(seconds) {
      const moment = yield* measureModel(model, split, {
        step: unitsDone / 2,
        observations: unitsDone * split.trainingCount,
        flops: flopsOfHalfSweeps(work, unitsDone),
        seconds,
      });
      if (!Number.isFinite(trainingRmse(moment))) diverged = true;
      return moment;
    },
    copy: (moment, room) => ({ ...moment, method, ...copyModel(model, room) }),
    visit: () => null,
    proposeLearningRate: () => null,
  };
}

/** Fills μ, b_x and b_y as the baseline says; returns the mean of the training ratings. */
function setBaseline(model: Model, { byUser }: Split, baseline: Baseline): number {
  const mean = meanOf(byUser.value);
  if (baseline !== 'none') model.mean = mean;
  if (baseline === 'biases') {
    const { userBias, itemBias } = dampedBiases(byUser, mean);
    model.userBias.set(userBias);
    model.itemBias.set(itemBias);
  }
  return mean;
}
