import { dot, madd, sumOf } from './vectors';

/**
 * B-SGD over positions from…to−1 of three flat arrays, through `order` where it is not 0; see ../../bias-sgd.ts.
 * Returns the position reached: `to`, unless an error was not within ±limit.
 */
export function learn(
  bytes: usize,
  mean: f32,
  unit: f32,
  userBias: usize,
  itemBias: usize,
  userFactors: usize,
  itemFactors: usize,
  users: usize,
  items: usize,
  values: usize,
  order: usize,
  from: u32,
  to: u32,
  rate: f32,
  lambda: f32,
  limit: f32,
  factorRate: f32,
  factorLambda: f32,
): u32 {
  const perUnit: f32 = 1 / unit;
  const keep: f32 = 1 - rate * lambda; // u + γ(εp − λu) = (1 − γλ)u + γεp
  const keep4 = f32x4.splat(1 - factorRate * factorLambda);
  for (let position = from; position < to; position++) {
    const j: usize = 4 * <usize>(order ? load<u32>(order + 4 * <usize>position) : position);
    const x: usize = load<u32>(users + j);
    const y: usize = load<u32>(items + j);
    const bx = userBias + 4 * x;
    const by = itemBias + 4 * y;
    const u = userFactors + x * bytes;
    const p = itemFactors + y * bytes;
    if (bytes == 64) {
      // Rank 16 and what pads to it: both rows stay in registers.
      const u0 = v128.load(u);
      const u1 = v128.load(u, 16);
      const u2 = v128.load(u, 32);
      const u3 = v128.load(u, 48);
      const p0 = v128.load(p);
      const p1 = v128.load(p, 16);
      const p2 = v128.load(p, 32);
      const p3 = v128.load(p, 48);
      const product = sumOf(
        f32x4.add(
          f32x4.add(f32x4.mul(u0, p0), f32x4.mul(u1, p1)),
          f32x4.add(f32x4.mul(u2, p2), f32x4.mul(u3, p3)),
        ),
      );
      const error = load<f32>(values + j) * perUnit - (mean + load<f32>(bx) + load<f32>(by) + product);
      if (!(abs(error) <= limit)) return position;
      const move = rate * error;
      const move4 = f32x4.splat(factorRate * error);
      store<f32>(bx, keep * load<f32>(bx) + move);
      store<f32>(by, keep * load<f32>(by) + move);
      v128.store(u, madd(f32x4.mul(keep4, u0), move4, p0));
      v128.store(u, madd(f32x4.mul(keep4, u1), move4, p1), 16);
      v128.store(u, madd(f32x4.mul(keep4, u2), move4, p2), 32);
      v128.store(u, madd(f32x4.mul(keep4, u3), move4, p3), 48);
      v128.store(p, madd(f32x4.mul(keep4, p0), move4, u0));
      v128.store(p, madd(f32x4.mul(keep4, p1), move4, u1), 16);
      v128.store(p, madd(f32x4.mul(keep4, p2), move4, u2), 32);
      v128.store(p, madd(f32x4.mul(keep4, p3), move4, u3), 48);
      continue;
    }
    const error =
      load<f32>(values + j) * perUnit - (mean + load<f32>(bx) + load<f32>(by) + dot(u, p, bytes));
    if (!(abs(error) <= limit)) return position;
    const move = rate * error;
    const move4 = f32x4.splat(factorRate * error);
    store<f32>(bx, keep * load<f32>(bx) + move);
    store<f32>(by, keep * load<f32>(by) + move);
    for (let at: usize = 0; at < bytes; at += 16) {
      const oldUser = v128.load(u + at);
      const oldItem = v128.load(p + at);
      v128.store(u + at, madd(f32x4.mul(keep4, oldUser), move4, oldItem));
      v128.store(p + at, madd(f32x4.mul(keep4, oldItem), move4, oldUser));
    }
  }
  return to;
}
