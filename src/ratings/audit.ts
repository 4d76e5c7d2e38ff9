import type { Split } from './hold-out';
import { mixed } from './random';
import type { RatingSet, Times } from './rating-set';
import { inSlices, type Sliced } from './sliced';
import { extentOf } from './value-counts';

/** How many ratings users, or items, have. */
interface Spread {
  readonly min: number;
  readonly median: number;
  readonly max: number;
  /** How many of them have 2^i to 2^(i+1) − 1 ratings. */
  readonly doublings: readonly number[];
}

/** What a data set looks like at a glance. */
export interface AuditReport {
  /** Known share of all cells, 0…1. */
  readonly density: number;
  /** Rating units. */
  readonly mean: number;
  /** Ratings of each user, and of each item. */
  readonly perUser: Spread;
  readonly perItem: Spread;
  /** First and last second since 1970; null without times. */
  readonly timeSpan: readonly [number, number] | null;
  /** Ratings per value: each value where they are few, else 32 equal bins named by their lower end. */
  readonly histogram: readonly { readonly value: number; readonly count: number }[];
  /** 16 hexadecimal digits: of the same ratings in the same order they are the same, of others hardly ever. */
  readonly checksum: string;
}

export function* audit(ratings: RatingSet): Sliced<AuditReport> {
  const { userCount, itemCount, ratingCount, users, items, values, times } = ratings;
  let sum = 0;
  yield* inSlices(ratingCount, (from, to) => {
    sum = sumOf(values, from, to, sum);
  });
  return {
    density: ratingCount / (userCount * itemCount),
    mean: sum / ratingCount,
    perUser: yield* spread(users, userCount),
    perItem: yield* spread(items, itemCount),
    timeSpan: times && ratingCount > 0 ? yield* span(times) : null,
    histogram: yield* histogram(ratings),
    checksum: yield* checksumOf(ratings),
  };
}

/** Users and items that training knows nothing of, and how many held-out ratings are of one of them. */
export interface Cold {
  readonly users: number;
  readonly items: number;
  readonly ratings: number;
}

export function* coldOf({ byUser, byItem, validation }: Split): Sliced<Cold> {
  const isCold = (start: Uint32Array, x: number) => start[x] === start[x + 1];
  const count = ({ start, lineCount }: { start: Uint32Array; lineCount: number }) => {
    let cold = 0;
    for (let x = 0; x < lineCount; x++) if (isCold(start, x)) cold++;
    return cold;
  };
  let ratings = 0;
  yield* inSlices(validation.lineCount, (from, to) => {
    for (let x = from; x < to; x++)
      for (let p = validation.start[x]; p < validation.start[x + 1]; p++)
        if (isCold(byUser.start, x) || isCold(byItem.start, validation.other[p])) ratings++;
  });
  return { users: count(byUser), items: count(byItem), ratings };
}

/** What is summed up so far, and some more, one after the other. */
function sumOf(values: Float32Array, from: number, to: number, before: number): number {
  let sum = before;
  for (let j = from; j < to; j++) sum += values[j];
  return sum;
}

function* checksumOf({ users, items, values, ratingCount }: RatingSet): Sliced<string> {
  const bits = new Uint32Array(values.buffer, values.byteOffset, ratingCount);
  let [first, second] = [ratingCount, ~ratingCount];
  yield* inSlices(ratingCount, (from, to) => {
    // In variables of its own, which an engine keeps in registers.
    let [a, b] = [first, second];
    for (let j = from; j < to; j++) {
      a = mixed(a ^ mixed(users[j] ^ mixed(items[j] ^ bits[j])));
      b = mixed(b + mixed(bits[j] + mixed(items[j] + mixed(users[j]))));
    }
    [first, second] = [a, b];
  });
  return [first, second].map((half) => (half >>> 0).toString(16).padStart(8, '0')).join('');
}

function* spread(keys: Uint32Array, count: number): Sliced<Spread> {
  const counts = new Uint32Array(count);
  yield* inSlices(keys.length, (from, to) => {
    for (let j = from; j < to; j++) counts[keys[j]]++;
  });
  counts.sort();
  const doublings: number[] = [];
  for (const n of counts) if (n > 0) doublings[31 - Math.clz32(n)] = (doublings[31 - Math.clz32(n)] ?? 0) + 1;
  return {
    doublings: Array.from(doublings, (n = 0) => n),
    min: counts[0] ?? 0,
    median: counts[count >> 1] ?? 0,
    max: counts[count - 1] ?? 0,
  };
}

function* span({ at, origin, unit }: Times): Sliced<[number, number]> {
  const [first, last] = yield* extentOf(at);
  return [origin + unit * first, origin + unit * last];
}

function* histogram({ values, scale }: RatingSet): Sliced<{ value: number; count: number }[]> {
  const steps = scale.step > 0 ? Math.round((scale.max - scale.min) / scale.step) + 1 : Infinity;
  // A single value has a scale without a span, and no step.
  const binCount = scale.max === scale.min ? 1 : Math.min(steps, 32);
  const width = steps <= 32 ? scale.step : (scale.max - scale.min) / binCount || 1;
  const counts = new Uint32Array(binCount);
  yield* inSlices(values.length, (from, to) => {
    for (let j = from; j < to; j++)
      counts[Math.min(binCount - 1, Math.floor((values[j] - scale.min) / width + 1e-6))]++;
  });
  return Array.from(counts, (count, i) => ({ value: scale.min + i * width, count }));
}
