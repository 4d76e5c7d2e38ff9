import { type Kernels, unjudged } from './kernels';

/** Σ|ε| and Σε² over the ratings of users from…to−1, ε = r − μ − b_x − b_y − U_x·P_y; and what else they are judged by. */
export const sumErrors: Kernels['sumErrors'] = (model, byUser, from, to, judged = unjudged) => {
  const { low, high, learnt } = judged;
  const { rank, rowLength, unit, mean, userBias, itemBias, userFactors, itemFactors } = model;
  const { start, other, value } = byUser;
  const sums = new Float64Array(16);
  let cold = 0;
  const add = (at: number, error: number) => {
    sums[at] += Math.abs(error);
    sums[at + 1] += error * error;
  };
  const judge = (at: number, rating: number, said: number) => {
    add(at, rating - said);
    add(at + 8, rating - Math.min(high / unit, Math.max(low / unit, said)));
  };
  const isCold = (lines: Uint32Array, x: number) => lines[x] === lines[x + 1];
  for (let x = from; x < to; x++) {
    for (let p = start[x]; p < start[x + 1]; p++) {
      const y = other[p];
      let prediction = mean + userBias[x] + itemBias[y];
      for (let f = 0; f < rank; f++)
        prediction += userFactors[x * rowLength + f] * itemFactors[y * rowLength + f];
      const rating = value[p] / unit;
      if (learnt && (isCold(learnt.users, x) || isCold(learnt.items, y))) {
        cold++;
        for (const [i, said] of [prediction, mean, 0].entries()) judge(2 + 2 * i, rating, said);
      } else judge(0, rating, prediction);
    }
  }
  return { cold, sums };
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
