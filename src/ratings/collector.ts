import { idIndex } from './ids';
import { letGo } from './lines';
import type { RatingSet, Times } from './rating-set';
import { placeOf, repeatedRatings, withoutRepeated } from './repeated';
import { inSlices, pause, type Sliced } from './sliced';
import { countsOfValues, farOff, scaleOf } from './value-counts';

/** Gathers ratings as they are read. Memory grows with the number of ratings and ids, not with the text. */
export interface Collector {
  readonly count: number;
  /** Different users and items so far. */
  readonly idCount: number;
  /** A rating by the texts of its ids; `time` is NaN where there is none. */
  add(user: string, item: string, value: number, time: number, line: number): void;
  /** The same, of ids that are plain numbers (see `Ids`). */
  addPlain(user: number, item: number, value: number, time: number, line: number): void;
  /** Says that whatever is added from here on came as a test set. */
  beginTest(): void;
  /**
   * Makes the set, in which each (user, item) pair stands once: of several ratings the last by time wins, or the last
   * added where times are equal or missing. The collector is empty afterwards.
   */
  finish(name: string): Sliced<Collected>;
}

interface Collected {
  readonly ratings: RatingSet;
  /** How many ratings were repeated, and lines of the first of them; both files of a set with a test set count. */
  readonly duplicates: Located;
  /** Ratings far from all others, which are almost all within a few steps. */
  readonly offScale: Located & { readonly usual: readonly [number, number] };
  /** Whether some ratings, but not all, had a time: then none has. */
  readonly someTimes: boolean;
}

interface Located {
  readonly count: number;
  readonly lines: readonly number[];
}

/** Ratings of a block: whatever is known of them lies in blocks, so that nothing is ever copied to grow. */
const blockSize = 1 << 16;
/** Of ratings that are to be pointed out, the lines of so many are said. */
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
  /** Lines are consecutive but for these turns: the rating from which on they count anew, and its line. */
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

  /** The line of the j-th rating; 0 where it is not known, because there were too many turns. */
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
      // The columns are gathered one by one, so that the blocks of each can go before the next needs room.
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
      const repeated = yield* repeatedRatings(all, users.count, items.count);
      const testCount = testFrom < 0 ? 0 : count - testFrom;
      const { kept, keptTests } = yield* withoutRepeated(all, repeated, testCount);
      const counts = yield* countsOfValues(kept.values);
      yield pause;
      const offScale = farOff(kept.values, counts, mostLines);
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

/** So many turns of lines are kept: a file with more is odd in so many places that its first lines will do. */
const mostTurns = 1 << 20;

/** Packs times, which are seconds unless they are too large for that: from the year 5000 on they are milliseconds. */
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
