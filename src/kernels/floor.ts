import { EVD, Matrix } from 'ml-matrix';

/**
 * Singular values of a complete matrix R, descending: σᵢ = √(eigenvalue i of RRᵀ, or of RᵀR, whichever is smaller),
 * by ml-matrix's symmetric decomposition. (Its SVD is faster, but does not end on a checkerboard.) Squaring costs
 * the small ones: they are off by up to about 1e-8 of the largest, far below anything an RMSE shows.
 *
 * @param values rows × columns, row-major, rating units; only read
 * @returns min(rows, columns) of them, rating units; a fresh array
 */
export function singularValues(
  values: Float32Array | Float64Array,
  rows: number,
  columns: number,
): Float64Array {
  const wide = rows <= columns;
  const [count, length] = wide ? [rows, columns] : [columns, rows];
  const lines = wide ? values : transposed(values, rows, columns);
  const gram = new Matrix(count, count);
  for (let i = 0; i < count; i++) {
    for (let j = 0; j <= i; j++) {
      let dot = 0;
      for (let c = 0; c < length; c++) dot += lines[i * length + c] * lines[j * length + c]; // (RRᵀ)ᵢⱼ
      gram.set(i, j, dot);
      gram.set(j, i, dot);
    }
  }
  const { realEigenvalues } = new EVD(gram, { assumeSymmetric: true });
  return Float64Array.from(realEigenvalues, (value) => Math.sqrt(Math.max(0, value)))
    .sort()
    .reverse();
}

function transposed(values: ArrayLike<number>, rows: number, columns: number): Float64Array {
  const out = new Float64Array(rows * columns);
  for (let x = 0; x < rows; x++)
    for (let y = 0; y < columns; y++) out[y * rows + x] = values[x * columns + y];
  return out;
}

/**
 * The least RMSE any rank-k model without biases can reach: √(Σ_{i>k} σᵢ² / mn).
 *
 * Rating units, those of `singular` (descending, only read); `cellCount` is mn.
 * Source: Eckart and Young, 1936.
 */
export function truncatedFloor(singular: ArrayLike<number>, rank: number, cellCount: number): number {
  let rest = 0;
  for (let i = singular.length - 1; i >= rank; i--) rest += singular[i] ** 2;
  return Math.sqrt(rest / cellCount);
}

/**
 * The global optimum of ‖R − UPᵀ‖² + λ(‖U‖² + ‖P‖²) at rank k: singular values soft-thresholded by λ.
 *
 *   RMSE² = (Σ_{i≤k} min(σᵢ, λ)² + Σ_{i>k} σᵢ²) / mn,   objective = RMSE²·mn + 2λ Σ_{i≤k} max(σᵢ − λ, 0)
 *
 * `rmse` in rating units, `objective` in their square; `cellCount` is mn. λ is the plain one: every user knows n
 * items and every item m users, so a weighted λ is λ√(mn) here.
 * Source: Mazumder, Hastie, Tibshirani, "Spectral regularization algorithms", 2010, lemma 1.
 */
export function regularisedFloor(
  singular: ArrayLike<number>,
  rank: number,
  lambda: number,
  cellCount: number,
): { rmse: number; objective: number } {
  let squares = truncatedFloor(singular, rank, cellCount) ** 2 * cellCount;
  let kept = 0;
  for (let i = 0; i < Math.min(rank, singular.length); i++) {
    squares += Math.min(singular[i], lambda) ** 2;
    kept += Math.max(singular[i] - lambda, 0);
  }
  return { rmse: Math.sqrt(squares / cellCount), objective: squares + 2 * lambda * kept };
}
