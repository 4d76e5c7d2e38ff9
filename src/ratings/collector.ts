import { idIndex } from './ids';
import { letGo } from './let-go';
import { markersIn } from './markers';
import type { RatingSet, Times } from './rating-set';
import { placeOf, repeatedRatings, withoutRepeated } from './repeated';
import { inSlices, pause, type Sliced } from './sliced';
import { areCounts, countsOfValues, extentOf, farOff, scaleOf } from './value-counts';
import { inOrderOfWeight, type Warning, type WarningCode } from './warning';

/** Ratings as they were read. */
export interface ReadRatings {
  readonly ratings: RatingSet;
  readonly warnings: readonly Warning[];
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

/** Ratings by the numbers of their ids (see `idIndex`), one after the other; a time is NaN where there is none. */
export interface PlainColumns {
  readonly users: Uint32Array;
  readonly items: Uint32Array;
  readonly values: Float64Array;
  readonly times: Float64Array;
}

/** Gathers ratings as they are read. Memory grows with the number of ratings and ids, not with the text. */
export function collector() {
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

  /** The block of the next rating. */
  function blockNow(): Block {
    if (count % blockSize > 0 && block) return block;
    block = {
      users: new Uint32Array(blockSize),
      items: new Uint32Array(blockSize),
      values: new Float32Array(blockSize),
      times: new Float64Array(blockSize),
    };
    blocks.push(block);
    return block;
  }

  /** So many ratings are there that stand in lines one after the other, from this one on. */
  function counted(ratings: number, line: number) {
    if (line !== expected && turns.length < mostTurns) turns.push({ at: count, line });
    expected = line + ratings;
    count += ratings;
  }

  function put(user: number, item: number, value: number, time: number, line: number) {
    const block = blockNow();
    const at = count % blockSize;
    block.users[at] = user;
    block.items[at] = item;
    block.values[at] = value;
    block.times[at] = time;
    if (!Number.isNaN(time)) timed++;
    counted(1, line);
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
    /** Different users and items so far. */
    get idCount() {
      return users.count + items.count;
    },
    /** A rating by the texts of its ids; `time` is NaN where there is none. */
    add: (user: string, item: string, value: number, time: number, line: number) =>
      put(users.of(user), items.of(item), value, time, line),
    /** The same, of ids that are plain numbers (see `idIndex`). */
    addPlain: (user: number, item: number, value: number, time: number, line: number) =>
      put(users.ofNumber(user), items.ofNumber(item), value, time, line),
    /** Many of those, in lines one after the other, of which all have a time or none. */
    addColumns(all: PlainColumns, line: number) {
      for (let from = 0; from < all.users.length; ) {
        const block = blockNow();
        const at = count % blockSize;
        const to = Math.min(all.users.length, from + blockSize - at);
        users.ofNumbers(all.users.subarray(from, to), block.users, at);
        items.ofNumbers(all.items.subarray(from, to), block.items, at);
        block.values.set(all.values.subarray(from, to), at);
        block.times.set(all.times.subarray(from, to), at);
        if (!Number.isNaN(all.times[from])) timed += to - from;
        counted(to - from, line + from);
        from = to;
      }
    },
    /** What there is so far, for who adds ratings of elsewhere: the ids, the largest rating, and the first time. */
    soFar() {
      let most = Number.NEGATIVE_INFINITY;
      for (const [b, { values }] of blocks.entries())
        for (const value of values.subarray(0, count - b * blockSize)) if (value > most) most = value;
      return {
        userIds: users.names(),
        itemIds: items.names(),
        most,
        firstTime: blocks[0]?.times[0] ?? Number.NaN,
      };
    },
    /** Says that whatever is added from here on came as a test set. */
    beginTest() {
      testFrom = count;
    },
    /**
     * Makes one set of all ratings, in which each (user, item) pair stands once: of several ratings the last by time
     * wins, or the last added where times are equal or missing. The collector is empty afterwards.
     *
     * @param ofFiles what there is to know of the files they were read from
     */
    *finish(name: string, ofFiles: readonly Warning[] = []): Sliced<ReadRatings> {
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
      const far = farOff(kept.values, counts, mostLines);
      yield pause;
      const scale = yield* scaleOf(kept.values, counts);
      const [userCount, itemCount, ratingCount] = [users.count, items.count, kept.values.length];
      const ratings: RatingSet = {
        ...{ name, userCount, itemCount, ratingCount, ...kept, scale },
        times: kept.times && (yield* timesOf(kept.times)),
        userIds: users.names(),
        itemIds: items.names(),
        ...(keptTests > 0 ? { testCount: keptTests } : {}),
      };
      const warnings = [...ofFiles];
      const note = (code: WarningCode, more: Partial<Warning> = {}) => warnings.push({ code, ...more });
      if (repeated.length > 0) {
        const lines = locate(Array.from(repeated.subarray(0, mostLines)));
        note('duplicates', { count: repeated.length, lines });
      }
      if (ratingCount < 2) note('too-few-ratings');
      else if (userCount === 1) note('single-user');
      else if (itemCount === 1 && ratingCount > 5) note('single-item');
      const [marker] = ratingCount < fewest || !counts ? [] : markersIn(counts);
      if (marker) note('maybe-missing-marker', { ...marker, of: ratingCount });
      else if (ratingCount >= fewest && areCounts(kept.values, scale)) note('maybe-counts');
      else if (far.count > 0) {
        const lines = locate(far.positions.map((j) => placeOf(j, repeated)));
        note('off-scale', { count: far.count, lines, usual: far.usual });
      }
      // Then none has a time.
      if (timed > 0 && timed < count) note('some-times');
      if (ratingCount > 5 && scale.min === scale.max) note('all-ratings-equal');
      return { ratings, warnings: inOrderOfWeight(warnings) };
    },
  };
}
export type Collector = ReturnType<typeof collector>;

/** Fewer ratings tell nothing of what their values mean. */
const fewest = 20;

/** So many turns of lines are kept: a file with more is odd in so many places that its first lines will do. */
const mostTurns = 1 << 20;

/** Packs times, which are seconds unless they are too large for that: from the year 5000 on they are milliseconds. */
function* timesOf(from: Float64Array): Sliced<Times> {
  const [first, last] = yield* extentOf(from);
  let whole = true;
  yield* inSlices(from.length, (begin, end) => {
    for (let j = begin; j < end && whole; j++) whole = Number.isInteger(from[j]);
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
