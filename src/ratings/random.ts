import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus';

/**
 * A seeded source of numbers. The only randomness there is: it is passed in, never ambient.
 * Same seed, same numbers, bit for bit, on every machine and in every browser.
 */
export interface Random {
  /** Uniform in [0, 1), 32 bits. */
  uniform(): number;
  /** Uniform integer in [0, n), n ≤ 2³². */
  below(n: number): number;
  /**
   * Approximately standard normal: the sum of twelve uniforms less six (Irwin and Hall). Additions only,
   * because `Math.log` may differ in its last bit between engines; it never exceeds ±6.
   */
  normal(): number;
}

/** xoroshiro128+ (pure-rand), seeded with a 32-bit integer. */
export function seededRandom(seed: number): Random {
  const generator = xoroshiro128plus(seed | 0);
  const uniform = () => (generator.next() >>> 0) / 4294967296;
  return {
    uniform,
    below: (n) => Math.floor(uniform() * n),
    normal() {
      let sum = -6;
      for (let i = 0; i < 12; i++) sum += uniform();
      return sum;
    },
  };
}

/** One of many independent seeds that follow from one: what is drawn from it depends on nothing drawn before. */
export function seedOf(seed: number, index: number): number {
  return mixed(seed ^ Math.imul(index + 1, 0x9e3779b1));
}

/** 0…n−1 in a seeded random order (Fisher and Yates), into `out` when given. */
export function shuffledIndices(
  n: number,
  random: Random,
  out: Uint32Array = new Uint32Array(n),
): Uint32Array {
  for (let i = 0; i < n; i++) out[i] = i;
  for (let i = n - 1; i > 0; i--) {
    const j = random.below(i + 1);
    const swap = out[i];
    out[i] = out[j];
    out[j] = swap;
  }
  return out;
}

/** 32 bits well mixed, so that neighbours come out far apart: the finaliser of MurmurHash3 (Austin Appleby, 2011). */
export function mixed(h: number): number {
  let bits = h ^ (h >>> 16);
  bits = Math.imul(bits, 0x85ebca6b);
  bits ^= bits >>> 13;
  bits = Math.imul(bits, 0xc2b2ae35);
  return bits ^ (bits >>> 16);
}
