import { factorise, substitute } from './cholesky';
import { load4, madd, splat4 } from './vectors';

// Scratch of one worker (64 KB; see ../memory.ts): gathered rows, their residuals, G, and four right-hand sides.
const gatheredRows: u32 = 64;
let gathered: usize = 0;
let residuals: usize = 0;
let gram: usize = 0;
let sides: usize = 0;
let plainSums: usize = 0;
let biasedSums: usize = 0;

/** Tells the kernels where this worker's scratch is: 64 KB that nobody else uses. */
export function takeScratch(at: usize): void {
  gathered = at; // 64 rows of at most 256 bytes
  gram = at + 16384; // 64 rows of at most 256 bytes
  residuals = at + 32768; // 64 floats
  sides = at + 33024; // 64 × 4 floats
  plainSums = at + 34048; // 64 floats
  biasedSums = at + 34304; // 64 floats
}

/**
 * ALS, rows from…to−1 of `target`; see ../../als.ts. For every line, 64 rows of `source` at a time are gathered
 * into a buffer of first-level cache, and the upper triangle of their Gram matrix is accumulated in tiles of 4 × 8
 * sums that stay in registers; then one fused factorisation and forward substitution, and the back substitution.
 */
export function solveLines(
  bytes: usize,
  mean: f32,
  unit: f32,
  target: usize,
  targetBias: usize,
  source: usize,
  sourceBias: usize,
  start: usize,
  other: usize,
  value: usize,
  lambda: f32,
  weighted: bool,
  from: u32,
  to: u32,
): void {
  const perUnit: f32 = 1 / unit;
  for (let x: usize = from; x < <usize>to; x++) {
    const row = target + x * bytes;
    memory.fill(row, 0, bytes);
    const first: usize = load<u32>(start + 4 * x);
    const end: usize = load<u32>(start + 4 * x, 4);
    if (first == end) continue;
    const base = mean + load<f32>(targetBias + 4 * x);
    memory.fill(gram, 0, (bytes >> 2) * bytes);
    for (let begin = first; begin < end; begin += gatheredRows) {
      const count = min<usize>(gatheredRows, end - begin);
      for (let i: usize = 0; i < count; i++) {
        const y: usize = load<u32>(other + 4 * (begin + i));
        store<f32>(
          residuals + 4 * i,
          load<f32>(value + 4 * (begin + i)) * perUnit - (base + load<f32>(sourceBias + 4 * y)),
        );
        const from = source + y * bytes;
        const to = gathered + i * bytes;
        for (let at: usize = 0; at < bytes; at += 16) v128.store(to + at, load4(from + at));
      }
      addGram(gathered, bytes, count);
      addWeighted(gathered, bytes, count, residuals, row);
    }
    addDiagonal(bytes, weighted ? lambda * <f32>(end - first) : lambda);
    factorise(gram, bytes, row);
    substitute(gram, bytes, row);
  }
}

/** G += Σ aᵀa over `count` rows: its upper triangle (and the rest of the blocks on the diagonal). */
function addGram(rows: usize, bytes: usize, count: usize): void {
  const end = rows + count * bytes;
  for (let i: usize = 0; i < bytes; i += 16) {
    const g = gram + (i >> 2) * bytes;
    let j = i;
    for (; j + 32 <= bytes; j += 32) {
      const at = g + j;
      let s00 = load4(at);
      let s01 = load4(at + 16);
      let s10 = load4(at + bytes);
      let s11 = load4(at + bytes + 16);
      let s20 = load4(at + 2 * bytes);
      let s21 = load4(at + 2 * bytes + 16);
      let s30 = load4(at + 3 * bytes);
      let s31 = load4(at + 3 * bytes + 16);
      for (let a = rows; a < end; a += bytes) {
        const c0 = load4(a + j);
        const c1 = load4(a + j + 16);
        const a0 = splat4(a + i);
        s00 = madd(s00, a0, c0);
        s01 = madd(s01, a0, c1);
        const a1 = splat4(a + i + 4);
        s10 = madd(s10, a1, c0);
        s11 = madd(s11, a1, c1);
        const a2 = splat4(a + i + 8);
        s20 = madd(s20, a2, c0);
        s21 = madd(s21, a2, c1);
        const a3 = splat4(a + i + 12);
        s30 = madd(s30, a3, c0);
        s31 = madd(s31, a3, c1);
      }
      v128.store(at, s00);
      v128.store(at + 16, s01);
      v128.store(at + bytes, s10);
      v128.store(at + bytes + 16, s11);
      v128.store(at + 2 * bytes, s20);
      v128.store(at + 2 * bytes + 16, s21);
      v128.store(at + 3 * bytes, s30);
      v128.store(at + 3 * bytes + 16, s31);
    }
    if (j == bytes) continue;
    const at = g + j;
    let s0 = load4(at);
    let s1 = load4(at + bytes);
    let s2 = load4(at + 2 * bytes);
    let s3 = load4(at + 3 * bytes);
    for (let a = rows; a < end; a += bytes) {
      const c = load4(a + j);
      s0 = madd(s0, splat4(a + i), c);
      s1 = madd(s1, splat4(a + i + 4), c);
      s2 = madd(s2, splat4(a + i + 8), c);
      s3 = madd(s3, splat4(a + i + 12), c);
    }
    v128.store(at, s0);
    v128.store(at + bytes, s1);
    v128.store(at + 2 * bytes, s2);
    v128.store(at + 3 * bytes, s3);
  }
}

/** b += Σ r·a over `count` rows, two vectors of b at a time. */
function addWeighted(rows: usize, bytes: usize, count: usize, weights: usize, b: usize): void {
  for (let at: usize = 0; at < bytes; at += 16) {
    let sum = load4(b + at);
    let a = rows + at;
    for (let i: usize = 0; i < count; i++, a += bytes) sum = madd(sum, splat4(weights + 4 * i), load4(a));
    v128.store(b + at, sum);
  }
}

function addDiagonal(bytes: usize, value: f32): void {
  for (let i: usize = 0; i < bytes; i += 4) {
    const at = gram + (i >> 2) * bytes + i;
    store<f32>(at, load<f32>(at) + value);
  }
}

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
  addDiagonal(bytes, weighted ? lambda * <f32>count : lambda);
  factorise(gram, bytes, 0);
  sumUp(bytes, source, sourceBias, count);
  const lineBytes: usize = 4 * <usize>count;
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
