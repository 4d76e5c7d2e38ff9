import fc from 'fast-check';
import { expect, test } from 'vitest';
import { holdOut } from './hold-out';
import type { Lines } from './lines';
import { drawPicture } from './pictures/pictures';
import { shopRatings } from './pictures/shop';

const ratings = shopRatings(drawPicture({ kind: 'plasma', size: 32, seed: 1, rank: 1 }), 32, 32, 'plasma', {
  knownShare: 0.5,
  noise: 0,
  seed: 1,
});

/** Every rating of some lines by user, as words that can be compared. */
const words = ({ lineCount, start, other, value }: Lines) =>
  Array.from({ length: lineCount }, (_, x) =>
    Array.from(
      { length: start[x + 1] - start[x] },
      (_, i) => `${x} ${other[start[x] + i]} ${value[start[x] + i]}`,
    ),
  ).flat();
const all = Array.from(ratings.users, (x, j) => `${x} ${ratings.items[j]} ${ratings.values[j]}`).sort();

test('splits exactly, loses nothing, follows the seed', () => {
  fc.assert(
    fc.property(fc.double({ min: 0, max: 0.9, noNaN: true }), fc.nat(), (share, seed) => {
      const { byUser, byItem, validation, trainingCount, validationCount } = holdOut(ratings, share, seed);
      expect(validationCount).toBe(Math.round(share * 512));
      expect([byUser.value.length, byItem.value.length]).toEqual([trainingCount, trainingCount]);
      expect([...words(byUser), ...words(validation)].sort()).toEqual(all);
      const turned = words(byItem).map((word) => word.replace(/^(\d+) (\d+)/, '$2 $1'));
      expect(turned.sort()).toEqual(words(byUser).sort());
      expect(words(holdOut(ratings, share, seed).validation)).toEqual(words(validation));
    }),
    { seed: 1, numRuns: 30 },
  );
});

test('lines are ordered by the other side', () => {
  const { byUser, byItem } = holdOut(ratings, 0.2, 5);
  for (const { lineCount, start, other } of [byUser, byItem])
    for (let x = 0; x < lineCount; x++)
      for (let p = start[x] + 1; p < start[x + 1]; p++) expect(other[p]).toBeGreaterThan(other[p - 1]);
});

test('every rating is held out about as often as the others', () => {
  const times = new Map<string, number>();
  for (let seed = 0; seed < 400; seed++)
    for (const word of words(holdOut(ratings, 0.25, seed).validation))
      times.set(word, (times.get(word) ?? 0) + 1);
  expect(times.size).toBe(512);
  expect(Math.min(...times.values())).toBeGreaterThan(60);
  expect(Math.max(...times.values())).toBeLessThan(140);
});

test('something is always left to train on', () => {
  const one = {
    ...ratings,
    ratingCount: 1,
    users: ratings.users.slice(0, 1),
    items: ratings.items.slice(0, 1),
    values: ratings.values.slice(0, 1),
  };
  expect(holdOut(one, 0.9, 1).trainingCount).toBe(1);
});
