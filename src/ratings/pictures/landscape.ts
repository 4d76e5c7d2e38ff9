import { blob, clamp, mix, noiseField, randomOf, ridge, smooth, type Tone } from './shading';

/** Mountains in layers of haze, a low sun, and all of it again in a lake. */
export function landscape(seed: number): Tone {
  const random = randomOf(seed, 0x6c616e64);
  const sunAt = 0.3 + 0.4 * random.uniform();
  const cloud = noiseField(random, 9);
  const ripple = noiseField(random, 60);
  const ranges = Array.from({ length: 4 }, (_, i) => ({
    line: ridge(random, 0.075 - 0.012 * i, 1.1 + 0.5 * i),
    base: 0.3 + 0.085 * i,
    tone: 0.62 - 0.17 * i,
  }));
  const shore = 0.66;
  const above: Tone = (x, y) => {
    let tone = mix(0.42, 0.9, smooth(0, 0.55, y)) + 0.09 * cloud(x, 3 * y);
    tone = mix(
      tone,
      1,
      Math.max(blob(x, y, sunAt, 0.2, 0.055, 0.055, 0.08), 0.4 * blob(x, y, sunAt, 0.2, 0.2, 0.2, 1)),
    );
    for (const { line, base, tone: layer } of ranges) {
      const top = base + line(x);
      tone = mix(tone, mix(layer, layer + 0.14, smooth(top, shore, y)), smooth(top - 0.006, top + 0.006, y));
    }
    return tone;
  };
  return (x, y) => {
    if (y < shore) return clamp(above(x, y));
    const depth = (y - shore) / (1 - shore);
    const shifted = x + 0.012 * ripple(x, y) * (0.4 + depth);
    return clamp(
      0.82 * above(clamp(shifted), shore - depth * shore * 0.96) + 0.05 * ripple(y, x) - 0.14 * depth,
    );
  };
}
