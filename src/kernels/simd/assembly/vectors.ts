// Small things that every kernel needs. Pointers are byte offsets into the one memory; a row of factors is
// `bytes` long: four floats to a vector, padded with zeros.

/** a[at…] as four floats. */
// @ts-ignore: decorator
@inline
export function load4(at: usize): v128 {
  return v128.load(at);
}

/** The float at `at`, four times. */
// @ts-ignore: decorator
@inline
export function splat4(at: usize): v128 {
  return v128.load32_splat(at);
}

/** sum + a·b, two roundings: no fused multiply, so that all machines agree. */
// @ts-ignore: decorator
@inline
export function madd(sum: v128, a: v128, b: v128): v128 {
  return f32x4.add(sum, f32x4.mul(a, b));
}

/** (s₀ + s₂) + (s₁ + s₃) */
// @ts-ignore: decorator
@inline
export function sumOf(s: v128): f32 {
  const pairs = f32x4.add(s, v128.shuffle<f32>(s, s, 2, 3, 0, 1));
  return f32x4.extract_lane(pairs, 0) + f32x4.extract_lane(pairs, 1);
}

/** u·p of two rows. Long rows go into four sums, short ones into one. */
// @ts-ignore: decorator
@inline
export function dot(u: usize, p: usize, bytes: usize): f32 {
  let a = f32x4.splat(0);
  let at: usize = 0;
  if (bytes >= 64) {
    let b = f32x4.splat(0);
    let c = f32x4.splat(0);
    let d = f32x4.splat(0);
    for (; at + 64 <= bytes; at += 64) {
      a = madd(a, v128.load(u + at), v128.load(p + at));
      b = madd(b, v128.load(u + at, 16), v128.load(p + at, 16));
      c = madd(c, v128.load(u + at, 32), v128.load(p + at, 32));
      d = madd(d, v128.load(u + at, 48), v128.load(p + at, 48));
    }
    a = f32x4.add(f32x4.add(a, b), f32x4.add(c, d));
  }
  for (; at < bytes; at += 16) a = madd(a, v128.load(u + at), v128.load(p + at));
  return sumOf(a);
}
