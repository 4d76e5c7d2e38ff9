import { type Random, seededRandom } from './random';
import type { RatingSet } from './rating-set';

/** How many there are of each; ratings are at most a third of the cells. */
export interface SampleSize {
  readonly userCount: number;
  readonly itemCount: number;
  readonly ratingCount: number;
}

export const sampleSizes = {
  small: { userCount: 600, itemCount: 2000, ratingCount: 60_000 },
  /** As many as MovieLens 1M, and as the full MovieLens of 2018. */
  million: { userCount: 6040, itemCount: 3706, ratingCount: 1_000_000 },
  full: { userCount: 270_000, itemCount: 45_000, ratingCount: 26_000_000 },
} as const satisfies Record<string, SampleSize>;

const rank = 6;
const leastPerUser = 20;

/** The made-up sample as text: MovieLens's ratings.csv in form, drawn from a seed (see `madeUp`). */
export function sampleCsv(seed: number): string {
  const lines = ['userId,movieId,rating,timestamp'];
  const work = madeUp(sampleSizes.small, seed, (x, y, value, time) =>
    lines.push(`${x + 1},${y + 1},${value},${time}`),
  );
  while (!work.next().done);
  return `${lines.join('\n')}\n`;
}

/** The same as a RatingSet of any size; yields how many ratings there are so far. */
export function* madeUpRatings(size: SampleSize, seed: number, name: string): Generator<number, RatingSet> {
  const { ratingCount } = size;
  const users = new Uint32Array(ratingCount);
  const items = new Uint32Array(ratingCount);
  const values = new Float32Array(ratingCount);
  let j = 0;
  for (const x of madeUp(size, seed, (x, y, value) => {
    users[j] = x;
    items[j] = y;
    values[j++] = value;
  }))
    if (x % 64 === 0) yield j;
  const scale = { min: 0.5, max: 5, step: 0.5 };
  return { name, ...size, users, items, values, times: null, userIds: null, itemIds: null, scale };
}

/**
 * Films and people drawn from a seed, with long tails: half stars from biases, a true rank of six, and noise. Every
 * user has at least 20 ratings, and no film twice. Calls `rate` for every rating, and yields each user that is done.
 */
function* madeUp(
  { userCount, itemCount, ratingCount }: SampleSize,
  seed: number,
  rate: (x: number, y: number, value: number, time: number) => void,
): Generator<number, void> {
  const random = seededRandom(seed ^ 0x73616d70);
  const normals = (count: number, deviation: number) =>
    Float64Array.from({ length: count }, () => deviation * random.normal());
  const userBias = normals(userCount, 0.4);
  const itemBias = normals(itemCount, 0.4);
  const tastes = normals(userCount * rank, 0.62);
  const traits = normals(itemCount * rank, 0.62);
  const popularity = cumulative(Float64Array.from({ length: itemCount }, (_, y) => 1 / (y + 12) ** 0.95));
  const drawnBy = new Int32Array(itemCount).fill(-1);
  for (const [x, count] of ratingsPerUser(userCount, itemCount, ratingCount, random).entries()) {
    let time = 1_000_000_000 + Math.floor(4e8 * random.uniform());
    for (const y of distinctItems(x, count, popularity, drawnBy, random)) {
      let value = 3.55 + userBias[x] + itemBias[y] + 0.15 * random.normal();
      for (let f = 0; f < rank; f++) value += tastes[x * rank + f] * traits[y * rank + f];
      value += 0.5 * random.normal();
      time += 20 + random.below(400);
      rate(x, y, Math.min(5, Math.max(0.5, Math.round(2 * value) / 2)), time);
    }
    yield x;
  }
}

/** How many ratings each user has: 20, and a share of the rest by weights e^{1.1·normal}, which have a long tail. */
function ratingsPerUser(
  userCount: number,
  itemCount: number,
  ratingCount: number,
  random: Random,
): Uint32Array {
  const most = Math.floor(0.6 * itemCount);
  const weights = Float64Array.from({ length: userCount }, () => Math.exp(1.1 * random.normal()));
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  const rest = ratingCount - leastPerUser * userCount;
  const counts = Uint32Array.from(
    weights,
    (weight) => leastPerUser + Math.min(most, Math.floor((rest * weight) / total)),
  );
  let missing = ratingCount - counts.reduce((sum, count) => sum + count, 0);
  for (let x = 0; missing > 0; x = (x + 1) % userCount) {
    if (counts[x] >= most) continue;
    counts[x]++;
    missing--;
  }
  return counts;
}

function cumulative(weights: Float64Array): Float64Array {
  let sum = 0;
  return weights.map((weight) => {
    sum += weight;
    return sum;
  });
}

/** Draws so many different items in proportion to their popularity. `drawnBy[y]` is who drew item y last. */
function distinctItems(
  who: number,
  count: number,
  popularity: Float64Array,
  drawnBy: Int32Array,
  random: Random,
): Uint32Array {
  const chosen = new Uint32Array(count);
  const total = popularity[popularity.length - 1];
  for (let n = 0; n < count; ) {
    const at = random.uniform() * total;
    let low = 0;
    let high = popularity.length - 1;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (popularity[middle] < at) low = middle + 1;
      else high = middle;
    }
    if (drawnBy[low] === who) continue;
    drawnBy[low] = who;
    chosen[n++] = low;
  }
  return chosen;
}
