import { factorise, solve } from './cholesky';
import type { HalfSweep, Kernels, Model, Regularisation, Side } from './kernels';

/**
 * One side of an ALS half-sweep. For every line x in from…to−1, with Ω_x what it knows of the other side, and
 * r_x its ratings less the baseline, r − (μ + b_x + b_y):
 *
 *   U_x = (P_ΩᵀP_Ω + λ'I)⁻¹ P_Ωᵀ r_x,   λ' = λ (plain) or λ·|Ω_x| (weighted: ALS-WR, Zhou et al. 2008)
 *
 * Writes one side's factors, reads the other's and `lines`. A line that knows nothing gets a zero row.
 * Rows do not depend on one another, so slices can be solved in any order.
 */
export const solveLines: Kernels['solveLines'] = (model, side, lines, lambda, regularisation, from, to) => {
  const { target } = sidesOf(model, side);
  const { rank, rowLength } = model;
  for (let x = from; x < to; x++) {
    const at = x * rowLength;
    target.fill(0, at, at + rank);
    if (lines.start[x] === lines.start[x + 1]) continue;
    const { gram, rightSide } = sumLine(model, side, lines, lambda, regularisation, x);
    factorise(gram, rank);
    solve(gram, rank, rightSide);
    target.set(rightSide, at);
  }
};

/** G = P_ΩᵀP_Ω + λ'I, by its lower triangle, and b = P_Ωᵀ r_x of line x. */
function sumLine(...[model, side, lines, lambda, regularisation, x]: [...HalfSweep, x: number]) {
  const { source, baseline } = sidesOf(model, side);
  const { rank, rowLength } = model;
  const first = lines.start[x];
  const end = lines.start[x + 1];
  const gram = new Float64Array(rank * rank);
  const rightSide = new Float64Array(rank);
  for (let p = first; p < end; p++) {
    const row = lines.other[p] * rowLength;
    const r = lines.value[p] / model.unit - baseline(x, lines.other[p]);
    for (let i = 0; i < rank; i++) {
      const a = source[row + i];
      rightSide[i] += a * r; // P_Ωᵀ r_x
      for (let j = 0; j <= i; j++) gram[i * rank + j] += a * source[row + j]; // P_ΩᵀP_Ω, lower triangle
    }
  }
  addDiagonal(gram, rank, penalty(lambda, regularisation, end - first));
  return { gram, rightSide };
}

/** The normal equations of one line, by both triangles of G. */
export const normalEquations: Kernels['normalEquations'] = (...line) => {
  const { gram, rightSide } = sumLine(...line);
  const { rank } = line[0];
  for (let i = 0; i < rank; i++) for (let j = 0; j < i; j++) gram[j * rank + i] = gram[i * rank + j];
  return { gram, stride: rank, rightSide };
};

/** The same where every line knows every other: all share one Gram matrix PᵀP + λ'I, factorised once. */
export const solveCompleteLines: Kernels['solveLines'] = (
  ...[model, side, lines, lambda, regularisation, from, to]
) => {
  const { target, source, baseline } = sidesOf(model, side);
  const { rank, rowLength } = model;
  const count = lines.otherCount;
  const G = new Float64Array(rank * rank);
  for (let y = 0; y < count; y++) {
    for (let i = 0; i < rank; i++) {
      const a = source[y * rowLength + i];
      for (let j = 0; j <= i; j++) G[i * rank + j] += a * source[y * rowLength + j];
    }
  }
  addDiagonal(G, rank, penalty(lambda, regularisation, count));
  factorise(G, rank);
  for (let x = from; x < to; x++) {
    const b = new Float64Array(rank);
    for (let y = 0; y < count; y++) {
      const r = lines.value[lines.start[x] + y] / model.unit - baseline(x, y);
      for (let i = 0; i < rank; i++) b[i] += source[y * rowLength + i] * r; // Pᵀ r_x
    }
    solve(G, rank, b);
    target.set(b, x * rowLength);
  }
};

/** The factors to solve for, the ones that stay, and μ + b_x + b_y of a line and its other. */
export function sidesOf(model: Model, side: Side) {
  const { mean, userBias, itemBias, userFactors, itemFactors } = model;
  return side === 'users'
    ? {
        target: userFactors,
        source: itemFactors,
        baseline: (x: number, y: number) => mean + userBias[x] + itemBias[y],
      }
    : {
        target: itemFactors,
        source: userFactors,
        baseline: (y: number, x: number) => mean + userBias[x] + itemBias[y],
      };
}

/** λ' of a line that knows so many ratings. */
export function penalty(lambda: number, regularisation: Regularisation, known: number): number {
  return regularisation === 'weighted' ? lambda * known : lambda;
}

function addDiagonal(G: Float64Array, k: number, value: number): void {
  for (let i = 0; i < k; i++) G[i * k + i] += value;
}
