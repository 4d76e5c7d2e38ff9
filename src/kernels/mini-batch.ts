import type { Kernels } from './kernels';
import { ownOf } from './sides';

/**
 * Sums of gradients over a batch, all from the values before it:
 *
 *   ε = r − r̂,  Δb_x = Σ (ε − λb_x),  Δb_y = Σ (ε − λb_y),  ΔU_x = Σ (εP_y − λU_x),  ΔP_y = Σ (εU_x − λP_y)
 *
 * over ratings from…to−1, added to `sums`. `low` and `high` bound r̂ before ε is taken (±∞: not at all); factors by a λ of
 * their own where one is given.
 */
export const addGradients: Kernels['addGradients'] = (
  model,
  sums,
  { users, items, values },
  from,
  to,
  lambda,
  low,
  high,
  factorLambda = lambda,
) => {
  const { rank, rowLength, unit, mean, userBias, itemBias, userFactors, itemFactors } = model;
  for (let j = from; j < to; j++) {
    const x = users[j];
    const y = items[j];
    const u = x * rowLength;
    const p = y * rowLength;
    let prediction = mean + userBias[x] + itemBias[y];
    for (let f = 0; f < rank; f++) prediction += userFactors[u + f] * itemFactors[p + f];
    const error = values[j] / unit - Math.min(high, Math.max(low, prediction));
    sums.userBias[x] += error - lambda * userBias[x];
    sums.itemBias[y] += error - lambda * itemBias[y];
    for (let f = 0; f < rank; f++) {
      sums.userFactors[u + f] += error * itemFactors[p + f] - factorLambda * userFactors[u + f];
      sums.itemFactors[p + f] += error * userFactors[u + f] - factorLambda * itemFactors[p + f];
    }
  }
};

/**
 * Moves rows of one side by rate times their sums (factors by `factorRate`), and clears those: a row that is not among `rows` stays as it is,
 * bit for bit.
 */
export const applyGradients: Kernels['applyGradients'] = (
  ...[model, sums, side, rows, count, rate, factorRate = rate]
) => {
  const { rowLength } = model;
  const { bias, factors } = ownOf(model, side);
  const { bias: biasSums, factors: factorSums } = ownOf(sums, side);
  for (let i = 0; i < count; i++) {
    const x = rows[i];
    bias[x] += rate * biasSums[x];
    biasSums[x] = 0;
    for (let f = x * rowLength; f < (x + 1) * rowLength; f++) {
      factors[f] += factorRate * factorSums[f];
      factorSums[f] = 0;
    }
  }
};
