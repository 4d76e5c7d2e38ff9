import { dot, madd } from './vectors';

/** Sums of gradients over ratings from…to−1, all from the old values; see ../../mini-batch.ts. */
export function addGradients(
  bytes: usize,
  mean: f32,
  unit: f32,
  userBias: usize,
  itemBias: usize,
  userFactors: usize,
  itemFactors: usize,
  userBiasSums: usize,
  itemBiasSums: usize,
  userSums: usize,
  itemSums: usize,
  users: usize,
  items: usize,
  values: usize,
  from: u32,
  to: u32,
  lambda: f32,
  low: f32,
  high: f32,
  factorLambda: f32,
): void {
  const perUnit: f32 = 1 / unit;
  const lambda4 = f32x4.splat(factorLambda);
  for (let j: usize = 4 * <usize>from; j < 4 * <usize>to; j += 4) {
    const x: usize = load<u32>(users + j);
    const y: usize = load<u32>(items + j);
    const u = userFactors + x * bytes;
    const p = itemFactors + y * bytes;
    const bx = load<f32>(userBias + 4 * x);
    const by = load<f32>(itemBias + 4 * y);
    const prediction = mean + bx + by + dot(u, p, bytes);
    const error = load<f32>(values + j) * perUnit - min<f32>(high, max<f32>(low, prediction));
    const error4 = f32x4.splat(error);
    store<f32>(userBiasSums + 4 * x, load<f32>(userBiasSums + 4 * x) + (error - lambda * bx));
    store<f32>(itemBiasSums + 4 * y, load<f32>(itemBiasSums + 4 * y) + (error - lambda * by));
    const du = userSums + x * bytes;
    const dp = itemSums + y * bytes;
    for (let at: usize = 0; at < bytes; at += 16) {
      const oldUser = v128.load(u + at);
      const oldItem = v128.load(p + at);
      v128.store(du + at, f32x4.sub(madd(v128.load(du + at), error4, oldItem), f32x4.mul(lambda4, oldUser)));
      v128.store(dp + at, f32x4.sub(madd(v128.load(dp + at), error4, oldUser), f32x4.mul(lambda4, oldItem)));
    }
  }
}

/** Moves `count` rows by rate times their sums, and clears those. */
export function applyGradients(
  bytes: usize,
  bias: usize,
  factors: usize,
  biasSums: usize,
  sums: usize,
  rows: usize,
  count: u32,
  rate: f32,
  factorRate: f32,
): void {
  const rate4 = f32x4.splat(factorRate);
  for (let i: usize = 0; i < 4 * <usize>count; i += 4) {
    const x: usize = load<u32>(rows + i);
    store<f32>(bias + 4 * x, load<f32>(bias + 4 * x) + rate * load<f32>(biasSums + 4 * x));
    store<f32>(biasSums + 4 * x, 0);
    for (let at: usize = x * bytes; at < (x + 1) * bytes; at += 16) {
      v128.store(factors + at, madd(v128.load(factors + at), rate4, v128.load(sums + at)));
      v128.store(sums + at, f32x4.splat(0));
    }
  }
}
