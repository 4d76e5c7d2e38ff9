import { gram } from './scratch';
import { load4, madd, splat4 } from './vectors';

/** G += Σ aᵀa over `count` rows: its upper triangle (and the rest of the blocks on the diagonal). */
export function addGram(rows: usize, bytes: usize, count: usize): void {
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

/** G += value·I */
export function addDiagonal(bytes: usize, value: f32): void {
  for (let i: usize = 0; i < bytes; i += 4) {
    const at = gram + (i >> 2) * bytes + i;
    store<f32>(at, load<f32>(at) + value);
  }
}
