import { diagonal } from './scratch';
import { load4, madd, splat4, sumOf } from './vectors';

/** A pivot this small against its diagonal entry is rounding to a good part: float32 cannot tell it. */
const unsafe: f32 = 1e-3;

/**
 * G = RᵀR in place, R upper triangular, and b ← R⁻ᵀb on the way (forward substitution).
 *
 * `g` holds k rows of `bytes` = 4k bytes, k a multiple of 4; its upper triangle is read and becomes R, with the
 * reciprocals of the diagonal in it. Four pivots at a time: their rows are finished, then the rest is lowered by
 * all four at once. Padding, and factors that are zero, give a zero row, and `substitute` that component 0. `b` may be
 * 0: then G is only factorised.
 *
 * Gives whether all pivots were safe: where they were not, R is not worth using (see exact.ts).
 */
export function factorise(g: usize, bytes: usize, b: usize): bool {
  for (let i: usize = 0; i < bytes; i += 4) store<f32>(diagonal + i, load<f32>(g + (i >> 2) * bytes + i));
  for (let panel: usize = 0; panel < bytes; panel += 16) {
    const top = g + (panel >> 2) * bytes;
    // The panel's own four rows, one after the other.
    for (let j: usize = panel; j < panel + 16; j += 4) {
      const row = g + (j >> 2) * bytes;
      const pivot = load<f32>(row + j);
      if (pivot < unsafe * load<f32>(diagonal + j)) return false;
      const inverse: f32 = pivot > 0 ? 1 / sqrt(pivot) : 0;
      const inverse4 = f32x4.splat(inverse);
      for (let c = panel; c < bytes; c += 16) v128.store(row + c, f32x4.mul(load4(row + c), inverse4));
      store<f32>(row + j, inverse);
      if (b) store<f32>(b + j, load<f32>(b + j) * inverse);
      for (let i = j + 4; i < panel + 16; i += 4) {
        const below = g + (i >> 2) * bytes;
        const factor = load<f32>(row + i);
        const factor4 = f32x4.splat(factor);
        for (let c = panel; c < bytes; c += 16)
          v128.store(below + c, f32x4.sub(load4(below + c), f32x4.mul(factor4, load4(row + c))));
        if (b) store<f32>(b + i, load<f32>(b + i) - factor * load<f32>(b + j));
      }
    }
    // Everything below: G ← G − Σ₄ rᵀr, two rows at a time, each row of the panel read once for both.
    for (let i = panel + 16; i < bytes; i += 8) {
      const first = g + (i >> 2) * bytes;
      const second = first + bytes;
      const a0 = splat4(top + i);
      const a1 = splat4(top + bytes + i);
      const a2 = splat4(top + 2 * bytes + i);
      const a3 = splat4(top + 3 * bytes + i);
      const c0 = splat4(top + i + 4);
      const c1 = splat4(top + bytes + i + 4);
      const c2 = splat4(top + 2 * bytes + i + 4);
      const c3 = splat4(top + 3 * bytes + i + 4);
      for (let c = i & ~15; c < bytes; c += 16) {
        const r0 = load4(top + c);
        const r1 = load4(top + bytes + c);
        const r2 = load4(top + 2 * bytes + c);
        const r3 = load4(top + 3 * bytes + c);
        const low = f32x4.add(
          f32x4.add(f32x4.mul(a0, r0), f32x4.mul(a1, r1)),
          f32x4.add(f32x4.mul(a2, r2), f32x4.mul(a3, r3)),
        );
        v128.store(first + c, f32x4.sub(load4(first + c), low));
        const high = f32x4.add(
          f32x4.add(f32x4.mul(c0, r0), f32x4.mul(c1, r1)),
          f32x4.add(f32x4.mul(c2, r2), f32x4.mul(c3, r3)),
        );
        v128.store(second + c, f32x4.sub(load4(second + c), high));
      }
    }
    if (!b) continue;
    // b of the rest, four entries at a time.
    const y0 = splat4(b + panel);
    const y1 = splat4(b + panel + 4);
    const y2 = splat4(b + panel + 8);
    const y3 = splat4(b + panel + 12);
    for (let c = panel + 16; c < bytes; c += 16) {
      const lowered = f32x4.add(
        f32x4.add(f32x4.mul(y0, load4(top + c)), f32x4.mul(y1, load4(top + bytes + c))),
        f32x4.add(f32x4.mul(y2, load4(top + 2 * bytes + c)), f32x4.mul(y3, load4(top + 3 * bytes + c))),
      );
      v128.store(b + c, f32x4.sub(load4(b + c), lowered));
    }
  }
  return true;
}

/** Rx = y in place: b becomes x. `r` as `factorise` leaves it. */
export function substitute(r: usize, bytes: usize, b: usize): void {
  for (let panel = <isize>bytes - 16; panel >= 0; panel -= 16) {
    // Row by row from below: the part right of the panel by vectors, the rest of the panel by hand.
    for (let i = panel + 12; i >= panel; i -= 4) {
      const row = r + (<usize>i >> 2) * bytes;
      let sum4 = f32x4.splat(0);
      for (let c = <usize>panel + 16; c < bytes; c += 16) sum4 = madd(sum4, load4(row + c), load4(b + c));
      let sum = sumOf(sum4);
      for (let c = i + 4; c < panel + 16; c += 4) sum += load<f32>(row + c) * load<f32>(b + c);
      store<f32>(b + i, (load<f32>(b + i) - sum) * load<f32>(row + i));
    }
  }
}
