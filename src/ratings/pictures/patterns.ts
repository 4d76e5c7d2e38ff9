import { randomOf, render } from './shading';

const turn = 2 * Math.PI;

/** The sum of sinusoids of the golden reference `dense300`; seed 1 is exactly that, others shift its phases. */
export function plasma(size: number, seed: number): Uint8Array {
  const random = randomOf(seed, 0x706c6173);
  const phase = () => (seed === 1 ? 0 : turn * random.uniform());
  const [a, b, c, d, e] = [phase(), phase(), phase(), phase(), phase()];
  const out = new Uint8Array(size * size);
  for (let row = 0; row < size; row++) {
    for (let column = 0; column < size; column++) {
      const x = (row * 300) / size;
      const y = (column * 300) / size;
      const value =
        127.5 +
        50 * Math.sin((turn * (2 * x + 3 * y)) / 300 + a) +
        25 * Math.sin((turn * (7 * x - 4 * y)) / 300 + 1 + b) +
        30 * Math.cos((turn * (x * y)) / 9000 + c) +
        15 * Math.sin((turn * x) / 17 + d) * Math.sin((turn * y) / 23 + e);
      out[row * size + column] = Math.floor(value + 0.5);
    }
  }
  return out;
}

/** Exactly rank r before rounding: a constant and r − 1 products of smooth curves (r = 1: one product). */
export function lowRank(size: number, seed: number, rank: number): Uint8Array {
  const random = randomOf(seed, 0x6c6f7772);
  const curve = () => {
    const [f, p, g, q] = [
      0.5 + 3 * random.uniform(),
      turn * random.uniform(),
      1 + 5 * random.uniform(),
      turn * random.uniform(),
    ];
    return Float64Array.from(
      { length: size },
      (_, i) => Math.sin((turn * f * i) / size + p) + 0.5 * Math.sin((turn * g * i) / size + q),
    );
  };
  const values = new Float64Array(size * size);
  if (rank === 1) {
    const [u, v] = [curve(), curve()];
    for (let i = 0; i < values.length; i++) values[i] = (u[Math.floor(i / size)] + 1.7) * (v[i % size] + 1.7);
    const top = values.reduce((most, value) => Math.max(most, value), 0);
    return Uint8Array.from(values, (value) => Math.round((255 * value) / top));
  }
  for (let f = 1; f < rank; f++) {
    const [u, v] = [curve(), curve()];
    for (let i = 0; i < values.length; i++) values[i] += u[Math.floor(i / size)] * v[i % size];
  }
  // Shifting by a constant adds the last rank.
  const low = values.reduce((least, value) => Math.min(least, value), Number.POSITIVE_INFINITY);
  const high = values.reduce((most, value) => Math.max(most, value), Number.NEGATIVE_INFINITY);
  return Uint8Array.from(values, (value) => Math.round((255 * (value - low)) / (high - low)));
}

/** Fields of two tones, each a little lighter or darker by its row and column: rank 4. */
export function checkerboard(size: number, seed: number): Uint8Array {
  const random = randomOf(seed, 0x63686563);
  const fields = 6 + random.below(7);
  const rows = Float64Array.from({ length: fields }, () => 0.12 * random.uniform());
  const columns = Float64Array.from({ length: fields }, () => 0.12 * random.uniform());
  return render(size, (x, y) => {
    const i = Math.floor(x * fields);
    const j = Math.floor(y * fields);
    return ((i + j) % 2 === 0 ? 0.12 : 0.64) + rows[j] + columns[i];
  });
}

/** Every cell on its own: no model of low rank can learn it. */
export function noise(size: number, seed: number): Uint8Array {
  const random = randomOf(seed, 0x6e6f6973);
  return Uint8Array.from({ length: size * size }, () => random.below(256));
}
