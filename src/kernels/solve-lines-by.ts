import type { Kernels } from './kernels';
import { rowSolvers } from './row-solvers';
import { ownOf } from './sides';

/** A half-sweep over lines from…to−1 by any of the solvers; a line that knows nothing gets a zero row. */
export const solveLinesBy =
  (sum: Kernels['normalEquations']): Kernels['solveLinesBy'] =>
  (solver, model, side, lines, lambda, regularisation, from, to) => {
    const { rank, rowLength } = model;
    const { factors: target } = ownOf(model, side);
    for (let x = from; x < to; x++) {
      const at = x * rowLength;
      if (lines.start[x] === lines.start[x + 1]) target.fill(0, at, at + rank);
      else target.set(rowSolvers[solver](sum(model, side, lines, lambda, regularisation, x), rank), at);
    }
  };
