import { dot } from './vectors';

/** Σ ε² over the ratings of users from…to−1; errors in float32, their squares added up in float64. See ../../rmse.ts. */
export function squaredError(
  bytes: usize,
  mean: f32,
  unit: f32,
  userBias: usize,
  itemBias: usize,
  userFactors: usize,
  itemFactors: usize,
  start: usize,
  other: usize,
  value: usize,
  from: u32,
  to: u32,
): f64 {
  const perUnit: f32 = 1 / unit;
  let sum: f64 = 0;
  for (let x: usize = from; x < <usize>to; x++) {
    const u = userFactors + x * bytes;
    const base = mean + load<f32>(userBias + 4 * x);
    const end: usize = load<u32>(start + 4 * x, 4);
    for (let p: usize = load<u32>(start + 4 * x); p < end; p++) {
      const y: usize = load<u32>(other + 4 * p);
      const prediction = base + load<f32>(itemBias + 4 * y) + dot(u, itemFactors + y * bytes, bytes);
      const error: f64 = load<f32>(value + 4 * p) * perUnit - prediction;
      sum += error * error;
    }
  }
  return sum;
}

/** Σ w_x ‖U_x‖² of lines from…to−1, w_x its number of ratings, or 1 where `start` is 0: the penalty of the objective. */
export function weightedSquares(bytes: usize, factors: usize, start: usize, from: u32, to: u32): f64 {
  let sum: f64 = 0;
  for (let x: usize = from; x < <usize>to; x++) {
    const row = factors + x * bytes;
    const weight: f64 = start ? load<u32>(start + 4 * x, 4) - load<u32>(start + 4 * x) : 1;
    sum += weight * <f64>dot(row, row, bytes);
  }
  return sum;
}

/** r̂ of ratings from…to−1 into `out`; see ../../rmse.ts. The unit is not needed: all is in units of the model. */
export function predict(
  bytes: usize,
  mean: f32,
  unit: f32,
  userBias: usize,
  itemBias: usize,
  userFactors: usize,
  itemFactors: usize,
  users: usize,
  items: usize,
  from: u32,
  to: u32,
  out: usize,
): void {
  let at = out;
  for (let j: usize = 4 * <usize>from; j < 4 * <usize>to; j += 4, at += 4) {
    const x: usize = load<u32>(users + j);
    const y: usize = load<u32>(items + j);
    const product = dot(userFactors + x * bytes, itemFactors + y * bytes, bytes);
    store<f32>(at, mean + load<f32>(userBias + 4 * x) + load<f32>(itemBias + 4 * y) + product);
  }
}
