import type { Times } from './rating-set';
import { inSlices, type Sliced } from './sliced';
import { placesBy } from './sorted-by';

export type Floats = Float32Array | Float64Array;

/**
 * Ratings gathered by line (compressed sparse rows): the ratings of line x are positions start[x] … start[x+1]−1
 * of `other` and `value`, ordered by `other`. A line is a user and `other` its items, or the other way round.
 */
export interface Lines {
  readonly lineCount: number;
  readonly otherCount: number;
  /** lineCount + 1 positions. */
  readonly start: Uint32Array;
  readonly other: Uint32Array;
  /** Rating units. */
  readonly value: Floats;
  /** Which came when: its place among all ratings by time, as `RatingSource.visit` has it; null where that is not known, or not kept. */
  readonly time: Uint32Array | null;
}

/** Some (user, item, value) triples; a RatingSet is one. */
export interface Triples {
  readonly users: Uint32Array;
  readonly items: Uint32Array;
  readonly values: Floats;
  readonly times?: Times | null;
  readonly testCount?: number;
}

/** Where large arrays come from: all are zeroed. Whoever asks owns them. */
export interface Arrays {
  indices(length: number): Uint32Array;
  floats(length: number): Floats;
}

/** Ordinary arrays of one thread. */
export const heapArrays: Arrays = {
  indices: (length) => new Uint32Array(length),
  floats: (length) => new Float32Array(length),
};

/** Gives the memory of arrays back at once: nobody knows when an idle worker's, or a message's, garbage is collected. */
export function letGo(arrays: readonly (Uint32Array | Floats | null)[]): void {
  for (const array of arrays) {
    const buffer = array?.buffer as (ArrayBuffer & { transfer?(length: number): ArrayBuffer }) | undefined;
    buffer?.transfer?.(0);
  }
}

/** Ratings that can be gone through, in ranges of their positions, in the same order every time. */
export interface RatingSource {
  readonly userCount: number;
  readonly itemCount: number;
  readonly ratingCount: number;
  /** Whether it is known when: else every time is 0. Times are places: of the same second, the first in the file is the earlier. */
  readonly timed: boolean;
  /** From this position on, ratings are of a test set, or were held out before; `ratingCount` where none are. */
  readonly testFrom: number;
  visit(from: number, to: number, each: (x: number, y: number, value: number, time: number) => void): void;
}

/** Some of a source. */
export function part(source: RatingSource, from: number, to: number): RatingSource {
  return {
    ...source,
    ratingCount: to - from,
    testFrom: to - from,
    visit: (first, end, each) => source.visit(from + first, from + end, each),
  };
}

export function sourceOf(triples: Triples, userCount: number, itemCount: number): RatingSource {
  const { users, items, values, times = null, testCount = 0 } = triples;
  const places = times && placesBy(times.at);
  return {
    userCount,
    itemCount,
    ratingCount: values.length,
    timed: times !== null,
    testFrom: values.length - testCount,
    visit(from, to, each) {
      for (let j = from; j < to; j++) each(users[j], items[j], values[j], places ? places[j] : 0);
    },
  };
}

/** Lines by user as a source, in their order. */
export function sourceOfLines({ lineCount, otherCount, start, other, value, time }: Lines): RatingSource {
  return {
    userCount: lineCount,
    itemCount: otherCount,
    ratingCount: value.length,
    timed: time !== null,
    testFrom: value.length,
    visit(from, to, each) {
      let x = lineAt(start, from);
      for (let p = from; p < to; p++) {
        while (p >= start[x + 1]) x++;
        each(x, other[p], value[p], time ? time[p] : 0);
      }
    },
  };
}

/** The line that position p belongs to. */
function lineAt(start: Uint32Array, p: number): number {
  let low = 0;
  let high = start.length - 1;
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if (start[middle] <= p) low = middle;
    else high = middle;
  }
  return low;
}

/** Whether a rating is meant. */
export type Keep = (x: number, y: number, time: number) => boolean;

/**
 * Gathers ratings by line and by the other side at once, O(ratings + lines + others), in arrays of `arrays`. When they
 * were is kept with the users' lines.
 *
 * @param count how many `keep` takes
 * @param keep which ratings to take; null takes all
 */
export function* gatherLines(
  source: RatingSource,
  count = source.ratingCount,
  keep: Keep | null = null,
  arrays: Arrays = heapArrays,
): Sliced<{ byUser: Lines; byItem: Lines }> {
  const { userCount, itemCount, ratingCount, timed } = source;
  const byItem = emptyLines(itemCount, userCount, count, arrays, null);
  const byUser = emptyLines(userCount, itemCount, count, arrays, timed ? arrays.indices(count) : null);
  const times = timed ? new Uint32Array(count) : null;
  // First the items' lines are filled in the order of the source. Turned over twice, all lines are ordered by `other`.
  yield* inSlices(ratingCount, (from, to) =>
    source.visit(from, to, (x, y, _value, time) => {
      if (!keep || keep(x, y, time)) byItem.start[y + 1]++;
    }),
  );
  const next = beginnings(byItem);
  yield* inSlices(ratingCount, (from, to) =>
    source.visit(from, to, (x, y, value, time) => {
      if (keep && !keep(x, y, time)) return;
      const p = next[y]++;
      byItem.other[p] = x;
      byItem.value[p] = value;
      if (times) times[p] = time;
    }),
  );
  yield* turnOver({ ...byItem, time: times }, byUser);
  letGo([times]);
  byItem.start.fill(0);
  yield* turnOver(byUser, byItem);
  return { byUser, byItem };
}

/** Ratings per line. */
export function countsOf(lines: Lines): Uint32Array {
  return Uint32Array.from({ length: lines.lineCount }, (_, x) => lines.start[x + 1] - lines.start[x]);
}

function emptyLines(
  lineCount: number,
  otherCount: number,
  count: number,
  arrays: Arrays,
  time: Uint32Array | null,
): Lines {
  return {
    lineCount,
    otherCount,
    start: arrays.indices(lineCount + 1),
    other: arrays.indices(count),
    value: arrays.floats(count),
    time,
  };
}

/** Sums up counts at start[x + 1] into beginnings; returns a copy of them to count on. */
function beginnings({ start, lineCount }: Lines): Uint32Array {
  for (let x = 0; x < lineCount; x++) start[x + 1] += start[x];
  return new Uint32Array(start.subarray(0, lineCount));
}

/** Writes the ratings of `from` into `to`, whose lines are the others of `from` and whose `start` is zero. */
function* turnOver(from: Lines, to: Lines): Sliced<void> {
  const count = from.other.length;
  yield* inSlices(count, (first, end) => {
    for (let p = first; p < end; p++) to.start[from.other[p] + 1]++;
  });
  const next = beginnings(to);
  const turned = sourceOfLines(from);
  yield* inSlices(count, (first, end) =>
    turned.visit(first, end, (x, y, value, time) => {
      const q = next[y]++;
      to.other[q] = x;
      to.value[q] = value;
      if (to.time) to.time[q] = time;
    }),
  );
}
