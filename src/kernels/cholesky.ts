/** A pivot this small against its diagonal entry means a direction that the data say nothing about. */
const dependent = 1e-13;

/**
 * Factorises a symmetric positive semi-definite G = LLᵀ in place (Cholesky).
 *
 * @param G  k × k, row-major; its lower triangle is read and replaced by L, the upper one is left alone
 *
 * A pivot that is not safely positive marks a dependent direction: its column of L becomes 0, and `solve` gives
 * that component 0. So λ = 0 with fewer ratings than factors has a finite answer, never NaN.
 */
export function factorise(G: Float64Array, k: number): void {
  for (let j = 0; j < k; j++) {
    let pivot = G[j * k + j];
    const least = dependent * pivot;
    for (let c = 0; c < j; c++) pivot -= G[j * k + c] * G[j * k + c];
    const root = pivot > least ? Math.sqrt(pivot) : 0;
    G[j * k + j] = root;
    for (let i = j + 1; i < k; i++) {
      if (root === 0) {
        G[i * k + j] = 0;
        continue;
      }
      let sum = G[i * k + j];
      for (let c = 0; c < j; c++) sum -= G[i * k + c] * G[j * k + c];
      G[i * k + j] = sum / root;
    }
  }
}

/** Solves LLᵀx = b in place: b (k entries, from `at` on) becomes x. */
export function solve(L: Float64Array, k: number, b: Float64Array, at = 0): void {
  for (let i = 0; i < k; i++) {
    let sum = b[at + i];
    for (let c = 0; c < i; c++) sum -= L[i * k + c] * b[at + c];
    b[at + i] = L[i * k + i] === 0 ? 0 : sum / L[i * k + i];
  }
  for (let i = k - 1; i >= 0; i--) {
    let sum = b[at + i];
    for (let c = i + 1; c < k; c++) sum -= L[c * k + i] * b[at + c];
    b[at + i] = L[i * k + i] === 0 ? 0 : sum / L[i * k + i];
  }
}
