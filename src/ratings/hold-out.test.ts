import fc from 'fast-check';
import { expect, test } from 'vitest';
import { holdOut as dividing, sourceOfSplit } from './hold-out';
import { type Lines, type Source, sourceOf } from './lines';
import { drawPicture } from './pictures/pictures';
import { shopRatings } from './pictures/shop';
import { settle } from './sliced';

const ratings = shopRatings(drawPicture({ kind: 'plasma', size: 32, seed: 1, rank: 1 }), 32, 32, 'plasma', {
  knownShare: 0.5,
  noise: 0,
  seed: 1,
});

const source = sourceOf(ratings, 32, 32);
const holdOut = (from: Source, share: number, seed: number) => settle(dividing(from, share, seed));

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
      const { byUser, byItem, validation, trainingCount, validationCount } = holdOut(source, share, seed);
      expect(validationCount).toBe(Math.round(share * 512));
      expect([byUser.value.length, byItem.value.length]).toEqual([trainingCount, trainingCount]);
      expect([...words(byUser), ...words(validation)].sort()).toEqual(all);
      const turned = words(byItem).map((word) => word.replace(/^(\d+) (\d+)/, '$2 $1'));
      expect(turned.sort()).toEqual(words(byUser).sort());
      expect(words(holdOut(source, share, seed).validation)).toEqual(words(validation));
    }),
    { seed: 1, numRuns: 30 },
  );
});

test('neither the order of the ratings nor an earlier division has a say', () => {
  const turned = {
    users: ratings.users.slice().reverse(),
    items: ratings.items.slice().reverse(),
    values: ratings.values.slice().reverse(),
  };
  const expected = holdOut(source, 0.3, 7);
  expect(holdOut(sourceOf(turned, 32, 32), 0.3, 7)).toEqual(expected);
  expect(holdOut(sourceOfSplit(holdOut(source, 0.6, 2)), 0.3, 7)).toEqual(expected);
});

test('lines are ordered by the other side', () => {
  const { byUser, byItem } = holdOut(source, 0.2, 5);
  for (const { lineCount, start, other } of [byUser, byItem])
    for (let x = 0; x < lineCount; x++)
      for (let p = start[x] + 1; p < start[x + 1]; p++) expect(other[p]).toBeGreaterThan(other[p - 1]);
});

test('every rating is held out about as often as the others', () => {
  const times = new Map<string, number>();
  for (let seed = 0; seed < 400; seed++)
    for (const word of words(holdOut(source, 0.25, seed).validation))
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
  expect(holdOut(sourceOf(one, 32, 32), 0.9, 1).trainingCount).toBe(1);
});
