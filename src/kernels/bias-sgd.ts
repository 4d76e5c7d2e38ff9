import type { Kernels } from './kernels';

/**
 * B-SGD, one observation at a time, in the order given:
 *
 *   r̂ = μ + b_x + b_y + U_x·P_y,  ε = r − r̂
 *   b_x += γ(ε − λb_x),  b_y += γ(ε − λb_y),  U_x += γ(εP_y − λU_x),  P_y += γ(εU_x − λP_y)  with the old U_x; factors by a γ and a λ of
 * their own where they are given.
 *
 * Visits ratings order[from…to−1] (from…to−1 themselves where `order` is null) and writes the model in place; μ stays. Stops before an observation whose error
 * is not within ±errorLimit (NaN included) and returns the position reached: `to`, unless it stopped.
 * Source: Koren, Bell, Volinsky, "Matrix factorization techniques for recommender systems", 2009.
 */
export const learn: Kernels['learn'] = (
  model,
  ratings,
  order,
  from,
  to,
  learningRate,
  lambda,
  errorLimit,
  factorRate = learningRate,
  factorLambda = lambda,
) => {
  const { rank, rowLength, unit, mean, userBias, itemBias, userFactors, itemFactors } = model;
  const { users, items, values } = ratings;
  for (let position = from; position < to; position++) {
    const j = order ? order[position] : position;
    const x = users[j];
    const y = items[j];
    const u = x * rowLength;
    const p = y * rowLength;
    let prediction = mean + userBias[x] + itemBias[y];
    for (let f = 0; f < rank; f++) prediction += userFactors[u + f] * itemFactors[p + f];
    const error = values[j] / unit - prediction;
    if (!(Math.abs(error) <= errorLimit)) return position;
    userBias[x] += learningRate * (error - lambda * userBias[x]);
    itemBias[y] += learningRate * (error - lambda * itemBias[y]);
    for (let f = 0; f < rank; f++) {
      const oldUser = userFactors[u + f];
      const oldItem = itemFactors[p + f];
      userFactors[u + f] = oldUser + factorRate * (error * oldItem - factorLambda * oldUser);
      itemFactors[p + f] = oldItem + factorRate * (error * oldUser - factorLambda * oldItem);
    }
  }
  return to;
};
