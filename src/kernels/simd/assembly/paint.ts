import { load4, madd, splat4 } from './vectors';

/**
 * Reconstructs and colours: out[x, y] = table[⌊(μ + b_x + b_y + U_x·P_y − low)·perStep + offset⌋], clamped to
 * 0…255; not finite: `other`.
 *
 * `users` is height rows of `rank` floats with μ + b_x in `base`; `columns` is P the other way round, rank rows of
 * `width` floats padded to a multiple of 4, `itemBias` likewise. `out` is height × width words, `row` scratch of a
 * padded row. Sixteen pixels at a time stay in registers.
 */
export function paint(
  height: u32,
  width: u32,
  rank: u32,
  base: usize,
  users: usize,
  itemBias: usize,
  columns: usize,
  low: f32,
  perStep: f32,
  offset: f32,
  table: usize,
  other: u32,
  row: usize,
  out: usize,
): void {
  const rowBytes: usize = ((4 * <usize>width) + 15) & ~15;
  for (let x: usize = 0; x < <usize>height; x++) {
    const u = users + 4 * x * <usize>rank;
    const start = f32x4.splat(load<f32>(base + 4 * x));
    let at: usize = 0;
    for (; at + 64 <= rowBytes; at += 64) {
      let a = f32x4.add(start, load4(itemBias + at));
      let b = f32x4.add(start, load4(itemBias + at + 16));
      let c = f32x4.add(start, load4(itemBias + at + 32));
      let d = f32x4.add(start, load4(itemBias + at + 48));
      let p = columns + at;
      for (let f: usize = 0; f < 4 * <usize>rank; f += 4, p += rowBytes) {
        const factor = splat4(u + f);
        a = madd(a, factor, v128.load(p));
        b = madd(b, factor, v128.load(p, 16));
        c = madd(c, factor, v128.load(p, 32));
        d = madd(d, factor, v128.load(p, 48));
      }
      v128.store(row + at, a);
      v128.store(row + at, b, 16);
      v128.store(row + at, c, 32);
      v128.store(row + at, d, 48);
    }
    for (; at < rowBytes; at += 16) {
      let a = f32x4.add(start, load4(itemBias + at));
      let p = columns + at;
      for (let f: usize = 0; f < 4 * <usize>rank; f += 4, p += rowBytes) a = madd(a, splat4(u + f), load4(p));
      v128.store(row + at, a);
    }
    colour(row, width, low, perStep, offset, table, other, out + 4 * x * <usize>width);
  }
}

function colour(
  row: usize,
  width: u32,
  low: f32,
  perStep: f32,
  offset: f32,
  table: usize,
  other: u32,
  out: usize,
): void {
  const low4 = f32x4.splat(low);
  const perStep4 = f32x4.splat(perStep);
  const offset4 = f32x4.splat(offset);
  const least = f32x4.splat(0);
  const most = f32x4.splat(255);
  const end: usize = 4 * <usize>width;
  let at: usize = 0;
  for (; at + 16 <= end; at += 16) {
    const value = load4(row + at);
    const t = f32x4.add(f32x4.mul(f32x4.sub(value, low4), perStep4), offset4);
    const index = i32x4.trunc_sat_f32x4_s(f32x4.min(f32x4.max(t, least), most));
    store<u32>(out + at, load<u32>(table + 4 * <usize>i32x4.extract_lane(index, 0)));
    store<u32>(out + at, load<u32>(table + 4 * <usize>i32x4.extract_lane(index, 1)), 4);
    store<u32>(out + at, load<u32>(table + 4 * <usize>i32x4.extract_lane(index, 2)), 8);
    store<u32>(out + at, load<u32>(table + 4 * <usize>i32x4.extract_lane(index, 3)), 12);
    // x − x is 0 of every finite number and NaN of the others: only then is it worth looking at each.
    if (v128.any_true(f32x4.ne(f32x4.sub(value, value), least)))
      for (let i: usize = 0; i < 16; i += 4)
        if (!isFinite(load<f32>(row + at + i))) store<u32>(out + at + i, other);
  }
  for (; at < end; at += 4) {
    const value = load<f32>(row + at);
    const t = min<f32>(255, max<f32>(0, (value - low) * perStep + offset));
    store<u32>(out + at, isFinite(value) ? load<u32>(table + 4 * <usize><u32>t) : other);
  }
}
