import {
  type Arrays,
  type Block,
  type Floats,
  gatherLines,
  heapArrays,
  type Lines,
  part,
  type RatingSource,
  sourceOf,
  sourceOfLines,
  type Taken,
  visit,
} from './lines';
import { mixed } from './random';
import type { RatingInfo, RatingSet } from './rating-set';
import { inSlices, type Sliced } from './sliced';

/** Known ratings, some of them kept from training, gathered for whoever reads them line by line. */
export interface Split {
  readonly trainingCount: number;
  readonly validationCount: number;
  /** The training ratings, by user and by item. */
  readonly byUser: Lines;
  readonly byItem: Lines;
  /** The held-out ratings, by user. */
  readonly validation: Lines;
  /** Ratings that were hidden from the beginning, by user; absent where there are none. */
  readonly hidden?: Lines;
}

/**
 * Which ratings are kept from training: a seeded random share; the latest of all by time; the last of every user who
 * has another; or those that came as a test set.
 */
export const holdOutKinds = ['random', 'latest', 'last', 'test'] as const;
export type HoldOutKind = (typeof holdOutKinds)[number];

export interface HoldOut {
  readonly kind: HoldOutKind;
  /** Of 'random' and 'latest', 0…0.9. */
  readonly share: number;
  readonly seed: number;
}

/** Some of the ratings of a source. */
interface Part {
  readonly source: RatingSource;
  readonly count: number;
  /** null: all. */
  readonly taken: Taken | null;
}

/** Which ratings are trained on, and which are held out. */
export interface Chosen {
  readonly training: Part;
  readonly validation: Part;
}

/**
 * Chooses what is held out, which is never all. A share is exactly round(share · n) of n ratings. At random, those are
 * held out whose hashes of user, item and seed are smallest, so that neither the order of the ratings nor an earlier
 * division has a say; by time, of the same second the first in the file is the earlier.
 */
export function* chooseHeldOut(source: RatingSource, { kind, share, seed }: HoldOut): Sliced<Chosen> {
  const n = source.ratingCount;
  if (kind === 'test') {
    const { testFrom } = source;
    const of = (from: number, to: number): Part => ({
      source: part(source, from, to),
      count: to - from,
      taken: null,
    });
    return { training: of(0, testFrom), validation: of(testFrom, n) };
  }
  const byHash: Key = (x, y) => hashOf(x, y, seed);
  const latestFirst: Key = (_x, _y, time) => ~time >>> 0;
  const wanted = heldOutCount(n, share);
  const [held, count] =
    kind === 'last'
      ? yield* lastOfUsers(source, byHash)
      : [yield* smallest(source, wanted, kind === 'latest' ? [latestFirst, byHash] : [byHash]), wanted];
  const marks = yield* marksOf(source, held);
  return {
    training: { source, count: n - count, taken: count === 0 ? null : { marks, like: 0 } },
    validation: { source, count, taken: { marks, like: 1 } },
  };
}

/** Gathers what was chosen, and what is hidden, in arrays of `arrays`. */
export function* divided(
  { training, validation }: Chosen,
  arrays: Arrays = heapArrays,
  hidden: RatingSource | null = null,
): Sliced<Split> {
  const gathered = yield* gatherLines(training.source, training.count, training.taken, arrays);
  const held = yield* gatherLines(validation.source, validation.count, validation.taken);
  const unseen = hidden && (yield* gatherLines(hidden)).byUser;
  return {
    trainingCount: training.count,
    validationCount: validation.count,
    ...gathered,
    validation: placed(held.byUser, arrays),
    ...(unseen && { hidden: placed(unseen, arrays) }),
  };
}

/** What a set hides, or a split does, as a source; null where that is nothing. */
export const hiddenIn = ({ hidden, userCount, itemCount }: RatingSet): RatingSource | null =>
  hidden ? sourceOf(hidden, userCount, itemCount) : null;
export const hiddenOf = ({ hidden }: Split): RatingSource | null => (hidden ? sourceOfLines(hidden) : null);

/** Chooses what is held out, and gathers it. */
export function* holdOut(
  source: RatingSource,
  how: HoldOut,
  arrays: Arrays = heapArrays,
  hidden: RatingSource | null = null,
): Sliced<Split> {
  return yield* divided(yield* chooseHeldOut(source, how), arrays, hidden);
}

function heldOutCount(ratingCount: number, share: number): number {
  return Math.max(0, Math.min(Math.round(share * ratingCount), ratingCount - 1));
}

/** How many ratings will be held out at most. There are fewer only where users have a single rating. */
export function mostHeldOut(
  { ratingCount, userCount, testCount = 0 }: Pick<RatingInfo, 'ratingCount' | 'userCount' | 'testCount'>,
  { kind, share }: Omit<HoldOut, 'seed'>,
): number {
  if (kind === 'test') return testCount;
  return kind === 'last' ? Math.min(userCount, ratingCount - 1) : heldOutCount(ratingCount, share);
}

/** Makes one source of a split again, in which the held-out ratings come last. */
export function sourceOfSplit({ byUser, validation }: Split): RatingSource {
  const [first, second] = [sourceOfLines(byUser), sourceOfLines(validation)];
  const seam = first.ratingCount;
  return {
    ...first,
    ratingCount: seam + second.ratingCount,
    testFrom: seam,
    isByUser: second.ratingCount === 0,
    block(from, to) {
      if (to <= seam) return first.block(from, to);
      if (from >= seam) return second.block(from - seam, to - seam);
      return joined(first.block(from, seam), second.block(0, to - seam));
    },
  };
}

