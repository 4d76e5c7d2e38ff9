import fc from 'fast-check';
import { expect, test } from 'vitest';
import { holdOut } from './hold-out';
import { drawPicture } from './pictures/pictures';
import { shopRatings } from './pictures/shop';

const ratings = shopRatings(drawPicture({ kind: 'plasma', size: 32, seed: 1, rank: 1 }), 32, 32, 'plasma', {
  knownShare: 0.5,
  noise: 0,
  seed: 1,
});

test('splits exactly, loses nothing, keeps the order, follows the seed', () => {
  fc.assert(
    fc.property(fc.double({ min: 0, max: 0.9, noNaN: true }), fc.nat(), (share, seed) => {
      const { training, validation, trainingIndex, validationIndex } = holdOut(ratings, share, seed);
      expect(validationIndex).toHaveLength(Math.round(share * 512));
      expect([...trainingIndex, ...validationIndex].sort((a, b) => a - b)).toEqual(
        Array.from({ length: 512 }, (_, j) => j),
      );
      expect(trainingIndex).toEqual(trainingIndex.slice().sort());
      expect(Array.from(validation.values)).toEqual(Array.from(validationIndex, (j) => ratings.values[j]));
      expect(Array.from(training.users)).toEqual(Array.from(trainingIndex, (j) => ratings.users[j]));
      expect(holdOut(ratings, share, seed).validationIndex).toEqual(validationIndex);
    }),
    { seed: 1, numRuns: 30 },
  );
});

test('something is always left to train on', () => {
  const one = {
    ...ratings,
    ratingCount: 1,
    users: ratings.users.slice(0, 1),
    items: ratings.items.slice(0, 1),
    values: ratings.values.slice(0, 1),
  };
  expect(holdOut(one, 0.9, 1).training.values).toHaveLength(1);
});
