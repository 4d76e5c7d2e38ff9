import { factorise, solve } from './cholesky';

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
  /** The u ≥ 0 that minimises ½uᵀGu − bᵀu. */
  nonNegative: solveNonNegative,
} as const satisfies Record<string, RowSolver>;
export type RowSolverId = keyof typeof rowSolvers;

/** So many exchanges in a row that make nothing better are forgiven before only one entry is exchanged at a time. */
const patience = 3;

/**
 * Non-negative least squares by block principal pivoting (Kim and Park, 2011): guess which entries are positive, solve
 * for them exactly, and exchange those that are negative, and those of the others whose gradient Gu − b is. Ends at
 * the KKT conditions u ≥ 0, Gu − b ≥ 0, u·(Gu − b) = 0; rounding cannot make it turn in circles for ever.
 */
function solveNonNegative(equations: NormalEquations, k: number): Float64Array {
  const { gram, stride, rightSide: b } = equations;
  const g = (i: number, j: number) => (i <= j ? gram[i * stride + j] : gram[j * stride + i]);
  let size = 0;
  for (let i = 0; i < k; i++) size = Math.max(size, Math.abs(b[i]));
  const rounding = 1e-10 * size;
  const isPositive = new Uint8Array(k).fill(1);
  const u = new Float64Array(k);
  let fewest = k + 1;
  let left = patience;
  for (let turn = 0; turn < 10 * k; turn++) {
    solvePositive(equations, isPositive, u);
    const wrong: number[] = [];
    for (let i = 0; i < k; i++) {
      let gradient = -b[i];
      for (let j = 0; j < k; j++) gradient += g(i, j) * u[j];
      if (isPositive[i] ? u[i] < 0 : gradient < -rounding) wrong.push(i);
    }
    if (wrong.length === 0) break;
    if (wrong.length < fewest) {
      fewest = wrong.length;
      left = patience;
    } else left--;
    for (const i of left >= 0 ? wrong : wrong.slice(-1)) isPositive[i] ^= 1;
  }
  return u.map((value) => Math.max(0, value));
}

/** Solves for the entries that are taken for positive; the others become 0. */
function solvePositive(
  { gram, stride, rightSide }: NormalEquations,
  isPositive: Uint8Array,
  u: Float64Array,
) {
  const among = [...isPositive.keys()].filter((i) => isPositive[i]);
  const part = new Float64Array(among.length ** 2);
  for (const [row, i] of among.entries())
    for (const [column, j] of among.entries())
      if (column >= row) part[row * among.length + column] = gram[i * stride + j];
  const values = rowSolvers.exact(
    { gram: part, stride: among.length, rightSide: Float64Array.from(among, (i) => rightSide[i]) },
    among.length,
  );
  u.fill(0);
  for (const [row, i] of among.entries()) u[i] = values[row];
}

/** G as `factorise` reads it: k × k, by its lower triangle. */
function lowerOf(gram: NormalEquations['gram'], stride: number, k: number): Float64Array {
  const lower = new Float64Array(k * k);
  for (let i = 0; i < k; i++) for (let j = 0; j <= i; j++) lower[i * k + j] = gram[j * stride + i];
  return lower;
}
