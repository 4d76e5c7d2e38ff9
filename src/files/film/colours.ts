import { rgbOf, wordOfRgb } from '../../draw/palette';

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
  const find = (one: Group, at: number) => {
    one.price = Number.POSITIVE_INFINITY;
    for (let i = at + 1; i < groups.length; i++) {
      const price = priceOf(one, groups[i]);
      if (price < one.price) Object.assign(one, { price, nearest: groups[i] });
    }
  };
  groups.forEach(find);
  while (groups.length > most) {
    const one = groups.reduce((cheapest, group) => (group.price < cheapest.price ? group : cheapest));
    const other = one.nearest as Group;
    const count = one.count + other.count;
    for (const part of ['r', 'g', 'b'] as const)
      one[part] = (one[part] * one.count + other[part] * other.count) / count;
    one.count = count;
    groups.splice(groups.indexOf(other), 1);
    // A merged group is never nearer to a third than both were before: the others have theirs still.
    for (const [i, group] of groups.entries())
      if (group === one || group.nearest === one || group.nearest === other) find(group, i);
  }
  return Uint32Array.from(groups, ({ r, g, b }) => wordOfRgb(Math.round(r), Math.round(g), Math.round(b)));
}

/** Colours that are to become one: their mean, and their pixels. */
interface Group {
  r: number;
  g: number;
  b: number;
  count: number;
  /** Of the groups after it, the one that is cheapest to merge it with. */
  nearest: Group | null;
  price: number;
}

function priceOf(one: Group, other: Group): number {
  const distance = (one.r - other.r) ** 2 + (one.g - other.g) ** 2 + (one.b - other.b) ** 2;
  return (distance * one.count * other.count) / (one.count + other.count);
}

/** Colours that differ in their last bits only are one where there are too many. */
function grouped(counts: ColourCounts): Group[] {
  for (let bits = 0; ; bits++) {
    const mask = (0xff >> bits) << bits;
    const groups = new Map<number, Group>();
    for (const [word, count] of counts) {
      const [r, g, b] = rgbOf(word);
      const key = wordOfRgb(r & mask, g & mask, b & mask);
      const group = groups.get(key) ?? { r: 0, g: 0, b: 0, count: 0, nearest: null, price: 0 };
      groups.set(key, group);
      group.r += r * count;
      group.g += g * count;
      group.b += b * count;
      group.count += count;
    }
    if (groups.size > mostMerged) continue;
    for (const group of groups.values())
      for (const part of ['r', 'g', 'b'] as const) group[part] /= group.count;
    return [...groups.values()];
  }
}

/** Slots of the memory of a `colourIndex`; a power of two. */
const slots = 1 << 16;

/** Finds the nearest colour of a palette for each word; colours that it has are found exactly, and all are remembered. */
export function colourIndex(palette: Uint32Array): (words: Uint32Array, out: Uint8Array) => void {
  const keys = new Uint32Array(slots);
  const values = new Int16Array(slots).fill(-1);
  let used = 0;

  const colours = Array.from(palette, rgbOf);

  function nearest(word: number): number {
    const [r, g, b] = rgbOf(word);
    const distances = colours.map((other) => (other[0] - r) ** 2 + (other[1] - g) ** 2 + (other[2] - b) ** 2);
    return distances.indexOf(Math.min(...distances));
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
