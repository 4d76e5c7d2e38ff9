import { existsSync, readFileSync } from 'node:fs';
import { collector } from '../src/ratings/collector';
import { textReader } from '../src/ratings/formats/text';
import type { RatingSet } from '../src/ratings/rating-set';
import { madeUpRatings, type SampleSize } from '../src/ratings/sample';
import { settle } from '../src/ratings/sliced';

/** Every cell known, a byte each. */
export function completeRatings(size: number): RatingSet {
  const ratingCount = size * size;
  const of = (value: (j: number) => number) => Uint32Array.from({ length: ratingCount }, (_, j) => value(j));
  return {
    ...{ name: `${size} × ${size}`, userCount: size, itemCount: size, ratingCount },
    users: of((j) => Math.floor(j / size)),
    items: of((j) => j % size),
    values: Float32Array.from({ length: ratingCount }, (_, j) => (j * 2654435761) % 256),
    ...{ times: null, userIds: null, itemIds: null, scale: { min: 0, max: 255, step: 1 } },
  };
}

/** The real MovieLens (100,004 ratings), where it lies beside the project; else null, and a line that says so. */
export function movieLens(): RatingSet | null {
  const file = new URL('../../../shared/data/ml-latest-small/ratings.csv', import.meta.url);
  if (!existsSync(file)) {
    console.log('MovieLens is not there (../shared/data/ml-latest-small): left out');
    return null;
  }
  const rows = collector();
  const reader = textReader('ratings.csv', rows);
  reader.push(readFileSync(file, 'utf8'));
  const result = reader.finish();
  if (!result.ok) throw new Error(result.problem.code);
  return settle(rows.finish('ratings.csv')).ratings;
}

/** The made-up sample at a size of its own: seeded, long-tailed. */
export function sampleOf(size: SampleSize): RatingSet {
  const work = madeUpRatings(size, 1, 'sample');
  for (;;) {
    const slice = work.next();
    if (slice.done) return slice.value;
  }
}
