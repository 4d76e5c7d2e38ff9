import { expect, test } from 'vitest';
import { chooseFold } from './folds';
import { divided } from './hold-out';
import { heapArrays, type Lines, sourceOf } from './lines';
import { seededRandom, shuffledIndices } from './random';
import { settle } from './sliced';

/** Two in three cells of 30 × 40, in a random order. */
function ratings(seed: number) {
  const known = [...shuffledIndices(1200, seededRandom(1))].slice(0, 800).toSorted((a, b) => a - b);
  const order = [...shuffledIndices(800, seededRandom(seed))].map((i) => known[i]);
  const triples = {
    users: Uint32Array.from(order, (cell) => Math.floor(cell / 40)),
    items: Uint32Array.from(order, (cell) => cell % 40),
    values: Float32Array.from(order),
  };
  return sourceOf(triples, 30, 40);
}

const splitOf = (order: number, fold: number, seed = 1, leave?: number) =>
  settle(
    divided(
      settle(chooseFold(ratings(order), { fold, folds: 5, seed, ...(leave && { leave }) })),
      heapArrays,
    ),
  );
const sorted = ({ value }: Lines) => [...value].toSorted((a, b) => a - b);

test('every rating is held out once, and trained on otherwise', () => {
  const splits = [0, 1, 2, 3, 4].map((fold) => splitOf(1, fold));
  const held = splits.flatMap(({ validation }) => [...validation.value]);
  expect(held.toSorted((a, b) => a - b)).toEqual(
    [...ratings(1).block(0, 800).values].toSorted((a, b) => a - b),
  );
  for (const { trainingCount, validationCount, byUser, validation } of splits) {
    expect(trainingCount + validationCount).toBe(800);
    expect(new Set([...byUser.value, ...validation.value]).size).toBe(800);
    // A fifth, give or take what chance does to 800.
    expect(Math.abs(validationCount - 160)).toBeLessThan(40);
  }
});

test('which fold a rating is in follows from the seed, and not from where it stands', () => {
  expect(sorted(splitOf(7, 2).validation)).toEqual(sorted(splitOf(1, 2).validation));
  expect(sorted(splitOf(1, 2, 9).validation)).not.toEqual(sorted(splitOf(1, 2).validation));
});

test('so many ratings of every user are left out, and another draw of them in each fold', () => {
  const splits = [0, 1, 2, 3, 4].map((fold) => splitOf(1, fold, 1, 3));
  for (const { validation, validationCount, byUser, trainingCount } of splits) {
    expect([...validation.start]).toEqual(Array.from({ length: 31 }, (_, x) => 3 * x));
    expect([validationCount, trainingCount]).toEqual([90, 710]);
    expect(new Set([...byUser.value, ...validation.value]).size).toBe(800);
  }
  // Three of some 27, five times: most are drawn once.
  expect(new Set(splits.flatMap(({ validation }) => [...validation.value])).size).toBeGreaterThan(300);
  expect(sorted(splitOf(7, 2, 1, 3).validation)).toEqual(sorted(splits[2].validation));
  expect(sorted(splitOf(1, 2, 9, 3).validation)).not.toEqual(sorted(splits[2].validation));
});

test('a user with no more ratings than are left out stays in training', () => {
  const source = sourceOf(
    {
      users: Uint32Array.of(0, 0, 1, 1, 1),
      items: Uint32Array.of(0, 1, 0, 1, 2),
      values: Float32Array.of(1, 2, 3, 4, 5),
    },
    2,
    3,
  );
  const { marks, validationCount } = settle(chooseFold(source, { fold: 0, folds: 2, seed: 1, leave: 2 }));
  expect(validationCount).toBe(2);
  expect([...marks.subarray(0, 2)]).toEqual([0, 0]);
});
