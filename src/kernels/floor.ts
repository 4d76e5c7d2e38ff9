import { EVD, Matrix } from 'ml-matrix';

/**
 * Singular values of a complete matrix, descending: square roots of the eigenvalues of RRᵀ (or RᵀR, whichever is
 * smaller), by ml-matrix's symmetric decomposition. (Its SVD does not end on a checkerboard.) Squaring costs the
 * small ones: they are off by up to about 1e-8 of the largest, far below anything an RMSE shows.
 *
 * @param values rows × columns, row-major; only read
 */
export function singularValues(
  values: Float32Array | Float64Array,
  rows: number,
  columns: number,
): Float64Array {
  const matrix = new Matrix(rows, columns);
  for (let x = 0; x < rows; x++) for (let y = 0; y < columns; y++) matrix.set(x, y, values[x * columns + y]);
  const gram = rows <= columns ? matrix.mmul(matrix.transpose()) : matrix.transpose().mmul(matrix);
  const { realEigenvalues } = new EVD(gram, { assumeSymmetric: true });
  return Float64Array.from(realEigenvalues, (value) => Math.sqrt(Math.max(0, value)))
    .sort()
    .reverse();
}

/** The least RMSE any rank-k model without biases can reach: √(Σ_{i>k} σᵢ² / cells) (Eckart and Young). */
export function truncatedFloor(singular: ArrayLike<number>, rank: number, cellCount: number): number {
  let rest = 0;
  for (let i = singular.length - 1; i >= rank; i--) rest += singular[i] ** 2;
  return Math.sqrt(rest / cellCount);
}

/**
 * The optimum of ‖R − UPᵀ‖² + λ(‖U‖² + ‖P‖²), plain λ: singular values are soft-thresholded by λ.
 * RMSE² = (Σ_{i≤k} min(σᵢ, λ)² + Σ_{i>k} σᵢ²) / cells; the objective adds 2λ Σ max(σᵢ − λ, 0).
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
