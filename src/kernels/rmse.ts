import type { Lines } from '../ratings/lines';
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

/** r̂ = μ + b_x + b_y + U_x·P_y of ratings from…to−1, into `out` from its beginning; units of the model. */
export const predict: Kernels['predict'] = (model, { users, items }, from, to, out) => {
  const { rank, rowLength, mean, userBias, itemBias, userFactors, itemFactors } = model;
  for (let j = from; j < to; j++) {
    const x = users[j];
    const y = items[j];
    let prediction = mean + userBias[x] + itemBias[y];
    for (let f = 0; f < rank; f++)
      prediction += userFactors[x * rowLength + f] * itemFactors[y * rowLength + f];
    out[j - from] = prediction;
  }
};

/** Σ n_x‖U_x‖² over lines from…to−1 of one side; n_x = 1 where `lines` is null. */
export const penalty: Kernels['penalty'] = (model, side, lines, from, to) => {
  const factors = side === 'users' ? model.userFactors : model.itemFactors;
  const { rowLength } = model;
  let sum = 0;
  for (let x = from; x < to; x++) {
    let square = 0;
    for (let i = x * rowLength; i < (x + 1) * rowLength; i++) square += factors[i] * factors[i]; // ‖U_x‖²
    sum += (lines ? lines.start[x + 1] - lines.start[x] : 1) * square;
  }
  return sum;
};

/**
 * What ALS lowers with every half-sweep: Σε² + λ(‖U‖² + ‖P‖²), or weighted Σε² + λ(Σ n_x‖U_x‖² + Σ n_y‖P_y‖²).
 * (RMSE itself may rise while this falls.) Squared units of the model.
 */
export function objective(
  kernels: Pick<Kernels, 'squaredError' | 'penalty'>,
  model: Model,
  { byUser, byItem }: { byUser: Lines; byItem: Lines },
  lambda: number,
  regularisation: Regularisation,
): number {
  const { userCount, itemCount } = model;
  const weighted = regularisation === 'weighted';
  return (
    kernels.squaredError(model, byUser, 0, userCount) +
    lambda *
      (kernels.penalty(model, 'users', weighted ? byUser : null, 0, userCount) +
        kernels.penalty(model, 'items', weighted ? byItem : null, 0, itemCount))
  );
}
