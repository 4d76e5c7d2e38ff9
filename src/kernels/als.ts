import { factorise, solve } from './cholesky';
import type { Kernels, Regularisation } from './kernels';

/**
 * One side of an ALS half-sweep. For every line x in from…to−1, with Ω_x what it knows of the other side:
 *
 *   U_x = (P_ΩᵀP_Ω + λ'I)⁻¹ P_Ωᵀ r_x,   λ' = λ (plain) or λ·|Ω_x| (weighted: ALS-WR, Zhou et al. 2008)
 *
 * Writes `target` (lineCount × rank, row-major), reads `source` (otherCount × rank) and `lines`. A line that knows
 * nothing gets a zero row. Rows do not depend on one another, so slices can be solved in any order.
 */
export const solveLines: Kernels['solveLines'] = (
  target,
  source,
  lines,
  rank,
  lambda,
  regularisation,
  from,
  to,
) => {
  const G = new Float64Array(rank * rank);
  for (let x = from; x < to; x++) {
    const first = lines.start[x];
    const end = lines.start[x + 1];
    const at = x * rank;
    target.fill(0, at, at + rank);
    if (first === end) continue;
    G.fill(0);
    for (let p = first; p < end; p++) {
      const row = lines.other[p] * rank;
      const r = lines.value[p];
      for (let i = 0; i < rank; i++) {
        const a = source[row + i];
        target[at + i] += a * r; // P_Ωᵀ r_x
        for (let j = 0; j <= i; j++) G[i * rank + j] += a * source[row + j]; // P_ΩᵀP_Ω, lower triangle
      }
    }
    addDiagonal(G, rank, penalty(lambda, regularisation, end - first));
    factorise(G, rank);
    solve(G, rank, target, at);
  }
};

/** The same where every line knows every other: all share one Gram matrix PᵀP + λ'I, factorised once. */
export const solveCompleteLines: Kernels['solveLines'] = (
  target,
  source,
  lines,
  rank,
  lambda,
  regularisation,
  from,
  to,
) => {
  const count = lines.otherCount;
  const G = new Float64Array(rank * rank);
  for (let y = 0; y < count; y++) {
    for (let i = 0; i < rank; i++) {
      const a = source[y * rank + i];
      for (let j = 0; j <= i; j++) G[i * rank + j] += a * source[y * rank + j];
    }
  }
  addDiagonal(G, rank, penalty(lambda, regularisation, count));
  factorise(G, rank);
  for (let x = from; x < to; x++) {
    const at = x * rank;
    target.fill(0, at, at + rank);
    for (let y = 0; y < count; y++) {
      const r = lines.value[lines.start[x] + y];
      for (let i = 0; i < rank; i++) target[at + i] += source[y * rank + i] * r; // Pᵀ r_x
    }
    solve(G, rank, target, at);
  }
};

function penalty(lambda: number, regularisation: Regularisation, known: number): number {
  return regularisation === 'weighted' ? lambda * known : lambda;
}

function addDiagonal(G: Float64Array, k: number, value: number): void {
  for (let i = 0; i < k; i++) G[i * k + i] += value;
}
