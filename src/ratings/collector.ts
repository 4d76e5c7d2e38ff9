import { idIndex } from './ids';
import { letGo } from './lines';
import type { RatingSet, Times } from './rating-set';
import { inSlices, pause, type Sliced, sliceSize } from './sliced';

/** Gathers ratings as they are read. Memory grows with the number of ratings and ids, not with the text. */
export interface Collector {
  readonly count: number;
  /** Different users and items so far. */
  readonly idCount: number;
  /** A rating by the texts of its ids; `time` is NaN where there is none. */
  add(user: string, item: string, value: number, time: number, line: number): void;
  /** The same, of ids that are plain numbers (see `Ids`). */
  addPlain(user: number, item: number, value: number, time: number, line: number): void;
  /** What is added from here on came as a test set. */
  beginTest(): void;
  /**
   * The set, each (user, item) pair once: the last by time wins, the last added where times are equal or missing.
   * Lets go of everything else.
   */
  finish(name: string): Sliced<Collected>;
}

export interface Collected {
  readonly ratings: RatingSet;
  /** How many ratings were repeated, and lines of the first of them; both files of a set with a test set count. */
  readonly duplicates: Located;
  /** Ratings far from all others, which are almost all within a few steps. */
  readonly offScale: Located & { readonly usual: readonly [number, number] };
  /** Whether some ratings, but not all, had a time: then none has. */
  readonly someTimes: boolean;
}

export interface Located {
  readonly count: number;
  readonly lines: readonly number[];
}

/** Ratings of a block: whatever is known of them lies in blocks, so that nothing is ever copied to grow. */
const blockSize = 1 << 16;
const mostLines = 10;

interface Block {
  readonly users: Uint32Array;
  readonly items: Uint32Array;
  readonly values: Float32Array;
  readonly times: Float64Array;
}

export function collector(): Collector {
  const users = idIndex();
  const items = idIndex();
  const blocks: Block[] = [];
  let block: Block | null = null;
  let count = 0;
  let timed = 0;
  let testFrom = -1;
  /** Where the line of a rating is not what it was for the one before, plus one: which rating, and its line. */
  const turns: { at: number; line: number }[] = [];
  let expected = Number.NaN;

  function put(user: number, item: number, value: number, time: number, line: number) {
    const at = count % blockSize;
    if (at === 0 || !block) {
      block = {
        users: new Uint32Array(blockSize),
        items: new Uint32Array(blockSize),
        values: new Float32Array(blockSize),
        times: new Float64Array(blockSize),
      };
      blocks.push(block);
    }
    block.users[at] = user;
    block.items[at] = item;
    block.values[at] = value;
    block.times[at] = time;
    if (!Number.isNaN(time)) timed++;
    if (line !== expected && turns.length < mostTurns) turns.push({ at: count, line });
    expected = line + 1;
    count++;
  }

  /** The line of rating j, or 0 where it was not kept. */
  function lineOf(j: number): number {
    let low = 0;
    let high = turns.length - 1;
    if (high < 0 || (turns.length === mostTurns && j > turns[high].at)) return 0;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (turns[middle].at <= j) low = middle;
      else high = middle - 1;
    }
    return turns[low].line + (j - turns[low].at);
  }

  const locate = (positions: readonly number[]) => positions.map(lineOf).filter((line) => line > 0);

  return {
    get count() {
      return count;
    },
    get idCount() {
      return users.count + items.count;
    },
    add: (user, item, value, time, line) => put(users.of(user), items.of(item), value, time, line),
    addPlain: (user, item, value, time, line) =>
      put(users.ofNumber(user), items.ofNumber(item), value, time, line),
    beginTest() {
      testFrom = count;
    },
    *finish(name) {
      // One column after the other, so that the blocks can go as the arrays come.
      function* gather<K extends keyof Block>(column: K, to: Block[K]): Sliced<Block[K]> {
        for (const [b, from] of blocks.entries()) {
          const part = from[column].subarray(0, Math.min(blockSize, count - b * blockSize));
          to.set(part as never, b * blockSize);
          letGo([from[column]]);
        }
        yield pause;
        return to;
      }
      const all = {
        users: yield* gather('users', new Uint32Array(count)),
        items: yield* gather('items', new Uint32Array(count)),
        values: yield* gather('values', new Float32Array(count)),
        times: timed === count && count > 0 ? yield* gather('times', new Float64Array(count)) : null,
      };
      blocks.length = 0;
      const repeated = yield* repeatedRatings(all.users, all.items, all.times, users.count, items.count);
      const testCount = testFrom < 0 ? 0 : count - testFrom;
      const { kept, keptTests } = yield* withoutRepeated(all, repeated, testCount);
      const counts = yield* countsOfValues(kept.values);
      yield pause;
      const offScale = farOff(kept.values, counts);
      yield pause;
      const ratings: RatingSet = {
        name,
        userCount: users.count,
        itemCount: items.count,
        ratingCount: kept.values.length,
        users: kept.users,
        items: kept.items,
        values: kept.values,
        times: kept.times && (yield* timesOf(kept.times)),
        userIds: users.names(),
        itemIds: items.names(),
        scale: scaleOf(kept.values, counts),
        ...(keptTests > 0 ? { testCount: keptTests } : {}),
      };
      return {
        ratings,
        duplicates: { count: repeated.length, lines: locate(Array.from(repeated.subarray(0, mostLines))) },
        offScale: { ...offScale, lines: locate(offScale.positions.map((j) => placeOf(j, repeated))) },
        someTimes: timed > 0 && timed < count,
      };
    },
  };
}

