import { letGo } from './let-go';
import type { Block, RatingSource } from './lines';
import { mixed } from './random';
import { inSlices, type Sliced } from './sliced';

/** Writes 32 bits of each rating of a block, to order ratings by. */
type Key = (block: Block, keys: Uint32Array) => void;

export const byHash =
  (seed: number): Key =>
  ({ users, items }, keys) => {
    for (let j = 0; j < keys.length; j++) keys[j] = hashOf(users[j], items[j], seed);
  };
export const latestFirst: Key = ({ times }, keys) => {
  for (let j = 0; j < keys.length; j++) keys[j] = times ? ~times[j] : 0;
};

/**
 * Marks the `count` ratings that are smallest by the first key, by the next where that is equal, and by user and item in
 * the end. Counts the keys by their halves: O(ratings).
 *
 * @param among the marks of those that are meant; null: all
 */
export function* smallest(
  source: RatingSource,
  count: number,
  [key, ...further]: readonly Key[],
  among: Uint8Array | null = null,
): Sliced<Uint8Array> {
  const n = source.ratingCount;
  const marks = new Uint8Array(n);
  if (count === 0) return marks;
  const keys = new Uint32Array(n);
  yield* inSlices(n, (from, to) => key(source.block(from, to), keys.subarray(from, to)));
  const high = yield* halvesOf(keys, among);
  const [top, left] = lastOf(high, count);
  const low = yield* halvesOf(keys, among, top);
  const [bottom, ofTies] = lastOf(low, left);
  const last = top * 65536 + bottom;
  const ties = ofTies < low[bottom] ? new Uint8Array(n) : marks;
  yield* inSlices(n, (from, to) => {
    for (let j = from; j < to; j++) {
      if (keys[j] > last || among?.[j] === 0) continue;
      if (keys[j] < last) marks[j] = 1;
      else ties[j] = 1;
    }
  });
  letGo([keys]);
  if (ties === marks) return marks;
  const first =
    further.length > 0
      ? yield* smallest(source, ofTies, further, ties)
      : yield* firstPairs(source, ofTies, ties);
  first.forEach((mark, j) => {
    if (mark === 1) marks[j] = 1;
  });
  return marks;
}

/** How many keys have each upper half; or each lower half, of those that have this upper one. */
function* halvesOf(keys: Uint32Array, among: Uint8Array | null, top = -1): Sliced<Uint32Array> {
  const counts = new Uint32Array(65536);
  yield* inSlices(keys.length, (from, to) => {
    for (let j = from; j < to; j++) {
      if (among?.[j] === 0) continue;
      const upper = keys[j] >>> 16;
      if (top < 0) counts[upper]++;
      else if (upper === top) counts[keys[j] & 65535]++;
    }
  });
  return counts;
}

/** The half that the last of so many has, and how many with that half are among them. */
function lastOf(counts: Uint32Array, count: number): [half: number, left: number] {
  let half = 0;
  let left = count;
  while (left > counts[half]) left -= counts[half++];
  return [half, left];
}

/** Marks the first `count`, by user and item, of those that are meant. */
function* firstPairs(source: RatingSource, count: number, among: Uint8Array): Sliced<Uint8Array> {
  const pairs: [x: number, y: number, j: number][] = [];
  yield* inSlices(source.ratingCount, (from, to) => {
    const { users, items } = source.block(from, to);
    for (let j = from; j < to; j++) if (among[j] === 1) pairs.push([users[j - from], items[j - from], j]);
  });
  pairs.sort((a, b) => a[0] - b[0] || a[1] - b[1]);
  const marks = new Uint8Array(source.ratingCount);
  for (const [, , j] of pairs.slice(0, count)) marks[j] = 1;
  return marks;
}

/** Marks the last rating by time of every user who has another, and says how many there are; of the same time by a hash. */
export function* lastOfUsers(
  source: RatingSource,
  seed: number,
): Sliced<{ marks: Uint8Array; count: number }> {
  const { userCount, ratingCount } = source;
  const counts = new Uint32Array(userCount);
  const time = new Uint32Array(userCount);
  const item = new Uint32Array(userCount);
  const last = new Uint32Array(userCount);
  yield* inSlices(ratingCount, (from, to) => {
    const { users, items, times } = source.block(from, to);
    for (let j = 0; j < users.length; j++) {
      const [x, y, when] = [users[j], items[j], times ? times[j] : 0];
      const later = when > time[x] || (when === time[x] && hashOf(x, y, seed) < hashOf(x, item[x], seed));
      if (counts[x]++ > 0 && !later) continue;
      time[x] = when;
      item[x] = y;
      last[x] = from + j;
    }
  });
  const marks = new Uint8Array(ratingCount);
  let count = 0;
  for (let x = 0; x < userCount; x++) {
    if (counts[x] < 2) continue;
    marks[last[x]] = 1;
    count++;
  }
  return { marks, count };
}

/** 32 well-mixed bits of a pair and a seed. */
function hashOf(x: number, y: number, seed: number): number {
  return mixed(mixed(mixed(seed ^ 0x2c1b3c6d) ^ x) + Math.imul(y, 0x9e3779b1)) >>> 0;
}
