import type { RatingSet } from './rating-set';

/** Gathers ratings as they are read. Memory grows with the number of ratings, not with the text. */
export interface Collector {
  readonly count: number;
  add(user: string, item: string, value: number, time: number): void;
  /** The set, each (user, item) pair once: the last by time wins, the last added where times are equal or missing. */
  finish(name: string): { ratings: RatingSet; duplicates: number };
}

export function collector(): Collector {
  const userIndex = new Map<string, number>();
  const itemIndex = new Map<string, number>();
  let capacity = 1 << 12;
  let users = new Uint32Array(capacity);
  let items = new Uint32Array(capacity);
  let values = new Float32Array(capacity);
  let times = new Float64Array(capacity);
  let count = 0;
  let timed = true;

  function grow() {
    capacity *= 2;
    const into = <T extends Uint32Array | Float32Array | Float64Array>(next: T, from: T) => {
      next.set(from);
      return next;
    };
    users = into(new Uint32Array(capacity), users);
    items = into(new Uint32Array(capacity), items);
    values = into(new Float32Array(capacity), values);
    times = into(new Float64Array(capacity), times);
  }

  return {
    get count() {
      return count;
    },
    add(user, item, value, time) {
      if (count === capacity) grow();
      users[count] = indexOf(userIndex, user);
      items[count] = indexOf(itemIndex, item);
      values[count] = value;
      times[count] = time;
      if (Number.isNaN(time)) timed = false;
      count++;
    },
    finish(name) {
      const kept = withoutDuplicates(users, items, times, count, itemIndex.size, timed);
      const keep = <T extends Uint32Array | Float32Array | Float64Array>(from: T, to: T) => {
        for (let i = 0; i < kept.length; i++) to[i] = from[kept[i]];
        return to;
      };
      const n = kept.length;
      const finalValues = keep(values, new Float32Array(n));
      const ratings: RatingSet = {
        name,
        userCount: userIndex.size,
        itemCount: itemIndex.size,
        ratingCount: n,
        users: keep(users, new Uint32Array(n)),
        items: keep(items, new Uint32Array(n)),
        values: finalValues,
        times: timed && n > 0 ? keep(times, new Float64Array(n)) : null,
        userIds: [...userIndex.keys()],
        itemIds: [...itemIndex.keys()],
        scale: scaleOf(finalValues),
      };
      return { ratings, duplicates: count - n };
    },
  };
}

function indexOf(index: Map<string, number>, id: string): number {
  const known = index.get(id);
  if (known !== undefined) return known;
  // A copy of its own: a slice would keep the whole chunk of text alive.
  index.set(` ${id}`.slice(1), index.size);
  return index.size - 1;
}

/** Positions to keep, ascending: of every pair the last by time. One sort by pair, O(n log n), no text. */
function withoutDuplicates(
  users: Uint32Array,
  items: Uint32Array,
  times: Float64Array,
  count: number,
  itemCount: number,
  timed: boolean,
) {
  const pair = new Float64Array(count);
  for (let j = 0; j < count; j++) pair[j] = users[j] * itemCount + items[j];
  const sorted = pair.slice().sort();
  let repeated = 0;
  for (let i = 1; i < count; i++) if (sorted[i] === sorted[i - 1]) repeated++;
  if (repeated === 0) return Uint32Array.from({ length: count }, (_, j) => j);
  const winner = new Map<number, number>();
  for (let j = 0; j < count; j++) {
    const before = winner.get(pair[j]);
    if (before === undefined || !timed || times[j] >= times[before]) winner.set(pair[j], j);
  }
  return Uint32Array.from(winner.values()).sort();
}

/** Least and greatest value, and their spacing where the distinct values lie on a grid of at most 256. */
function scaleOf(values: Float32Array): RatingSet['scale'] {
  const distinct = new Set<number>();
  let min = Number.POSITIVE_INFINITY;
  let max = Number.NEGATIVE_INFINITY;
  for (const value of values) {
    if (distinct.size <= 256) distinct.add(value);
    if (value < min) min = value;
    if (value > max) max = value;
  }
  const sorted = [...distinct].sort((a, b) => a - b);
  const step = sorted.reduce(
    (least, value, i) => (i > 0 ? Math.min(least, value - sorted[i - 1]) : least),
    Number.POSITIVE_INFINITY,
  );
  const onGrid =
    distinct.size > 1 &&
    distinct.size <= 256 &&
    sorted.every((value) => Math.abs((value - min) / step - Math.round((value - min) / step)) < 1e-4);
  return { min, max, step: onGrid ? step : 0 };
}
