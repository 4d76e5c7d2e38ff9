import { diagonal, exactSide, gathered, gram } from './scratch';

/**
 * The same rows in float64, for those whose pivots float32 cannot tell from its own rounding: G, b, factorisation and
 * substitution, by `gram` and `exactSide`. What goes in and what comes out is float32, as everywhere.
 */

/**
 * A pivot this small against its diagonal entry means a direction that the data say nothing about, or so little that
 * factors would have to be larger than float32 can keep apart.
 */
const dependent: f64 = 1e-11;

/** G = 0 and b = 0. `bytes` is that of a row in float32, here and below. */
export function clearExact(bytes: usize): void {
  memory.fill(gram, 0, (bytes >> 2) * 2 * bytes);
  memory.fill(exactSide, 0, 2 * bytes);
}

/** Row `i` of those that are gathered becomes a row of factors in float64, and b += r · it. */
export function gatherExact(i: usize, from: usize, bytes: usize, r: f64): void {
  const to = gathered + 2 * i * bytes;
  const r2 = f64x2.splat(r);
  for (let at: usize = 0; at < bytes; at += 8) {
    const a = f64x2.promote_low_f32x4(v128.load64_zero(from + at));
    v128.store(to + 2 * at, a);
    v128.store(exactSide + 2 * at, madd64(v128.load(exactSide + 2 * at), r2, a));
  }
}

/** G += Σ aᵀa over `count` gathered rows, at most 16: its upper triangle, in tiles of 4 × 4 sums. */
export function addExactGram(bytes: usize, count: usize): void {
  const row: usize = 2 * bytes;
  const end = gathered + count * row;
  for (let i: usize = 0; i < row; i += 32) {
    for (let j = i; j < row; j += 32) {
      const g = gram + (i >> 3) * row + j;
      let s00 = v128.load(g);
      let s01 = v128.load(g, 16);
      let s10 = v128.load(g + row);
      let s11 = v128.load(g + row, 16);
      let s20 = v128.load(g + 2 * row);
      let s21 = v128.load(g + 2 * row, 16);
      let s30 = v128.load(g + 3 * row);
      let s31 = v128.load(g + 3 * row, 16);
      for (let a = gathered; a < end; a += row) {
        const c0 = v128.load(a + j);
        const c1 = v128.load(a + j, 16);
        const a0 = v128.load64_splat(a + i);
        s00 = madd64(s00, a0, c0);
        s01 = madd64(s01, a0, c1);
        const a1 = v128.load64_splat(a + i, 8);
        s10 = madd64(s10, a1, c0);
        s11 = madd64(s11, a1, c1);
        const a2 = v128.load64_splat(a + i, 16);
        s20 = madd64(s20, a2, c0);
        s21 = madd64(s21, a2, c1);
        const a3 = v128.load64_splat(a + i, 24);
        s30 = madd64(s30, a3, c0);
        s31 = madd64(s31, a3, c1);
      }
      v128.store(g, s00);
      v128.store(g, s01, 16);
      v128.store(g + row, s10);
      v128.store(g + row, s11, 16);
      v128.store(g + 2 * row, s20);
      v128.store(g + 2 * row, s21, 16);
      v128.store(g + 3 * row, s30);
      v128.store(g + 3 * row, s31, 16);
    }
  }
}

/** G + value·I = RᵀR in place, with the reciprocals of R's diagonal in it; a dependent direction gets a row of zeros. */
export function factoriseExact(bytes: usize, value: f64): void {
  const row: usize = 2 * bytes;
  for (let j: usize = 0; j < row; j += 8) {
    const at = gram + (j >> 3) * row + j;
    store<f64>(at, load<f64>(at) + value);
    store<f64>(diagonal + j, load<f64>(at));
  }
  for (let j: usize = 0; j < row; j += 8) {
    const top = gram + (j >> 3) * row;
    const pivot = load<f64>(top + j);
    const inverse: f64 = pivot > dependent * load<f64>(diagonal + j) ? 1 / sqrt<f64>(pivot) : 0;
    for (let c = j + 8; c < row; c += 8) store<f64>(top + c, load<f64>(top + c) * inverse);
    store<f64>(top + j, inverse);
    for (let i = j + 8; i < row; i += 8) {
      const below = gram + (i >> 3) * row;
      const factor = load<f64>(top + i);
      const factor2 = f64x2.splat(factor);
      let c = i;
      if (c & 8) {
        store<f64>(below + c, load<f64>(below + c) - factor * load<f64>(top + c));
        c += 8;
      }
      for (; c < row; c += 16)
        v128.store(below + c, f64x2.sub(v128.load(below + c), f64x2.mul(factor2, v128.load(top + c))));
    }
  }
}

/** RᵀRx = b; x goes to `target`, in float32. */
export function substituteExact(bytes: usize, target: usize): void {
  const row: usize = 2 * bytes;
  for (let j: usize = 0; j < row; j += 8) {
    const top = gram + (j >> 3) * row;
    const y = load<f64>(exactSide + j) * load<f64>(top + j);
    store<f64>(exactSide + j, y);
    for (let c = j + 8; c < row; c += 8)
      store<f64>(exactSide + c, load<f64>(exactSide + c) - y * load<f64>(top + c));
  }
  for (let j = <isize>row - 8; j >= 0; j -= 8) {
    const top = gram + (<usize>j >> 3) * row;
    let sum = load<f64>(exactSide + j);
    for (let c = <usize>j + 8; c < row; c += 8) sum -= load<f64>(top + c) * load<f64>(exactSide + c);
    sum *= load<f64>(top + j);
    store<f64>(exactSide + j, sum);
    store<f32>(target + (<usize>j >> 1), <f32>sum);
  }
}

function madd64(sum: v128, a: v128, b: v128): v128 {
  return f64x2.add(sum, f64x2.mul(a, b));
}
