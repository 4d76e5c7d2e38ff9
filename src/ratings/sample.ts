import { type Random, seededRandom } from './random';

const userCount = 600;
const itemCount = 2000;
const ratingCount = 60_000;
const rank = 6;

/**
 * The made-up sample: MovieLens's ratings.csv in form, drawn from a seed. 600 users and 2,000 films with long tails,
 * half stars from biases, a true rank of six, and noise. Every user has at least 20 ratings.
 */
export function sampleCsv(seed: number): string {
  const random = seededRandom(seed ^ 0x73616d70);
  const normals = (count: number, deviation: number) =>
    Float64Array.from({ length: count }, () => deviation * random.normal());
  const userBias = normals(userCount, 0.4);
  const itemBias = normals(itemCount, 0.4);
  const tastes = normals(userCount * rank, 0.62);
  const traits = normals(itemCount * rank, 0.62);
  const popularity = cumulative(Float64Array.from({ length: itemCount }, (_, y) => 1 / (y + 12) ** 0.95));
  const lines = ['userId,movieId,rating,timestamp'];
  for (const [x, count] of ratingsPerUser(random).entries()) {
    let time = 1_000_000_000 + Math.floor(4e8 * random.uniform());
    for (const y of distinctItems(count, popularity, random)) {
      let value = 3.55 + userBias[x] + itemBias[y] + 0.15 * random.normal();
      for (let f = 0; f < rank; f++) value += tastes[x * rank + f] * traits[y * rank + f];
      value += 0.5 * random.normal();
      time += 20 + random.below(400);
      lines.push(`${x + 1},${y + 1},${Math.min(5, Math.max(0.5, Math.round(2 * value) / 2))},${time}`);
    }
  }
  return `${lines.join('\n')}\n`;
}

/** Long-tailed activity: everybody 20, the rest shared out by weights e^{1.1·normal}, `ratingCount` in all. */
function ratingsPerUser(random: Random): Uint32Array {
  const weights = Float64Array.from({ length: userCount }, () => Math.exp(1.1 * random.normal()));
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  const counts = Uint32Array.from(
    weights,
    (weight) => 20 + Math.min(1200, Math.floor(((ratingCount - 20 * userCount) * weight) / total)),
  );
  let missing = ratingCount - counts.reduce((sum, count) => sum + count, 0);
  for (let x = 0; missing > 0; x = (x + 1) % userCount) {
    if (counts[x] >= 1200) continue;
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

/** So many different items, drawn in proportion to their popularity. */
function distinctItems(count: number, popularity: Float64Array, random: Random): Set<number> {
  const chosen = new Set<number>();
  const total = popularity[popularity.length - 1];
  while (chosen.size < count) {
    const at = random.uniform() * total;
    let low = 0;
    let high = popularity.length - 1;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (popularity[middle] < at) low = middle + 1;
      else high = middle;
    }
    chosen.add(low);
  }
  return chosen;
}
