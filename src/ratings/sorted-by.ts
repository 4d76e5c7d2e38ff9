import { letGo } from './let-go';

/** Of each value that 16 bits of some keys take, how many keys are below: where those of that value begin. */
function beginnings(keys: Uint32Array, shift: number): Uint32Array {
  const next = new Uint32Array(65537);
  for (let p = 0; p < keys.length; p++) next[((keys[p] >>> shift) & 65535) + 1]++;
  for (let k = 0; k < 65536; k++) next[k + 1] += next[k];
  return next;
}

/** Positions in the order of the lower halves of keys; of equal ones, as they stand. */
function byLowerHalf(keys: Uint32Array): Uint32Array {
  const next = beginnings(keys, 0);
  const sorted = new Uint32Array(keys.length);
  for (let p = 0; p < keys.length; p++) sorted[next[keys[p] & 65535]++] = p;
  return sorted;
}

/** Positions in the order of 32-bit keys; of equal keys, as they stand. Counting sort by halves, O(keys). */
export function sortedBy(keys: Uint32Array): Uint32Array {
  const next = beginnings(keys, 16);
  const sorted = new Uint32Array(keys.length);
  for (const p of byLowerHalf(keys)) sorted[next[keys[p] >>> 16]++] = p;
  return sorted;
}

/** Of each key its place in that order, 0…keys−1: equal keys come one after the other, as they stand. */
export function placesBy(keys: Uint32Array): Uint32Array {
  const next = beginnings(keys, 16);
  const places = new Uint32Array(keys.length);
  const sorted = byLowerHalf(keys);
  for (let i = 0; i < sorted.length; i++) places[sorted[i]] = next[keys[sorted[i]] >>> 16]++;
  letGo([sorted]);
  return places;
}

/** Whether no key is less than the one before. */
export function isAscending(keys: Uint32Array): boolean {
  let last = 0;
  for (let p = 0; p < keys.length; p++) {
    if (keys[p] < last) return false;
    last = keys[p];
  }
  return true;
}
