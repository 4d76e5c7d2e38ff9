import type { Floats } from '../ratings/lines';
import type { Kernels, Model, Regularisation } from './kernels';

/** Σ ε² over the ratings of users from…to−1, ε = r − μ − b_x − b_y − U_x·P_y; squared units of the model. */
export const squaredError: Kernels['squaredError'] = (model, byUser, from, to) => {
  const { rank, rowLength, unit, mean, userBias, itemBias, userFactors, itemFactors } = model;
  const { start, other, value } = byUser;
  let sum = 0;
  for (let x = from; x < to; x++) {
    for (let p = start[x]; p < start[x + 1]; p++) {
      const y = other[p];
      let prediction = mean + userBias[x] + itemBias[y];
      for (let f = 0; f < rank; f++)
        prediction += userFactors[x * rowLength + f] * itemFactors[y * rowLength + f];
      const error = value[p] / unit - prediction;
      sum += error * error;
    }
  }
  return sum;
};

/**
 * What ALS lowers with every half-sweep: Σε² + λ(‖U‖² + ‖P‖²), or weighted Σε² + λ(Σ n_x‖U_x‖² + Σ n_y‖P_y‖²).
 * (RMSE itself may rise while this falls.)
 *
 * @param userCounts ratings per user, n_x; `itemCounts` likewise per item, n_y
 */
export function objective(
  sumOfSquares: number,
  model: Pick<Model, 'rowLength' | 'userFactors' | 'itemFactors'>,
  userCounts: ArrayLike<number>,
  itemCounts: ArrayLike<number>,
  lambda: number,
  regularisation: Regularisation,
): number {
  const weigh = (factors: Floats, counts: ArrayLike<number>) => {
    let sum = 0;
    for (let i = 0; i < factors.length; i++) {
      const weight = regularisation === 'weighted' ? counts[Math.floor(i / model.rowLength)] : 1;
      sum += weight * factors[i] * factors[i];
    }
    return sum;
  };
  return (
    sumOfSquares + lambda * (weigh(model.userFactors, userCounts) + weigh(model.itemFactors, itemCounts))
  );
}
