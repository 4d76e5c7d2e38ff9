/** Colours of pixels, counted: words are opaque little-endian RGBA, as ImageData has them. */
export type ColourCounts = Map<number, number>;

export function countColours(words: Uint32Array, counts: ColourCounts): void {
  let last = -1;
  let run = 0;
  for (const word of words) {
    if (word === last) {
      run++;
      continue;
    }
    if (run > 0) counts.set(last, (counts.get(last) ?? 0) + run);
    last = word;
    run = 1;
  }
  if (run > 0) counts.set(last, (counts.get(last) ?? 0) + run);
}

/** Colours that are merged one by one at most: the work grows with their square. */
const mostMerged = 2048;

/**
 * So many colours at most for all that were counted. Where there are no more than that, they are themselves; else the
 * two that are cheapest to merge, by distance² and pixels (Ward's criterion), become their mean until few enough are
 * left: what is common and far from all others stays exact.
 */
export function paletteFor(counts: ColourCounts, most: number): Uint32Array {
  if (counts.size <= most) return Uint32Array.from(counts.keys());
  const groups = grouped(counts);
  const n = groups.length;
  const [red, green, blue, weight] = [0, 1, 2, 3].map((part) =>
    Float64Array.from(groups, (group) => group[part]),
  );
  const alive = Uint8Array.from({ length: n }, () => 1);
  const nearest = new Int32Array(n);
  const price = new Float64Array(n).fill(Number.POSITIVE_INFINITY);
  const priceOf = (i: number, j: number) => {
    const distance = (red[i] - red[j]) ** 2 + (green[i] - green[j]) ** 2 + (blue[i] - blue[j]) ** 2;
    return (distance * weight[i] * weight[j]) / (weight[i] + weight[j]);
  };
  const find = (i: number) => {
    price[i] = Number.POSITIVE_INFINITY;
    for (let j = i + 1; j < n; j++) {
      if (!alive[j]) continue;
      const asked = priceOf(i, j);
      if (asked < price[i]) {
        price[i] = asked;
        nearest[i] = j;
      }
    }
  };
  for (let i = 0; i < n; i++) find(i);
  for (let left = n; left > most; left--) {
    let i = 0;
    for (let other = 1; other < n; other++) if (price[other] < price[i]) i = other;
    const j = nearest[i];
    const sum = weight[i] + weight[j];
    for (const part of [red, green, blue]) part[i] = (part[i] * weight[i] + part[j] * weight[j]) / sum;
    weight[i] = sum;
    alive[j] = 0;
    price[j] = Number.POSITIVE_INFINITY;
    find(i);
    for (let other = 0; other < j; other++) {
      if (!alive[other] || other === i) continue;
      if (nearest[other] === i || nearest[other] === j) find(other);
      else if (other < i) {
        const asked = priceOf(other, i);
        if (asked < price[other]) {
          price[other] = asked;
          nearest[other] = i;
        }
      }
    }
  }
  const words: number[] = [];
  for (let i = 0; i < n; i++)
    if (alive[i])
      words.push(
        ((255 << 24) | (Math.round(blue[i]) << 16) | (Math.round(green[i]) << 8) | Math.round(red[i])) >>> 0,
      );
  return Uint32Array.from(words);
}

/** Mean red, green, blue and number of pixels; colours that differ in their last bits only are one where there are too many. */
function grouped(counts: ColourCounts): [number, number, number, number][] {
  for (let bits = 0; ; bits++) {
    const mask = (0xff >> bits) << bits;
    const groups = new Map<number, [number, number, number, number]>();
    for (const [word, count] of counts) {
      const [r, g, b] = [word & 255, (word >> 8) & 255, (word >> 16) & 255];
      const key = ((r & mask) << 16) | ((g & mask) << 8) | (b & mask);
      const group = groups.get(key);
      if (!group) groups.set(key, [r * count, g * count, b * count, count]);
      else {
        group[0] += r * count;
        group[1] += g * count;
        group[2] += b * count;
        group[3] += count;
      }
    }
    if (groups.size <= mostMerged)
      return [...groups.values()].map(([r, g, b, count]) => [r / count, g / count, b / count, count]);
  }
}

/** Slots of the memory of a `colourIndex`; a power of two. */
const slots = 1 << 16;

/** Finds the nearest colour of a palette for each word; colours that it has are found exactly, and all are remembered. */
export function colourIndex(palette: Uint32Array): (words: Uint32Array, out: Uint8Array) => void {
  const keys = new Uint32Array(slots);
  const values = new Int16Array(slots).fill(-1);
  let used = 0;

  function nearest(word: number): number {
    const [r, g, b] = [word & 255, (word >> 8) & 255, (word >> 16) & 255];
    let found = 0;
    let least = Number.POSITIVE_INFINITY;
    for (let i = 0; i < palette.length; i++) {
      const other = palette[i];
      const distance =
        ((other & 255) - r) ** 2 + (((other >> 8) & 255) - g) ** 2 + (((other >> 16) & 255) - b) ** 2;
      if (distance < least) {
        least = distance;
        found = i;
      }
    }
    return found;
  }

  return (words, out) => {
    for (let p = 0; p < words.length; p++) {
      const word = words[p];
      let slot = (Math.imul(word, 0x9e3779b1) >>> 16) & (slots - 1);
      while (values[slot] >= 0 && keys[slot] !== word) slot = (slot + 1) & (slots - 1);
      if (values[slot] < 0) {
        if (used > slots / 2) {
          values.fill(-1);
          used = 0;
        }
        used++;
        keys[slot] = word;
        values[slot] = nearest(word);
      }
      out[p] = values[slot];
    }
  };
}
