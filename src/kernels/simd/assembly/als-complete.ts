import { factorise } from './cholesky';
import { addExactGram, clearExact, factoriseExact, gatherExact, substituteExact } from './exact';
import { addDiagonal, addGram } from './gram';
import { biasedSums, exactRows, exactSide, gatheredRows, gram, plainSums, residuals, sides } from './scratch';
import { load4, madd, splat4 } from './vectors';

/**
 * ALS where every line knows every other: one Gram matrix, one factorisation, then four lines at a time, whose
 * right-hand sides PᵀR are accumulated in tiles of 4 lines × 8 factors, and which are substituted side by side, a
 * lane each.
 */
export function solveCompleteLines(
  bytes: usize,
  mean: f32,
  unit: f32,
  target: usize,
  targetBias: usize,
  source: usize,
  sourceBias: usize,
  count: u32,
  value: usize,
  lambda: f32,
  weighted: bool,
  from: u32,
  to: u32,
): void {
  const perUnit: f32 = 1 / unit;
  memory.fill(gram, 0, (bytes >> 2) * bytes);
  // In the chunks of the sparse kernel, so that sums are as short, and as exact.
  for (let y: u32 = 0; y < count; y += gatheredRows)
    addGram(source + <usize>y * bytes, bytes, min(gatheredRows, count - y));
  const penalty = weighted ? lambda * <f32>count : lambda;
  const lineBytes: usize = 4 * <usize>count;
  addDiagonal(bytes, penalty);
  if (!factorise(gram, bytes, 0)) {
    sumExactly(bytes, source, count);
    factoriseExact(bytes, penalty);
    for (let x: usize = from; x < <usize>to; x++) {
      const base = mean + load<f32>(targetBias + 4 * x);
      multiplyExactly(bytes, source, sourceBias, count, value + x * lineBytes, perUnit, base);
      substituteExact(bytes, target + x * bytes);
    }
    return;
  }
  sumUp(bytes, source, sourceBias, count);
  for (let x = from; x < to; x += 4) {
    const lines = min<u32>(4, to - x);
    const r0 = value + <usize>x * lineBytes;
    // Lines beyond the last are the last once more.
    const r1 = value + <usize>min(x + 1, to - 1) * lineBytes;
    const r2 = value + <usize>min(x + 2, to - 1) * lineBytes;
    const r3 = value + <usize>min(x + 3, to - 1) * lineBytes;
    let at: usize = 0;
    for (; at + 32 <= bytes; at += 32)
      multiplyEight(source + at, bytes, count, r0, r1, r2, r3, perUnit, sides + 4 * at);
    if (at < bytes) multiplyFour(source + at, bytes, count, r0, r1, r2, r3, perUnit, sides + 4 * at);
    let base = f32x4.splat(mean);
    for (let line: usize = 0; line < <usize>lines; line++) store<f32>(residuals + 4 * line, load<f32>(targetBias + 4 * (<usize>x + line)));
    base = f32x4.add(base, load4(residuals));
    subtractBaseline(bytes, base);
    substituteFour(bytes);
    for (let i: usize = 0; i < bytes; i += 4)
      for (let line: usize = 0; line < <usize>lines; line++)
        store<f32>(target + (<usize>x + line) * bytes + i, load<f32>(sides + 4 * i + 4 * line));
  }
}

/** G in float64, for exact.ts. */
function sumExactly(bytes: usize, source: usize, count: u32): void {
  clearExact(bytes);
  for (let y: u32 = 0; y < count; y += exactRows) {
    const rows = min(exactRows, count - y);
    for (let i: usize = 0; i < rows; i++) gatherExact(i, source + (<usize>y + i) * bytes, bytes, 0);
    addExactGram(bytes, rows);
  }
}

/** b = Pᵀr of one line in float64, for exact.ts. */
function multiplyExactly(
  bytes: usize,
  source: usize,
  sourceBias: usize,
  count: u32,
  line: usize,
  perUnit: f32,
  base: f32,
): void {
  memory.fill(exactSide, 0, 2 * bytes);
  for (let y: usize = 0; y < <usize>count; y++) {
    const r = load<f32>(line + 4 * y) * perUnit - (base + load<f32>(sourceBias + 4 * y));
    gatherExact(0, source + y * bytes, bytes, r);
  }
}

