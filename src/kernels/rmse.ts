import type { Kernels, Model, Regularisation } from './kernels';

/** Σ (r − r̂)² over ratings from…to−1, r̂ = μ + b_x + b_y + U_x·P_y; the square of the ratings' units. */
export const squaredError: Kernels['squaredError'] = (model, ratings, from, to) => {
  const { rank, mean, userBias, itemBias, userFactors, itemFactors } = model;
  const { users, items, values } = ratings;
  let sum = 0;
  for (let j = from; j < to; j++) {
    const x = users[j];
    const y = items[j];
    let prediction = mean + userBias[x] + itemBias[y];
    for (let f = 0; f < rank; f++) prediction += userFactors[x * rank + f] * itemFactors[y * rank + f];
    const error = values[j] - prediction;
    sum += error * error;
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
  model: Pick<Model, 'rank' | 'userFactors' | 'itemFactors'>,
  userCounts: ArrayLike<number>,
  itemCounts: ArrayLike<number>,
  lambda: number,
  regularisation: Regularisation,
): number {
  const weigh = (factors: Float64Array, counts: ArrayLike<number>) => {
    let sum = 0;
    for (let i = 0; i < factors.length; i++) {
      const weight = regularisation === 'weighted' ? counts[Math.floor(i / model.rank)] : 1;
      sum += weight * factors[i] * factors[i];
    }
    return sum;
  };
  return (
    sumOfSquares + lambda * (weigh(model.userFactors, userCounts) + weigh(model.itemFactors, itemCounts))
  );
}
