import type { RatingSet } from '../src/ratings/rating-set';
import { madeUpRatings, type SampleSize } from '../src/ratings/sample';

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

/** The made-up sample at a size of its own: seeded, long-tailed. */
export function sampleOf(size: SampleSize): RatingSet {
  const work = madeUpRatings(size, 1, 'sample');
  for (;;) {
    const slice = work.next();
    if (slice.done) return slice.value;
  }
}