/** Eight columns of PᵀR of four lines, left factor by factor, a lane to a line. */
// @ts-ignore: decorator
@inline
function multiplyEight(
  source: usize,
  bytes: usize,
  count: u32,
  r0: usize,
  r1: usize,
  r2: usize,
  r3: usize,
  perUnit: f32,
  out: usize,
): void {
  let s00 = f32x4.splat(0);
  let s01 = s00;
  let s10 = s00;
  let s11 = s00;
  let s20 = s00;
  let s21 = s00;
  let s30 = s00;
  let s31 = s00;
  let p = source;
  for (let y: usize = 0; y < 4 * <usize>count; y += 4, p += bytes) {
    const c0 = load4(p);
    const c1 = load4(p + 16);
    const a0 = splat4(r0 + y);
    s00 = madd(s00, a0, c0);
    s01 = madd(s01, a0, c1);
    const a1 = splat4(r1 + y);
    s10 = madd(s10, a1, c0);
    s11 = madd(s11, a1, c1);
    const a2 = splat4(r2 + y);
    s20 = madd(s20, a2, c0);
    s21 = madd(s21, a2, c1);
    const a3 = splat4(r3 + y);
    s30 = madd(s30, a3, c0);
    s31 = madd(s31, a3, c1);
  }
  turn(s00, s10, s20, s30, perUnit, out);
  turn(s01, s11, s21, s31, perUnit, out + 64);
}

/** The last four columns, likewise. */
// @ts-ignore: decorator
@inline
function multiplyFour(
  source: usize,
  bytes: usize,
  count: u32,
  r0: usize,
  r1: usize,
  r2: usize,
  r3: usize,
  perUnit: f32,
  out: usize,
): void {
  let s0 = f32x4.splat(0);
  let s1 = s0;
  let s2 = s0;
  let s3 = s0;
  let p = source;
  for (let y: usize = 0; y < 4 * <usize>count; y += 4, p += bytes) {
    const c = load4(p);
    s0 = madd(s0, splat4(r0 + y), c);
    s1 = madd(s1, splat4(r1 + y), c);
    s2 = madd(s2, splat4(r2 + y), c);
    s3 = madd(s3, splat4(r3 + y), c);
  }
  turn(s0, s1, s2, s3, perUnit, out);
}

/** Four lines of four factors become four factors of four lines, multiplied. */
// @ts-ignore: decorator
@inline
function turn(a: v128, b: v128, c: v128, d: v128, by: f32, out: usize): void {
  const by4 = f32x4.splat(by);
  const ab = v128.shuffle<f32>(a, b, 0, 4, 1, 5);
  const cd = v128.shuffle<f32>(c, d, 0, 4, 1, 5);
  const ef = v128.shuffle<f32>(a, b, 2, 6, 3, 7);
  const gh = v128.shuffle<f32>(c, d, 2, 6, 3, 7);
  v128.store(out, f32x4.mul(by4, v128.shuffle<f32>(ab, cd, 0, 1, 4, 5)));
  v128.store(out, f32x4.mul(by4, v128.shuffle<f32>(ab, cd, 2, 3, 6, 7)), 16);
  v128.store(out, f32x4.mul(by4, v128.shuffle<f32>(ef, gh, 0, 1, 4, 5)), 32);
  v128.store(out, f32x4.mul(by4, v128.shuffle<f32>(ef, gh, 2, 3, 6, 7)), 48);
}

/** Σ_y P_y and Σ_y b_y P_y: what PᵀR has too much of when ratings come with their baseline. */
function sumUp(bytes: usize, source: usize, sourceBias: usize, count: u32): void {
  for (let at: usize = 0; at < bytes; at += 16) {
    let plain = f32x4.splat(0);
    let biased = plain;
    let p = source + at;
    for (let y: usize = 0; y < 4 * <usize>count; y += 4, p += bytes) {
      plain = f32x4.add(plain, load4(p));
      biased = madd(biased, splat4(sourceBias + y), load4(p));
    }
    v128.store(plainSums + at, plain);
    v128.store(biasedSums + at, biased);
  }
}

/** PᵀR less P's share of the baseline, Σ_y P_y (μ + b_x + b_y), a lane to a line. */
function subtractBaseline(bytes: usize, base: v128): void {
  for (let i: usize = 0; i < bytes; i += 4) {
    const at = sides + 4 * i;
    const share = madd(splat4(biasedSums + i), base, splat4(plainSums + i));
    v128.store(at, f32x4.sub(load4(at), share));
  }
}

/** RᵀRx = b for four right-hand sides side by side. */
function substituteFour(bytes: usize): void {
  for (let i: usize = 0; i < bytes; i += 4) {
    let sum = load4(sides + 4 * i);
    for (let c: usize = 0; c < i; c += 4)
      sum = f32x4.sub(sum, f32x4.mul(splat4(gram + (c >> 2) * bytes + i), load4(sides + 4 * c)));
    v128.store(sides + 4 * i, f32x4.mul(sum, splat4(gram + (i >> 2) * bytes + i)));
  }
  for (let i = <isize>bytes - 4; i >= 0; i -= 4) {
    const row = gram + (<usize>i >> 2) * bytes;
    let sum = load4(sides + 4 * <usize>i);
    for (let c = <usize>i + 4; c < bytes; c += 4)
      sum = f32x4.sub(sum, f32x4.mul(splat4(row + c), load4(sides + 4 * c)));
    v128.store(sides + 4 * <usize>i, f32x4.mul(sum, splat4(row + <usize>i)));
  }
}
