import { type Random, seededRandom } from '../random';

/** A picture as a function of the place: x to the right, y down, both 0…1; returns a tone 0 (dark) … 1 (light). */
export type Tone = (x: number, y: number) => number;

export const mix = (a: number, b: number, t: number): number => a + (b - a) * t;
export const clamp = (v: number): number => (v < 0 ? 0 : Math.min(v, 1));

/** 0 before `from`, 1 after `to`, smooth in between; `from` may be the larger. */
export function smooth(from: number, to: number, v: number): number {
  const t = clamp((v - from) / (to - from));
  return t * t * (3 - 2 * t);
}

/** How far inside an ellipse a place is: 1 at its centre, 0 on its edge, negative outside. */
export function ellipse(x: number, y: number, cx: number, cy: number, rx: number, ry: number): number {
  return 1 - Math.hypot((x - cx) / rx, (y - cy) / ry);
}

/** 1 inside an ellipse, 0 outside, with an edge `soft` wide (share of the radius). */
export function blob(
  x: number,
  y: number,
  cx: number,
  cy: number,
  rx: number,
  ry: number,
  soft = 0.06,
): number {
  return smooth(-soft, soft, ellipse(x, y, cx, cy, rx, ry));
}

/** Smooth seeded noise in −1…1: values on a lattice, `cells` to a side, with smooth interpolation. */
export function noiseField(random: Random, cells: number): Tone {
  const side = cells + 2;
  const lattice = Float64Array.from({ length: side * side }, () => 2 * random.uniform() - 1);
  return (x, y) => {
    const u = clamp(x) * cells;
    const v = clamp(y) * cells;
    const i = Math.floor(u);
    const j = Math.floor(v);
    const s = smooth(0, 1, u - i);
    const t = smooth(0, 1, v - j);
    const at = j * side + i;
    return mix(mix(lattice[at], lattice[at + 1], s), mix(lattice[at + side], lattice[at + side + 1], s), t);
  };
}

/** A ridge line 0…1 along x: a few seeded sinusoids, `height` tall. */
export function ridge(random: Random, height: number, waves: number): (x: number) => number {
  const parts = Array.from({ length: 5 }, (_, i) => ({
    frequency: waves * (i + 1) * (0.7 + 0.6 * random.uniform()),
    phase: 2 * Math.PI * random.uniform(),
    size: height / (i + 1.5),
  }));
  return (x) =>
    parts.reduce(
      (sum, { frequency, phase, size }) => sum + size * Math.sin(2 * Math.PI * frequency * x + phase),
      0,
    );
}

/** Samples a tone at the middle of each of size × size cells, as bytes, row-major. */
export function render(size: number, tone: Tone): Uint8Array {
  const out = new Uint8Array(size * size);
  for (let row = 0; row < size; row++) {
    for (let column = 0; column < size; column++) {
      out[row * size + column] = Math.round(255 * clamp(tone((column + 0.5) / size, (row + 0.5) / size)));
    }
  }
  return out;
}

export const randomOf = (seed: number, salt: number): Random =>
  seededRandom(Math.imul(seed, 0x9e3779b1) ^ salt);
