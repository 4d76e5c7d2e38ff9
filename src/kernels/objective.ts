import type { Lines } from '../ratings/lines';
import type { Model, Regularisation, Side } from './kernels';
import { ownOf } from './sides';

/**
 * What λ is multiplied by in the objective: ‖U‖² + ‖P‖² (plain), or Σ n_x‖U_x‖² + Σ n_y‖P_y‖² (weighted). Every
 * half-sweep of ALS lowers Σε² + λ times this. (RMSE itself may rise meanwhile.) Squared units of the model.
 */
export function squaredNorms(
  model: Model,
  { byUser, byItem }: { readonly byUser: Lines; readonly byItem: Lines },
  regularisation: Regularisation,
): number {
  const isWeighted = regularisation === 'weighted';
  return (
    normsOf(model, 'users', isWeighted ? byUser : null) + normsOf(model, 'items', isWeighted ? byItem : null)
  );
}

/** Σ n_x‖U_x‖² over all lines of one side; n_x = 1 where `lines` is null. */
function normsOf(model: Model, side: Side, lines: Lines | null): number {
  const { factors } = ownOf(model, side);
  const { rowLength } = model;
  let sum = 0;
  for (let x = 0; x * rowLength < factors.length; x++) {
    let square = 0;
    for (let i = x * rowLength; i < (x + 1) * rowLength; i++) square += factors[i] * factors[i]; // ‖U_x‖²
    sum += (lines ? lines.start[x + 1] - lines.start[x] : 1) * square;
  }
  return sum;
}