/** Turns of lines that are kept: a file with more is odd in so many places that its first lines will do. */
const mostTurns = 1 << 20;

type Columns = Pick<Block, 'users' | 'items' | 'values'> & { readonly times: Float64Array | null };

/**
 * Positions of ratings that another of the same pair outdoes, ascending: by time, or by place where times are equal
 * or missing. Gathers them by user, then marks the items of one user after the other: O(ratings + users + items).
 */
function* repeatedRatings(
  users: Uint32Array,
  items: Uint32Array,
  times: Float64Array | null,
  userCount: number,
  itemCount: number,
): Sliced<Uint32Array> {
  const next = new Uint32Array(userCount + 1);
  yield* inSlices(users.length, (from, to) => {
    for (let j = from; j < to; j++) next[users[j] + 1]++;
  });
  for (let x = 0; x < userCount; x++) next[x + 1] += next[x];
  const byUser = new Uint32Array(users.length);
  yield* inSlices(users.length, (from, to) => {
    for (let j = from; j < to; j++) byUser[next[users[j]]++] = j;
  });
  /** The best so far of an item, plus one; of the user that is being looked at where it is at `from` or later. */
  const best = new Uint32Array(itemCount);
  const repeated: number[] = [];
  let from = 0;
  let paused = 0;
  for (let x = 0; x < userCount; x++) {
    const to = next[x];
    if (to - paused > sliceSize) {
      paused = to;
      yield pause;
    }
    for (let p = from; p < to; p++) {
      const j = byUser[p];
      const before = best[items[j]] - 1;
      if (before < from) best[items[j]] = p + 1;
      else if (times && times[j] < times[byUser[before]]) repeated.push(j);
      else {
        repeated.push(byUser[before]);
        best[items[j]] = p + 1;
      }
    }
    from = to;
  }
  letGo([byUser]);
  return Uint32Array.from(repeated).sort();
}

/** What is left without some positions, ascending; of the last `testCount` as many as are left of them. */
function* withoutRepeated(
  all: Columns,
  repeated: Uint32Array,
  testCount: number,
): Sliced<{ kept: Columns; keptTests: number }> {
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
    users: users.slice(0, to),
    items: items.slice(0, to),
    values: values.slice(0, to),
    times: times?.slice(0, to) ?? null,
  };
  return { kept, keptTests };
}

/** Where the j-th rating was before some positions were left out. */
function placeOf(j: number, leftOut: Uint32Array): number {
  let place = j;
  for (const position of leftOut) {
    if (position > place) break;
    place++;
  }
  return place;
}

