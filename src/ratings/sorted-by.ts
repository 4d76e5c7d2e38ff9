/** Positions in the order of 32-bit keys; of equal keys, as they stand. Counting sort by halves, O(keys). */
export function sortedBy(keys: Uint32Array): Uint32Array {
  const count = keys.length;
  let from: Uint32Array | null = null;
  for (const shift of [0, 16]) {
    const next = new Uint32Array(65537);
    for (let p = 0; p < count; p++) next[((keys[p] >>> shift) & 65535) + 1]++;
    for (let k = 0; k < 65536; k++) next[k + 1] += next[k];
    const to = new Uint32Array(count);
    for (let i = 0; i < count; i++) {
      const p = from ? from[i] : i;
      to[next[(keys[p] >>> shift) & 65535]++] = p;
    }
    from = to;
  }
  return from ?? new Uint32Array(count);
}

/** Of each key its place in that order, 0…keys−1: equal keys come one after the other, as they stand. */
export function placesBy(keys: Uint32Array): Uint32Array {
  const places = new Uint32Array(keys.length);
  const sorted = sortedBy(keys);
  for (let place = 0; place < sorted.length; place++) places[sorted[place]] = place;
  return places;
}
