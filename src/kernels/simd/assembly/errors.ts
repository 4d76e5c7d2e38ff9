import { scratch } from './scratch';
import { dot } from './vectors';

/** Adds |ε| and ε² to two sums of the scratch. */
function add(at: usize, error: f64): void {
  store<f64>(at, load<f64>(at) + Math.abs(error));
  store<f64>(at, load<f64>(at, 8) + error * error, 8);
}

/** Adds the error of what is said of a cold pair, as it is, and cut to the scale 64 bytes further on. */
function judge(at: usize, rating: f32, said: f32, low: f32, high: f32): void {
  add(scratch + at, rating - said);
  add(scratch + at + 64, rating - min<f32>(max<f32>(said, low), high));
}

/** Whether a line of these is empty; none of no lines is. */
@inline
function isCold(lines: usize, x: usize): bool {
  return lines != 0 && load<u32>(lines + 4 * x) == load<u32>(lines + 4 * x, 4);
}

/**
 * Σ|ε| and Σε² over the ratings of users from…to−1, into this worker's scratch, in the order of `SummedErrors`; how many
 * pairs are cold is the result. Errors are float32, their sums float64. See ../../errors.ts.
 */
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
  low: f32,
  high: f32,
  learntUsers: usize,
  learntItems: usize,
  from: u32,
  to: u32,
): u32 {
  const perUnit: f32 = 1 / unit;
  for (let i: usize = 0; i < 128; i += 8) store<f64>(scratch + i, 0);
  let cold: u32 = 0;
  let absolute: f64 = 0;
  let squares: f64 = 0;
  let cutAbsolute: f64 = 0;
  let cutSquares: f64 = 0;
  for (let x: usize = from; x < <usize>to; x++) {
    const u = userFactors + x * bytes;
    const base = mean + load<f32>(userBias + 4 * x);
    const end: usize = load<u32>(start + 4 * x, 4);
    const isUserCold = isCold(learntUsers, x);
    for (let p: usize = load<u32>(start + 4 * x); p < end; p++) {
      const y: usize = load<u32>(other + 4 * p);
      const prediction = base + load<f32>(itemBias + 4 * y) + dot(u, itemFactors + y * bytes, bytes);
      const rating = load<f32>(value + 4 * p) * perUnit;
      if (isUserCold || isCold(learntItems, y)) {
        cold++;
        judge(16, rating, prediction, low, high);
        judge(32, rating, mean, low, high);
        judge(48, rating, 0, low, high);
        continue;
      }
      const error: f64 = rating - prediction;
      absolute += Math.abs(error);
      squares += error * error;
      const cut: f64 = rating - min<f32>(max<f32>(prediction, low), high);
      cutAbsolute += Math.abs(cut);
      cutSquares += cut * cut;
    }
  }
  store<f64>(scratch, absolute);
  store<f64>(scratch, squares, 8);
  store<f64>(scratch, cutAbsolute, 64);
  store<f64>(scratch, cutSquares, 72);
  return cold;
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