/** Seconds: what is too large for seconds before the year 5000 are milliseconds. */
function* timesOf(from: Float64Array): Sliced<Times> {
  let first = Number.POSITIVE_INFINITY;
  let last = Number.NEGATIVE_INFINITY;
  let whole = true;
  yield* inSlices(from.length, (begin, end) => {
    for (let j = begin; j < end; j++) {
      const time = from[j];
      if (time < first) first = time;
      if (time > last) last = time;
      whole &&= Number.isInteger(time);
    }
  });
  const perSecond = last > 1e11 ? 1000 : 1;
  const fits = whole && last - first < 2 ** 32;
  const unit = fits ? 1 : (last - first) / (2 ** 32 - 1) || 1;
  const at = new Uint32Array(from.length);
  yield* inSlices(at.length, (begin, end) => {
    for (let j = begin; j < end; j++) at[j] = Math.min(2 ** 32 - 1, (from[j] - first) / unit);
  });
  letGo([from]);
  return { at, origin: first / perSecond, unit: unit / perSecond };
}

/** How often each value occurs; null where there are more than 256 different ones. */
function* countsOfValues(values: Float32Array): Sliced<Map<number, number> | null> {
  const counts = new Map<number, number>();
  // Those seen last, by a hash: most lookups end here.
  const recent = new Float32Array(256).fill(Number.NaN);
  const since = new Uint32Array(256);
  const settle = (slot: number) => {
    if (since[slot] > 0) counts.set(recent[slot], (counts.get(recent[slot]) ?? 0) + since[slot]);
    since[slot] = 0;
  };
  yield* inSlices(values.length, (from, to) => {
    for (let j = from; j < to && counts.size <= 256; j++) {
      const slot = (values[j] * 64) & 255;
      if (recent[slot] !== values[j]) {
        settle(slot);
        recent[slot] = values[j];
      }
      since[slot]++;
    }
  });
  for (let slot = 0; slot < 256; slot++) settle(slot);
  return counts.size > 256 ? null : counts;
}

/**
 * Where almost all ratings take a few values, those well beyond them: a slip of the keyboard, or another scale. At
 * most one in a hundred, of at least a hundred ratings.
 */
function farOff(
  values: Float32Array,
  counts: Map<number, number> | null,
): { count: number; positions: number[]; usual: [number, number] } {
  const none = { count: 0, positions: [], usual: [0, 0] as [number, number] };
  if (values.length < 100 || !counts) return none;
  const usual = [...counts].filter(([, n]) => n > Math.max(1, values.length / 1000)).map(([value]) => value);
  if (usual.length < 2) return none;
  usual.sort((a, b) => a - b);
  const [least, most] = [usual[0], usual[usual.length - 1]];
  const reach = Math.max(...usual.map((value, i) => (i > 0 ? value - usual[i - 1] : 0)));
  const isOff = (value: number) => value < least - 1.5 * reach || value > most + 1.5 * reach;
  const count = [...counts].reduce((sum, [value, n]) => sum + (isOff(value) ? n : 0), 0);
  if (count === 0 || count > values.length / 100) return none;
  const positions: number[] = [];
  for (let j = 0; j < values.length && positions.length < mostLines; j++)
    if (isOff(values[j])) positions.push(j);
  return { count, positions, usual: [least, most] };
}

/** Least and greatest value, and their spacing where the distinct values lie on a grid of at most 256. */
function scaleOf(values: Float32Array, counts: Map<number, number> | null): RatingSet['scale'] {
  if (!counts) {
    let min = Number.POSITIVE_INFINITY;
    let max = Number.NEGATIVE_INFINITY;
    for (const value of values) {
      if (value < min) min = value;
      if (value > max) max = value;
    }
    return { min, max, step: 0 };
  }
  const sorted = [...counts.keys()].sort((a, b) => a - b);
  const min = sorted[0];
  const step = sorted.reduce(
    (least, value, i) => (i > 0 ? Math.min(least, value - sorted[i - 1]) : least),
    Number.POSITIVE_INFINITY,
  );
  const onGrid =
    sorted.length > 1 &&
    sorted.every((value) => Math.abs((value - min) / step - Math.round((value - min) / step)) < 1e-4);
  return { min, max: sorted[sorted.length - 1], step: onGrid ? step : 0 };
}
