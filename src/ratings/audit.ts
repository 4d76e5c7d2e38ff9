import type { RatingSet, Times } from './rating-set';
import { pause, type Sliced } from './sliced';

export interface Spread {
  readonly min: number;
  readonly median: number;
  readonly max: number;
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
}

export function* audit(ratings: RatingSet): Sliced<AuditReport> {
  const { userCount, itemCount, ratingCount, users, items, values, times } = ratings;
  let sum = 0;
  for (const value of values) sum += value;
  yield pause;
  const perUser = spread(users, userCount);
  yield pause;
  const perItem = spread(items, itemCount);
  yield pause;
  const timeSpan = times && ratingCount > 0 ? span(times) : null;
  yield pause;
  return {
    density: ratingCount / (userCount * itemCount),
    mean: sum / ratingCount,
    perUser,
    perItem,
    timeSpan,
    histogram: histogram(ratings),
  };
}

function spread(keys: Uint32Array, count: number): Spread {
  const counts = new Uint32Array(count);
  for (const key of keys) counts[key]++;
  counts.sort();
  return { min: counts[0] ?? 0, median: counts[count >> 1] ?? 0, max: counts[count - 1] ?? 0 };
}

function span({ at, origin, unit }: Times): [number, number] {
  let [first, last] = [at[0], at[0]];
  for (const time of at) {
    if (time < first) first = time;
    if (time > last) last = time;
  }
  return [origin + unit * first, origin + unit * last];
}

function histogram({ values, scale }: RatingSet): { value: number; count: number }[] {
  const steps = scale.step > 0 ? Math.round((scale.max - scale.min) / scale.step) + 1 : 32;
  const binCount = Math.min(steps, 32);
  const width = steps <= 32 ? scale.step || 1 : (scale.max - scale.min) / binCount || 1;
  const counts = new Uint32Array(binCount);
  for (const value of values)
    counts[Math.min(binCount - 1, Math.floor((value - scale.min) / width + 1e-6))]++;
  return Array.from(counts, (count, i) => ({ value: scale.min + i * width, count }));
}
