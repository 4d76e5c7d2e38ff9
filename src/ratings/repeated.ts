import { letGo } from './let-go';
import { inSlices, pause, type Sliced, sliceSize } from './sliced';
import { isAscending } from './sorted-by';

/** Ratings as columns. Times are as they were read; null where not all ratings have one. */
export interface RatingColumns {
  readonly users: Uint32Array;
  readonly items: Uint32Array;
  readonly values: Float32Array;
  readonly times: Float64Array | null;
}

/**
 * Finds the ratings that a later one of the same pair replaces: later by time, or by place where times are equal or
 * missing. Returns their positions, ascending. Gathers the ratings by user where they are not, then marks the items of one user after the
 * other, which takes O(ratings + users + items).
 */
export function* repeatedRatings(
  { users, items, times }: RatingColumns,
  userCount: number,
  itemCount: number,
): Sliced<Uint32Array> {
  /** Where the ratings of each user begin; while they are gathered, where the next one goes. */
  const next = new Uint32Array(userCount + 1);
  yield* inSlices(users.length, (from, to) => {
    for (let j = from; j < to; j++) next[users[j] + 1]++;
  });
  for (let x = 0; x < userCount; x++) next[x + 1] += next[x];
  const byUser = isAscending(users) ? null : new Uint32Array(users.length);
  if (byUser)
    yield* inSlices(users.length, (from, to) => {
      for (let j = from; j < to; j++) byUser[next[users[j]]++] = j;
    });
  /**
   * For each item, one more than the place in `byUser` of its latest rating so far. It is the rating of the user that
   * is being looked at if the place is not before `from`; else it is left over from another user.
   */
  const best = new Uint32Array(itemCount);
  const repeated: number[] = [];
  let from = 0;
  let paused = 0;
  for (let x = 0; x < userCount; x++) {
    const to = byUser ? next[x] : next[x + 1];
    if (to - paused > sliceSize) {
      paused = to;
      yield pause;
    }
    for (let p = from; p < to; p++) {
      const j = byUser ? byUser[p] : p;
      const before = best[items[j]] - 1;
      if (before < from) best[items[j]] = p + 1;
      else if (times && times[j] < times[byUser ? byUser[before] : before]) repeated.push(j);
      else {
        repeated.push(byUser ? byUser[before] : before);
        best[items[j]] = p + 1;
      }
    }
    from = to;
  }
  letGo([byUser]);
  return Uint32Array.from(repeated).sort();
}

/** Leaves out the ratings at some positions, ascending. The last `testCount` are the test set: tells how many stay of it. */
export function* withoutRepeated(
  all: RatingColumns,
  repeated: Uint32Array,
  testCount: number,
): Sliced<{ kept: RatingColumns; keptTests: number }> {
  if (repeated.length === 0) return { kept: all, keptTests: testCount };
  const { users, items, values, times } = all;
  const testFrom = values.length - testCount;
  let next = 0;
  let to = 0;
  let keptTests = 0;
  yield* inSlices(values.length, (begin, end) => {
    for (let j = begin; j < end; j++) {
      if (repeated[next] === j) {
        next++;
        continue;
      }
      if (j >= testFrom) keptTests++;
      users[to] = users[j];
      items[to] = items[j];
      values[to] = values[j];
      if (times) times[to] = times[j];
      to++;
    }
  });
  const kept = {
    users: users.subarray(0, to),
    items: items.subarray(0, to),
    values: values.subarray(0, to),
    times: times?.subarray(0, to) ?? null,
  };
  return { kept, keptTests };
}

/** The position that the j-th rating had before some positions, ascending, were left out. */
export function placeOf(j: number, leftOut: Uint32Array): number {
  let place = j;
  for (const position of leftOut) {
    if (position > place) break;
    place++;
  }
  return place;
}
