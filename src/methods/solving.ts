import { dampedBiases } from '../kernels/baseline';
import type { Model, Side } from '../kernels/kernels';
import type { RowSolverId } from '../kernels/row-solvers';
import type { Floats, Lines } from '../ratings/lines';
import { pause } from '../ratings/sliced';
import type { GrowingSide } from './growing-lines';
import type { Surroundings } from './learner';
import { slicesOf, solvingPiece, type Work } from './work';

/** Multiplications between two pauses: about 20 ms of the page. */
export const workPerPause = 1 << 24;

/** Ratings that stand against a bias of 0 (`dampedBiases`). */
const damping = 5;

/** So many iterations of ALS, from the factors that the model has, on what is in the lines. */
export function* solveAll(
  { config }: Pick<Surroundings, 'config'>,
  model: Model,
  { byUser, byItem }: { byUser: Lines; byItem: Lines },
  mean: number,
  iterations: number,
  solver: RowSolverId = 'exact',
): Work<void> {
  model.mean = 0;
  if (config.alsBaseline === 'biases') {
    model.mean = mean;
    const { userBias, itemBias } = dampedBiases(byUser, mean, damping);
    model.userBias.set(userBias);
    model.itemBias.set(itemBias);
    yield pause;
  }
  const ratingsPerPiece = Math.floor(workPerPause / (config.rank * config.rank));
  for (let i = 0; i < iterations; i++) {
    for (const [side, lines] of [
      ['users', byUser],
      ['items', byItem],
    ] as const) {
      yield slicesOf(lines, ratingsPerPiece).map(([from, to]) =>
        solvingPiece(solver, [model, side, lines, config.alsLambda, 'weighted', from, to]),
      );
    }
  }
}

/** Σ (r − μ − b_y) / (n + damping) over ratings first…end−1. */
export function dampedBias(
  { other, value }: Pick<GrowingSide, 'other' | 'value'>,
  first: number,
  end: number,
  otherBias: Floats,
  mean: number,
): number {
  let sum = 0;
  for (let p = first; p < end; p++) sum += value[p] - mean - otherBias[other[p]];
  return sum / (end - first + damping);
}

/** Solves one row against the other side as it stands: one line of `solveLines`, wherever its ratings lie. */
export function rowSolver({ kernels, config }: Pick<Surroundings, 'kernels' | 'config'>, model: Model) {
  const { rowLength } = model;
  const start = kernels.ratings.indices(2);
  return {
    /** The row of x from ratings first…end−1 of `lines`. */
    solve(
      side: Side,
      lines: { readonly other: Uint32Array; readonly value: Floats; readonly otherCount: number },
      x: number,
      first: number,
      end: number,
    ) {
      start[0] = first;
      start[1] = end;
      const row = { from: x * rowLength, to: (x + 1) * rowLength };
      const alone: Model =
        side === 'users'
          ? {
              ...model,
              userFactors: model.userFactors.subarray(row.from, row.to),
              userBias: model.userBias.subarray(x, x + 1),
            }
          : {
              ...model,
              itemFactors: model.itemFactors.subarray(row.from, row.to),
              itemBias: model.itemBias.subarray(x, x + 1),
            };
      const { other, value, otherCount } = lines;
      kernels.solveLines(
        alone,
        side,
        { lineCount: 1, otherCount, start, other, value, time: null },
        config.alsLambda,
        'weighted',
        0,
        1,
      );
    },
  };
}
