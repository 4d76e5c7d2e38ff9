import fc from 'fast-check';
import { expect, test } from 'vitest';
import { holdOut as dividing, sourceOfSplit } from './hold-out';
import { type Lines, type RatingSource, sourceOf } from './lines';
import { drawPicture } from './pictures/pictures';
import { shopRatings } from './pictures/shop';
import { settle } from './sliced';

const ratings = shopRatings(drawPicture({ kind: 'plasma', size: 32, seed: 1, rank: 1 }), 32, 32, 'plasma', {
  knownShare: 0.5,
  noise: 0,
  seed: 1,
});

const source = sourceOf(ratings, 32, 32);
const holdOut = (from: RatingSource, share: number, seed: number) =>
  settle(dividing(from, { kind: 'random', share, seed }));

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

/** Three users, ten ratings; times are positions in `order`. */
const timed = (order: readonly number[], testCount = 0) => {
  const users = Uint32Array.of(0, 0, 0, 0, 1, 1, 1, 2, 0, 1);
  const items = Uint32Array.of(0, 1, 2, 3, 0, 1, 2, 3, 4, 4);
  const values = Float32Array.of(1, 2, 3, 4, 5, 1, 2, 3, 4, 5);
  const times = { at: Uint32Array.from(order), origin: 0, unit: 1 };
  return sourceOf({ users, items, values, times, testCount }, 3, 5);
};
const of = (from: RatingSource, kind: 'latest' | 'last' | 'test', share = 0.3) =>
  settle(dividing(from, { kind, share, seed: 3 }));
/** Where each user has rated one item, of the same number. */
const usersOf = ({ other }: Lines) => [...other];
const whens = ({ time }: Lines) => [...(time ?? [])].sort((a, b) => a - b);

test('by time, the latest ratings of all are held out, and times stay with their ratings', () => {
  const order = [9, 4, 7, 1, 3, 8, 0, 2, 6, 5];
  const split = of(timed(order), 'latest');
  expect(whens(split.validation)).toEqual([7, 8, 9]);
  expect(whens(split.byUser)).toEqual([0, 1, 2, 3, 4, 5, 6]);
  expect(words(split.validation)).toEqual(['0 0 1', '0 2 3', '1 1 1']);
  // Again, and otherwise, from what was divided.
  const again = of(sourceOfSplit(split), 'latest', 0.5);
  expect(whens(again.validation)).toEqual([5, 6, 7, 8, 9]);
  expect(of(sourceOfSplit(again), 'latest')).toEqual(split);
});

test('ratings of the same time are held out at random, as many as were asked for', () => {
  const split = of(timed(Array.from({ length: 10 }, () => 5)), 'latest', 0.4);
  expect(split.validationCount).toBe(4);
  expect([...words(split.byUser), ...words(split.validation)]).toHaveLength(10);
  const turned = of(sourceOfSplit(split), 'latest', 0.4);
  expect(words(turned.validation)).toEqual(words(split.validation));
});

test('the last rating of every user who has another is held out', () => {
  const split = of(timed([9, 4, 7, 1, 3, 8, 0, 2, 6, 5]), 'last');
  expect(words(split.validation)).toEqual(['0 0 1', '1 1 1']);
  expect(split.trainingCount).toBe(8);
  // User 2 has a single one.
  expect(words(split.byUser)).toContain('2 3 3');
});

test('a test set is held out as it came, and stays so however often it is divided', () => {
  const split = of(timed([9, 4, 7, 1, 3, 8, 0, 2, 6, 5], 2), 'test');
  expect(words(split.validation)).toEqual(['0 4 4', '1 4 5']);
  expect(of(sourceOfSplit(split), 'test')).toEqual(split);
  expect(of(timed([9, 4, 7, 1, 3, 8, 0, 2, 6, 5]), 'test').validationCount).toBe(0);
});

test('the latest of many ratings are those with the largest times', () => {
  fc.assert(
    fc.property(
      fc.array(fc.nat(4_000_000_000), { minLength: 2, maxLength: 200 }),
      fc.double({ min: 0, max: 0.9, noNaN: true }),
      (at, share) => {
        const n = at.length;
        const index = Uint32Array.from({ length: n }, (_, j) => j);
        const times = { at: Uint32Array.from(at), origin: 0, unit: 1 };
        const from = sourceOf({ users: index, items: index, values: new Float32Array(n), times }, n, n);
        const { validation, byUser } = of(from, 'latest', share);
        // Users are ratings here; of the same time, the later in the file is the later.
        const timesOf = (lines: Lines) => usersOf(lines).map((x) => at[x]);
        const [before, after] = [timesOf(byUser), timesOf(validation)];
        expect(Math.max(...before)).toBeLessThanOrEqual(Math.min(...after));
        const sorted = [...index].sort((a, b) => at[a] - at[b] || a - b);
        expect(usersOf(validation).sort((a, b) => a - b)).toEqual(
          sorted.slice(n - after.length).sort((a, b) => a - b),
        );
      },
    ),
    { seed: 2 },
  );
});
