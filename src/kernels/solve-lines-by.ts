import type { Kernels, Model, Side } from './kernels';
import { rowSolvers } from './row-solvers';

/** A half-sweep over lines from…to−1 by any of the solvers; a line that knows nothing gets a zero row. */
export const solveLinesBy =
  (sum: Kernels['normalEquations']): Kernels['solveLinesBy'] =>
  (solver, model, side, lines, lambda, regularisation, from, to) => {
    const { rank, rowLength } = model;
    const target = factorsOf(model, side);
    for (let x = from; x < to; x++) {
      const at = x * rowLength;
      if (lines.start[x] === lines.start[x + 1]) target.fill(0, at, at + rank);
      else target.set(rowSolvers[solver](sum(model, side, lines, lambda, regularisation, x), rank), at);
    }
  };

const factorsOf = ({ userFactors, itemFactors }: Model, side: Side) =>
  side === 'users' ? userFactors : itemFactors;
