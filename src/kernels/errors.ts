import type { Kernels } from './kernels';

/** Σ|ε| and Σε² over the ratings of users from…to−1, ε = r − μ − b_x − b_y − U_x·P_y; units of the model. */
export const sumErrors: Kernels['sumErrors'] = (model, byUser, from, to) => {
  const { rank, rowLength, unit, mean, userBias, itemBias, userFactors, itemFactors } = model;
  const { start, other, value } = byUser;
  let absolute = 0;
  let squares = 0;
  for (let x = from; x < to; x++) {
    for (let p = start[x]; p < start[x + 1]; p++) {
      const y = other[p];
      let prediction = mean + userBias[x] + itemBias[y];
      for (let f = 0; f < rank; f++)
        prediction += userFactors[x * rowLength + f] * itemFactors[y * rowLength + f];
      const error = value[p] / unit - prediction;
      absolute += Math.abs(error);
      squares += error * error;
    }
  }
  return { absolute, squares };
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
