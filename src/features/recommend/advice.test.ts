import { describe, expect, test } from 'vitest';
import type { RunConfig } from '../../methods/config';
import { foldIns } from '../../methods/person';
import type { Snapshot } from '../../methods/snapshot';
import { holdOut } from '../../ratings/hold-out';
import { sourceOf } from '../../ratings/lines';
import { settle } from '../../ratings/sliced';
import { adviceFor, type Basis, type Wanted } from './advice';
import { nobodyWanted } from './slice';

const advised = (...asked: Parameters<typeof adviceFor>) => settle(adviceFor(...asked));

/** Three users and five items; the last rating of user 0 was kept from learning. */
const triples = {
  users: Uint32Array.of(0, 0, 1, 1, 2, 2, 0),
  items: Uint32Array.of(0, 1, 0, 2, 2, 3, 3),
  values: Float32Array.of(5, 1, 4, 3, 2, 5, 4.5),
  testCount: 1,
};
const scale = { min: 1, max: 5, step: 0.5 };
const split = settle(holdOut(sourceOf(triples, 3, 5), { kind: 'test', share: 0, seed: 1 }));
const config: RunConfig = {
  ...{ method: 'als', rank: 1, lambda: 1, regularisation: 'plain', baseline: 'mean', learningRate: 0.1 },
  ...{ initial: 'normal', initialNoise: 0.1, seed: 1, holdOutShare: 0 },
};
const frame: Snapshot = {
  ...{ method: 'als', step: 2, observations: 12, flops: 0, seconds: 0, rank: 1, tallies: {}, values: {} },
  ...{ userCount: 3, itemCount: 5, mean: 3, userBias: Float32Array.of(0.5, 0, 0) },
  itemBias: Float32Array.of(0, 0, 0.25, -1, 1),
  userFactors: Float32Array.of(1, 2, -1),
  itemFactors: Float32Array.of(1, -2, 0.5, 2, 0.25),
};
const basis: Basis = {
  ...{ frame, before: null, config, scale, split },
  foldIn: foldIns.exact,
};
const want = (change: Partial<Wanted> = {}): Wanted => ({ ...nobodyWanted, atLeast: 1, ...change });

describe('for a user', () => {
  const advice = advised(basis, want());

  test('the best that they have not rated come first, of items that enough have rated, each with its terms', () => {
    expect(advice.best.map(({ item, prediction }) => [item, prediction])).toEqual([
      [3, 4.5],
      [2, 4.25],
    ]);
    const [{ terms, heldOut }] = advice.best;
    expect(terms).toEqual({ mean: 3, userBias: 0.5, itemBias: -1, product: 2, prediction: 4.5 });
    expect([heldOut, advice.best[1].heldOut, advice.heldOutCount]).toEqual([4.5, null, 1]);
    expect(advised(basis, want({ atLeast: 2 })).best.map(({ item }) => item)).toEqual([2]);
  });

  test('what was learnt of them is told, the highest first', () => {
    expect(advice.known).toEqual([
      { item: 0, value: 5 },
      { item: 1, value: 1 },
    ]);
  });

  test('the first is explained, or whatever is asked for: by what the ratings add, which adds up', () => {
    // Against items 1 and −2, 5 − 3 and 1 − 3 with λ 1 make a row of (1·2 + −2·−2)/(1 + 4 + 1) = 1: 2/6 and 4/6 of it.
    const { item, folded, rating, similar } = advice.reason!;
    expect([item, rating]).toEqual([3, { value: 4.5, isHeldOut: true }]);
    expect(folded?.product).toBeCloseTo(2, 6);
    expect(folded?.up.map((one) => [one.item, one.value])).toEqual([
      [1, 1],
      [0, 5],
    ]);
    expect(folded?.up[0].owed).toBeCloseTo(4 / 3, 6);
    expect(folded).toMatchObject({ down: [], others: 0, rest: expect.closeTo(0, 6) });
    expect(similar).toEqual([
      { row: 0, cosine: 1 },
      { row: 2, cosine: 1 },
      { row: 1, cosine: -1 },
    ]);
    expect(advised(basis, want({ item: 0 })).reason?.rating).toEqual({ value: 5, isHeldOut: false });
  });

  test('who is alike is found by their factors, without themselves', () => {
    expect(advice.similar).toEqual([
      { row: 1, cosine: 1 },
      { row: 2, cosine: -1 },
    ]);
  });

  test('what was not there a frame before is new', () => {
    expect(advice.steady).toBeNull();
    const before = {
      ...frame,
      step: 1.5,
      itemFactors: Float32Array.of(1, -2, 0, 0, 0),
      itemBias: Float32Array.of(0, 0, 0, -1, 1),
    };
    const later = advised({ ...basis, before }, want());
    expect(later.steady).toEqual({ count: 1, step: 1.5 });
    expect(later.best.map(({ item, isNew }) => [item, isNew])).toEqual([
      [3, false],
      [2, true],
    ]);
  });
});

test('who rates here is folded in at once, and is asked about nothing that they rated', () => {
  const none = advised(basis, want({ who: 'you' }));
  expect(none.best.map(({ item, prediction }) => [item, prediction])).toEqual([
    [2, 3.25],
    [0, 3],
    [1, 3],
    [3, 2],
  ]);
  expect(none.reason?.folded).toBeNull();
  const mine = [
    { item: 3, value: 5 },
    { item: 0, value: 4 },
  ];
  const some = advised(basis, want({ who: 'you', mine }));
  // (1·1 + 2·3) / (1 + 4 + 1)
  const row = 7 / 6;
  expect(some.best.map(({ item }) => item)).toEqual([2, 1]);
  expect(some.best[0].prediction).toBeCloseTo(3.25 + 0.5 * row, 6);
  expect(some.known.map(({ item }) => item)).toEqual([3, 0]);
});

test('without the ratings every item that the model knows is recommended, and nothing is said of what was rated', () => {
  const alone = advised({ ...basis, split: null, config: null }, want());
  expect(alone.best).toHaveLength(5);
  expect([alone.known, alone.heldOutCount, alone.reason?.folded]).toEqual([[], 0, null]);
});