/** Whether a rating is meant. */
type Keep = (x: number, y: number, time: number) => boolean;

/** A mark for each rating that is meant. */
function* marksOf(source: RatingSource, keep: Keep): Sliced<Uint8Array> {
  const marks = new Uint8Array(source.ratingCount);
  yield* inSlices(source.ratingCount, (from, to) => {
    const { users, items, times } = source.block(from, to);
    for (let j = 0; j < users.length; j++)
      if (keep(users[j], items[j], times ? times[j] : 0)) marks[from + j] = 1;
  });
  return marks;
}

/** Some ratings after others. */
function joined(first: Block, second: Block): Block {
  const after = (a: Uint32Array, b: Uint32Array) => {
    const both = new Uint32Array(a.length + b.length);
    both.set(a);
    both.set(b, a.length);
    return both;
  };
  const values = new Float64Array(first.values.length + second.values.length);
  values.set(first.values);
  values.set(second.values, first.values.length);
  return {
    users: after(first.users, second.users),
    items: after(first.items, second.items),
    values,
    times: first.times && second.times && after(first.times, second.times),
  };
}

/** 32 bits of a rating, to order ratings by. */
type Key = (x: number, y: number, time: number) => number;

/**
 * Says of a rating whether it is among the `count` smallest by the first key, by the next where that is equal, and by
 * user and item in the end. Counts the keys' halves: O(ratings), and memory for ties of the last key only.
 */
function* smallest(
  source: RatingSource,
  count: number,
  [key, ...further]: readonly Key[],
  among: Keep | null = null,
): Sliced<Keep> {
  if (count === 0) return () => false;
  function* each(look: (key: number, x: number, y: number, time: number) => void): Sliced<void> {
    yield* inSlices(source.ratingCount, (from, to) =>
      visit(source, from, to, (x, y, _value, time) => {
        if (!among || among(x, y, time)) look(key(x, y, time), x, y, time);
      }),
    );
  }
  const high = new Uint32Array(65536);
  yield* each((k) => high[k >>> 16]++);
  let top = 0;
  let left = count;
  while (left > high[top]) left -= high[top++];
  const low = new Uint32Array(65536);
  yield* each((k) => {
    if (k >>> 16 === top) low[k & 65535]++;
  });
  let bottom = 0;
  while (left > low[bottom]) left -= low[bottom++];
  const last = top * 65536 + bottom;
  const isLast: Keep = (x, y, time) => key(x, y, time) === last && (!among || among(x, y, time));
  const ofTies =
    low[bottom] === left
      ? isLast
      : further.length > 0
        ? yield* smallest(source, left, further, isLast)
        : yield* firstPairs(source, left, isLast);
  return (x, y, time) => {
    const k = key(x, y, time);
    return k < last ? !among || among(x, y, time) : k === last && ofTies(x, y, time);
  };
}

/** Says of a rating whether it is among the first `count`, by user and item, of those that are meant. */
function* firstPairs(source: RatingSource, count: number, among: Keep): Sliced<Keep> {
  const pairs: [x: number, y: number][] = [];
  yield* inSlices(source.ratingCount, (from, to) =>
    visit(source, from, to, (x, y, _value, time) => {
      if (among(x, y, time)) pairs.push([x, y]);
    }),
  );
  pairs.sort((a, b) => a[0] - b[0] || a[1] - b[1]);
  const [lastX, lastY] = pairs[count - 1];
  return (x, y, time) => among(x, y, time) && (x < lastX || (x === lastX && y <= lastY));
}

/** The last rating by time of every user who has another, and how many there are; of the same time by `tie`. */
function* lastOfUsers(source: RatingSource, tie: Key): Sliced<[Keep, number]> {
  const { userCount, ratingCount } = source;
  const counts = new Uint32Array(userCount);
  const time = new Uint32Array(userCount);
  const item = new Uint32Array(userCount);
  yield* inSlices(ratingCount, (from, to) =>
    visit(source, from, to, (x, y, _value, when) => {
      const later = when > time[x] || (when === time[x] && tie(x, y, when) < tie(x, item[x], when));
      if (counts[x]++ > 0 && !later) return;
      time[x] = when;
      item[x] = y;
    }),
  );
  const count = counts.reduce((sum, ratings) => sum + (ratings > 1 ? 1 : 0), 0);
  return [(x, y) => item[x] === y && counts[x] > 1, count];
}

/** 32 well-mixed bits of a pair and a seed. */
function hashOf(x: number, y: number, seed: number): number {
  return mixed(mixed(mixed(seed ^ 0x2c1b3c6d) ^ x) + Math.imul(y, 0x9e3779b1)) >>> 0;
}

/** The same split in arrays of `arrays`. */
export function placedSplit(split: Split, arrays: Arrays): Split {
  const { byUser, byItem, validation, hidden } = split;
  return {
    ...split,
    ...(hidden && { hidden: placed(hidden, arrays) }),
    byUser: placed(byUser, arrays),
    byItem: placed(byItem, arrays),
    validation: placed(validation, arrays),
  };
}

function placed(lines: Lines, arrays: Arrays): Lines {
  const copied = <T extends Uint32Array | Floats>(to: T, from: ArrayLike<number>) => {
    to.set(from);
    return to;
  };
  return {
    ...lines,
    start: copied(arrays.indices(lines.start.length), lines.start),
    other: copied(arrays.indices(lines.other.length), lines.other),
    value: copied(arrays.floats(lines.value.length), lines.value),
    time: lines.time && copied(arrays.indices(lines.time.length), lines.time),
  };
}
