import { factorise, solve } from './cholesky';
import type { Kernels, Model, Side } from './kernels';

/**
 * The normal equations of one row, Gu = b with G = P_ΩᵀP_Ω + λ'I and b = P_Ωᵀr. Good until the next row is summed.
 * Entry (i, j) of G, i ≤ j, is `gram[i * stride + j]`; below the diagonal there may be anything.
 */
export interface NormalEquations {
  readonly gram: Float32Array | Float64Array;
  readonly stride: number;
  readonly rightSide: Float32Array | Float64Array;
}

/** Makes a row u of its normal equations: k entries in float64, the caller's own. */
export type RowSolver = (equations: NormalEquations, k: number) => Float64Array;

/** Ways to solve a row. `solveLines` is the first of them, many times faster. */
export const rowSolvers = {
  /** u = G⁻¹b, by Cholesky. */
  exact: ({ gram, stride, rightSide }, k) => {
    const L = lowerOf(gram, stride, k);
    const u = Float64Array.from(rightSide.subarray(0, k));
    factorise(L, k);
    solve(L, k, u);
    return u;
  },
} as const satisfies Record<string, RowSolver>;
export type RowSolverId = keyof typeof rowSolvers;

/** G as `factorise` reads it: k × k, by its lower triangle. */
function lowerOf(gram: NormalEquations['gram'], stride: number, k: number): Float64Array {
  const lower = new Float64Array(k * k);
  for (let i = 0; i < k; i++) for (let j = 0; j <= i; j++) lower[i * k + j] = gram[j * stride + i];
  return lower;
}

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
