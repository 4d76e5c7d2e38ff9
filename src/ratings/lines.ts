import { letGo } from './let-go';
import type { Times } from './rating-set';
import { inSlices, type Sliced } from './sliced';
import { isAscending, placesBy } from './sorted-by';

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
  /** Whether users come in their order. */
  readonly isByUser: boolean;
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

/** Some of a source. */
export function part(source: RatingSource, from: number, to: number): RatingSource {
  return {
    ...source,
    ratingCount: to - from,
    testFrom: to - from,
    block: (first, end) => source.block(from + first, from + end),
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
    isByUser: isAscending(users),
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
    isByUser: true,
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
  each: (x: number, y: number, value: number, time: number) => void,
): void {
  const { users, items, values, times } = source.block(from, to);
  for (let j = 0; j < users.length; j++) each(users[j], items[j], values[j], times ? times[j] : 0);
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

/** Which ratings of a source are meant: those at whose positions the marks are like that. */
export interface Taken {
  readonly marks: Uint8Array;
  readonly like: 0 | 1;
}

/**
 * Gathers ratings by line and by the other side at once, O(ratings + lines + others), in arrays of `arrays`. When they
 * were is kept with the users' lines.
 *
 * @param count how many are taken
 * @param taken null takes all
 */
export function* gatherLines(
  source: RatingSource,
  count = source.ratingCount,
  taken: Taken | null = null,
  arrays: Arrays = heapArrays,
): Sliced<{ byUser: Lines; byItem: Lines }> {
  const { userCount, itemCount, timed, isByUser } = source;
  const byItem = emptyLines(itemCount, userCount, count, arrays, null);
  const byUser = emptyLines(userCount, itemCount, count, arrays, timed ? arrays.indices(count) : null);
  const times = timed ? new Uint32Array(count) : null;
  // The items' lines are filled in the order of the source, and turned over: so those of the users are ordered by item.
  const first = { ...byItem, time: times };
  yield* gather(source, taken, first);
  yield* gather(sourceOfLines(first), null, byUser);
  letGo([times]);
  if (!isByUser) {
    byItem.start.fill(0);
    yield* gather(sourceOfLines(byUser), null, byItem);
  }
  return { byUser, byItem };
}

/** Puts ratings of a source, as they come, into the lines of their items, whose `start` is zero. */
function* gather(source: RatingSource, taken: Taken | null, to: Lines): Sliced<void> {
  const { ratingCount } = source;
  yield* inSlices(ratingCount, (from, end) => count(source.block(from, end).items, from, taken, to.start));
  for (let y = 0; y < to.lineCount; y++) to.start[y + 1] += to.start[y];
  const next = new Uint32Array(to.start.subarray(0, to.lineCount));
  yield* inSlices(ratingCount, (from, end) => scatter(source.block(from, end), from, taken, next, to));
}

function count(keys: Uint32Array, from: number, taken: Taken | null, start: Uint32Array): void {
  for (let j = 0; j < keys.length; j++)
    if (!taken || taken.marks[from + j] === taken.like) start[keys[j] + 1]++;
}

function scatter(
  { users, items, values, times }: Block,
  from: number,
  taken: Taken | null,
  next: Uint32Array,
  { other, value, time }: Lines,
): void {
  for (let j = 0; j < users.length; j++) {
    if (taken && taken.marks[from + j] !== taken.like) continue;
    const p = next[items[j]]++;
    other[p] = users[j];
    value[p] = values[j];
    if (time && times) time[p] = times[j];
  }
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
