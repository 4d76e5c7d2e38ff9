import type { Times } from './rating-set';
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
  /** Which came when: its place among all ratings by time, as `RatingSource` has it; null where that is not known, or not kept. */
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

/** Ratings that can be gone through, in ranges of their positions, in the same order every time. */
export interface RatingSource {
  readonly userCount: number;
  readonly itemCount: number;
  readonly ratingCount: number;
  /** Whether it is known when: else every time is 0. Times are places: of the same second, the first in the file is the earlier. */
  readonly timed: boolean;
  /** From this position on, ratings are of a test set, or were held out before; `ratingCount` where none are. */
  readonly testFrom: number;
  /** Ratings from…to−1. Nobody writes to them. */
  block(from: number, to: number): Block;
}

/** Ratings one after the other. `times` is null where it is not known when. */
export interface Block {
  readonly users: Uint32Array;
  readonly items: Uint32Array;
  readonly values: Floats;
  readonly times: Uint32Array | null;
}

/** @param places of each rating its place among all by time, where whoever asks knows it already */
export function sourceOf(
  { users, items, values, times = null, testCount = 0 }: Triples,
  userCount: number,
  itemCount: number,
  places = times && placesBy(times.at),
): RatingSource {
  return {
    userCount,
    itemCount,
    ratingCount: values.length,
    timed: times !== null,
    testFrom: values.length - testCount,
    block: (from, to) => ({
      users: users.subarray(from, to),
      items: items.subarray(from, to),
      values: values.subarray(from, to),
      times: places?.subarray(from, to) ?? null,
    }),
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
    block(from, to) {
      const users = new Uint32Array(to - from);
      for (let x = lineAt(start, from), p = from; p < to; x++) {
        const end = Math.min(to, start[x + 1]);
        users.fill(x, p - from, end - from);
        p = end;
      }
      return {
        users,
        items: other.subarray(from, to),
        values: value.subarray(from, to),
        times: time?.subarray(from, to) ?? null,
      };
    },
  };
}

/** Goes through ratings from…to−1; times are 0 where they are not known. */
export function visit(
  source: RatingSource,
  from: number,
  to: number,
  each: (x: number, y: number, value: number, time: number, j: number) => void,
): void {
  const { users, items, values, times } = source.block(from, to);
  for (let j = 0; j < users.length; j++) each(users[j], items[j], values[j], times ? times[j] : 0, from + j);
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

/** Ratings per line. */
export function countsOf(lines: Lines): Uint32Array {
  return Uint32Array.from({ length: lines.lineCount }, (_, x) => lines.start[x + 1] - lines.start[x]);
}

/** Lines without ratings yet, in zeroed arrays of `arrays`. */
export function emptyLines(
  lineCount: number,
  otherCount: number,
  count: number,
  arrays: Arrays,
  timed: boolean,
): Lines {
  return {
    lineCount,
    otherCount,
    start: arrays.indices(lineCount + 1),
    other: arrays.indices(count),
    value: arrays.floats(count),
    time: timed ? arrays.indices(count) : null,
  };
}
