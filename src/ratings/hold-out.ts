import { emptyOver, gatherByUser, turnOver } from './gather';
import {
  type Arrays,
  type Block,
  type Floats,
  heapArrays,
  type Lines,
  type RatingSource,
  sourceOf,
  sourceOfLines,
} from './lines';
import { byHash, lastOfUsers, latestFirst, smallest } from './marks';
import type { RatingInfo, RatingSet } from './rating-set';
import { pause, type Sliced } from './sliced';

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

/** Which ratings of a source are held out: the marked ones. */
export interface Chosen extends Pick<Split, 'trainingCount' | 'validationCount'> {
  readonly source: RatingSource;
  readonly marks: Uint8Array;
}

/**
 * Chooses what is held out, which is never all. A share is exactly round(share · n) of n ratings. At random, those are
 * held out whose hashes of user, item and seed are smallest, so that neither the order of the ratings nor an earlier
 * division has a say; by time, of the same second the first in the file is the earlier.
 */
export function* chooseHeldOut(source: RatingSource, { kind, share, seed }: HoldOut): Sliced<Chosen> {
  const n = source.ratingCount;
  const { marks, count } = yield* markedAs[kind](source, heldOutCount(n, share), seed);
  return { source, marks, trainingCount: n - count, validationCount: count };
}

/** Marks what is held out, of a share so many. */
const markedAs: Record<
  HoldOutKind,
  (source: RatingSource, wanted: number, seed: number) => Sliced<{ marks: Uint8Array; count: number }>
> = {
  *random(source, count, seed) {
    return { marks: yield* smallest(source, count, [byHash(seed)]), count };
  },
  *latest(source, count, seed) {
    return { marks: yield* smallest(source, count, [latestFirst, byHash(seed)]), count };
  },
  last: (source, _, seed) => lastOfUsers(source, seed),
  *test({ ratingCount, testFrom }) {
    yield pause;
    return { marks: new Uint8Array(ratingCount).fill(1, testFrom), count: ratingCount - testFrom };
  },
};

/** Gathers what was chosen, and what is hidden, in arrays of `arrays`; all but the items' lines, which `turnOver` fills. */
export function* dividedByUser(
  { source, marks, trainingCount, validationCount }: Chosen,
  arrays: Arrays = heapArrays,
  hidden: RatingSource | null = null,
): Sliced<Split> {
  const trained = { marks, like: 0, count: trainingCount } as const;
  const byUser = yield* gatherByUser(source, validationCount === 0 ? null : trained, arrays);
  const byItem = yield* emptyOver(byUser, arrays);
  const validation = yield* gatherByUser(source, { marks, like: 1, count: validationCount }, arrays);
  const unseen = hidden && (yield* gatherByUser(hidden, null, arrays));
  return {
    ...{ trainingCount, validationCount },
    ...{ byUser, byItem, validation },
    ...(unseen && { hidden: unseen }),
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

/** Gathers all of what was chosen. */
export function* divided(...chosen: Parameters<typeof dividedByUser>): Sliced<Split> {
  const split = yield* dividedByUser(...chosen);
  yield* turnOver(split.byUser, split.byItem);
  return split;
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
    block(from, to) {
      if (to <= seam) return first.block(from, to);
      if (from >= seam) return second.block(from - seam, to - seam);
      return joined(first.block(from, seam), second.block(0, to - seam));
    },
  };
}

/** All ratings of a split, with nothing held out. */
export function* wholeOf(split: Split): Sliced<Split> {
  const source = sourceOfSplit(split);
  const { ratingCount } = source;
  const marks = new Uint8Array(ratingCount);
  return yield* divided({ source, marks, trainingCount: ratingCount, validationCount: 0 });
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
