import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { lcg } from './fixtures/golden';
import { noItem, type Ranker, type RankingTask, rankItems, type Scoring } from './ranking';
import { simdRanker } from './simd/ranker';

const module = new WebAssembly.Module(readFileSync(new URL('./simd/wasm/own.wasm', import.meta.url)));
const rankers: [string, Ranker][] = [
  ['the page', rankItems],
  ['SIMD', simdRanker(module, false)],
];

/** Some others of every line. */
const linesOf = (...others: number[][]) => ({
  start: Uint32Array.from([0, ...others.map((_, i) => others.slice(0, i + 1).flat().length)]),
  other: Uint32Array.from(others.flat()),
});

/** Scores of one user, as item biases. */
const scored = (...scores: number[]): Scoring => ({
  rank: 0,
  itemBias: Float32Array.from(scores),
  userFactors: new Float32Array(0),
  itemFactors: new Float32Array(0),
});

const taskOf = (count: number, change: Partial<RankingTask> = {}): RankingTask => ({
  seen: linesOf([]),
  liked: linesOf([]),
  order: Uint32Array.from({ length: count }, (_, y) => y),
  size: 3,
  ...change,
});

describe.each(rankers)('%s', (_, rank) => {
  test('by hand: the best first, without what was seen', () => {
    const model = scored(1, 5, 3, 4, 2);
    expect([...rank(model, taskOf(5)).top]).toEqual([1, 3, 2]);
    const seen = linesOf([1, 2]);
    expect([...rank(model, taskOf(5, { seen })).top]).toEqual([3, 4, 0]);
  });

  test('of equals, the earlier in the order comes first, also at the edge of the list', () => {
    const model = scored(7, 7, 7, 7, 9);
    expect([...rank(model, taskOf(5)).top]).toEqual([4, 0, 1]);
    const order = Uint32Array.of(3, 2, 4, 1, 0);
    expect([...rank(model, taskOf(5, { order })).top]).toEqual([4, 3, 2]);
    expect([...rank(model, taskOf(5, { order, liked: linesOf([0, 1]) })).first]).toEqual([4]);
  });

  test('with fewer items than wanted, the rest of the list is empty', () => {
    const { top } = rank(scored(2, 3), taskOf(2, { seen: linesOf([1]) }));
    expect([...top]).toEqual([0, noItem, noItem]);
  });

  test('the first liked item is found beyond the list, and is none where all were seen, or nothing is liked', () => {
    const model = scored(9, 8, 7, 6, 5, 4);
    const first = (liked: number[], seen: number[] = []) =>
      rank(model, taskOf(6, { liked: linesOf(liked), seen: linesOf(seen) })).first[0];
    expect(first([5, 4])).toBe(5);
    expect(first([5, 4], [0, 1])).toBe(3);
    expect(first([0])).toBe(1);
    expect(first([3], [3])).toBe(0);
    expect(first([])).toBe(0);
  });
});

test('SIMD ranks for many users as the page does, at any rank, size and number of items', () => {
  const next = lcg(5);
  const [page, simd] = rankers.map(([, rank]) => rank);
  for (const [userCount, itemCount, k, size] of [
    [1, 1, 1, 1],
    [7, 8, 3, 10],
    [13, 61, 4, 5],
    [30, 203, 20, 10],
    [9, 130, 128, 40],
  ]) {
    const floats = (length: number) => Float32Array.from({ length }, () => next() - 0.5);
    const model = {
      rank: k,
      itemBias: floats(itemCount),
      ...{ userFactors: floats(userCount * k), itemFactors: floats(itemCount * k) },
    };
    const some = (share: number) =>
      linesOf(
        ...Array.from({ length: userCount }, () => [...Array(itemCount).keys()].filter(() => next() < share)),
      );
    const task = taskOf(itemCount, {
      ...{ seen: some(0.3), liked: some(0.1), size },
    });
    expect(simd(model, task)).toEqual(page(model, task));
  }
});
