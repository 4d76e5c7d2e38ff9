/** What decides how much work a run is. */
export interface Workload {
  readonly rank: number;
  readonly userCount: number;
  readonly itemCount: number;
  readonly trainingCount: number;
  /** Every cell of the matrix is known and trained on. */
  readonly complete: boolean;
}

/**
 * Floating-point operations of the first `units` half-sweeps of ALS, additions and multiplications alike, as its
 * formulas need them: what kernels do beyond that (padding, both triangles) does not count. k is the rank.
 *
 * A half-sweep over L lines with N ratings: per rating its residual and P_Ωᵀr (2k + 2) and half of the symmetric
 * P_ΩᵀP_Ω (k² + k); per line λ on the diagonal (k), Cholesky (k³/3) and two substitutions (2k²). On a complete matrix
 * P_ΩᵀP_Ω, λ and Cholesky are done once, over as many rows as the other side has lines.
 */
export function flopsOfHalfSweeps(work: Workload, units: number): number {
  const { userCount, itemCount } = work;
  const users = Math.ceil(units / 2) * halfSweep(work, userCount, itemCount);
  return users + Math.floor(units / 2) * halfSweep(work, itemCount, userCount);
}

/**
 * The same of implicit ALS, which weighs what it sums (k more per rating), and sums PᵀP of the whole other side in every
 * half-sweep (k² + k for each of its lines).
 */
export function flopsOfImplicitHalfSweeps(work: Workload, units: number): number {
  const { rank: k, userCount, itemCount, trainingCount } = work;
  const explicit = flopsOfHalfSweeps({ ...work, complete: false }, units);
  const others = Math.ceil(units / 2) * itemCount + Math.floor(units / 2) * userCount;
  return explicit + units * trainingCount * k + others * (k * k + k);
}

/**
 * The same of so many observations of B-SGD, each of which needs: U_x·P_y (2k − 1), μ + b_x + b_y and ε (4), γε (1),
 * both biases (4), both rows (6k).
 */
export function flopsOfObservations({ rank: k }: Workload, units: number): number {
  return units * (8 * k + 8);
}

function halfSweep({ rank: k, trainingCount, complete }: Workload, lines: number, others: number): number {
  const gram = k * k + k;
  const factorisation = k + k ** 3 / 3;
  const shared = complete ? others * gram + factorisation : trainingCount * gram + lines * factorisation;
  return shared + trainingCount * (2 * k + 2) + lines * 2 * k * k;
}
