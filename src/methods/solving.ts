import { dampedBiases, damping } from '../kernels/baseline';
import type { Model, Side } from '../kernels/kernels';
import type { RowSolverId } from '../kernels/row-solvers';
import { ownOf } from '../kernels/sides';
import type { Lines } from '../ratings/lines';
import { pause } from '../ratings/sliced';
import type { Baseline } from './config';
import type { GrowingLines } from './growing-lines';
import type { Surroundings } from './learner';
import { halfSweep, type Work } from './work';

/** So many iterations of ALS, from the factors that the model has, on what is in the lines. */
export function* solveAll(
  { config }: Pick<Surroundings, 'config'>,
  model: Model,
  { byUser, byItem }: { byUser: Lines; byItem: Lines },
  mean: number,
  iterations: number,
  solver: RowSolverId = 'exact',
): Work<void> {
  setBaseline(model, byUser, config.alsBaseline, mean);
  yield pause;
  for (let i = 0; i < iterations; i++) {
    yield halfSweep(solver, [model, 'users', byUser, config.alsLambda, 'weighted']);
    yield halfSweep(solver, [model, 'items', byItem, config.alsLambda, 'weighted']);
  }
}

/** Fills μ, b_x and b_y as the baseline says; `mean` is that of the ratings. */
export function setBaseline(model: Model, byUser: Lines, baseline: Baseline, mean: number): void {
  model.mean = baseline === 'none' ? 0 : mean;
  if (baseline !== 'biases') return;
  const { userBias, itemBias } = dampedBiases(byUser, mean);
  model.userBias.set(userBias);
  model.itemBias.set(itemBias);
}

/** The bias of one line, from its ratings that have arrived: Σ (r − μ − b_y) / (n + damping). */
export function setBias(model: Model, side: Side, lines: Pick<GrowingLines, Side>, x: number): void {
  const { bias } = ownOf(model, side);
  const { bias: others } = ownOf(model, side === 'users' ? 'items' : 'users');
  const { start, arrived, other, value } = lines[side];
  let sum = 0;
  for (let p = start[x]; p < start[x] + arrived[x]; p++) sum += value[p] - model.mean - others[other[p]];
  bias[x] = sum / (arrived[x] + damping);
}

/** Solves one row against the other side as it stands, from its ratings that have arrived. */
export function solveAlone(
  { kernels, config }: Pick<Surroundings, 'kernels' | 'config'>,
  model: Model,
  side: Side,
  lines: GrowingLines,
  x: number,
): void {
  kernels.solveLines(model, side, lines.alone(side, x), config.alsLambda, 'weighted', x, x + 1);
}
