import type { RatingSet } from './rating-set';
import { inSlices, type Sliced } from './sliced';

/** The least and the greatest of some numbers. */
export function* extentOf(numbers: ArrayLike<number>): Sliced<[least: number, greatest: number]> {
  let [least, greatest] = [numbers[0], numbers[0]];
  yield* inSlices(numbers.length, (from, to) => {
    // In variables of its own, which an engine keeps in registers.
    let [low, high] = [least, greatest];
    for (let j = from; j < to; j++) {
      const number = numbers[j];
      if (number < low) low = number;
      if (number > high) high = number;
    }
    [least, greatest] = [low, high];
  });
  return [least, greatest];
}

/** How often each value occurs; null where there are more than 256 different ones. */
export function* countsOfValues(values: Float32Array): Sliced<Map<number, number> | null> {
  const counts = new Map<number, number>();
  // Most values are among those that were seen last: these are counted without a look into the map.
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
 * Ratings well beyond the few values that almost all of them take: a slip of the keyboard, or another scale. There
 * are none among less than a hundred ratings, nor where more than one in a hundred would be one.
 *
 * @param mostPositions positions of so many are given, ascending; all are counted
 * @returns `usual` is the least and the greatest of the usual values
 */
export function farOff(
  values: Float32Array,
  counts: Map<number, number> | null,
  mostPositions: number,
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
  for (let j = 0; j < values.length && positions.length < mostPositions; j++)
    if (isOff(values[j])) positions.push(j);
  return { count, positions, usual: [least, most] };
}

/** The least and the greatest value, and the spacing of the distinct values where they lie on a grid of at most 256. */
export function* scaleOf(
  values: Float32Array,
  counts: Map<number, number> | null,
): Sliced<RatingSet['scale']> {
  if (!counts) {
    const [min, max] = yield* extentOf(values);
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

/** More values than this are not looked at to tell what they mean. */
const mostLooked = 10_000;

/**
 * Whether values look like counts, of plays or hours: none below zero, some in the hundreds, and the greatest many times
 * what is usual. No scale of ratings is like that.
 */
export function areCounts(values: Float32Array, { min, max }: RatingSet['scale']): boolean {
  if (min < 0 || max <= 100) return false;
  const looked = values.slice(0, mostLooked).sort();
  const [middle, high] = [0.5, 0.99].map((share) => looked[Math.floor(share * looked.length)]);
  return high > 5 * Math.max(1, middle);
}
