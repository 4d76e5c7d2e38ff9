import { scratch } from './scratch';
import { dot } from './vectors';

/** Σ|ε| and Σε² over the ratings of users from…to−1, into this worker's scratch; errors are float32, their sums float64. See ../../errors.ts. */
export function sumErrors(
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
): void {
  const perUnit: f32 = 1 / unit;
  let absolute: f64 = 0;
  let squares: f64 = 0;
  for (let x: usize = from; x < <usize>to; x++) {
    const u = userFactors + x * bytes;
    const base = mean + load<f32>(userBias + 4 * x);
    const end: usize = load<u32>(start + 4 * x, 4);
    for (let p: usize = load<u32>(start + 4 * x); p < end; p++) {
      const y: usize = load<u32>(other + 4 * p);
      const prediction = base + load<f32>(itemBias + 4 * y) + dot(u, itemFactors + y * bytes, bytes);
      const error: f64 = load<f32>(value + 4 * p) * perUnit - prediction;
      absolute += Math.abs(error);
      squares += error * error;
    }
  }
  store<f64>(scratch, absolute);
  store<f64>(scratch, squares, 8);
}

/** r̂ of ratings from…to−1 into `out`; see ../../errors.ts. The unit is not needed: all is in units of the model. */
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
