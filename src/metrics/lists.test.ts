import { expect, test } from 'vitest';
import { listMetrics } from '.';
import type { Catalogue, RankedList } from './lists';

const catalogue: Catalogue = { itemCount: 8, counts: [10, 6, 4, 3, 2, 1, 0, 0] };
const found = (id: string, lists: readonly RankedList[]) =>
  listMetrics.find((one) => one.id === id)?.ofLists(lists, catalogue);

/** Of three items, the second and none else is liked; two more that are liked are not in the list. */
const second: RankedList = {
  ...{ size: 3, items: [0, 1, 2], hits: [false, true, false], likes: 3, first: 2 },
};
/** Both that are liked stand first, in a list that is shorter than wanted. */
const short: RankedList = { size: 3, items: [3, 0], hits: [true, true], likes: 2, first: 1 };
/** What is liked stands in the fifth place; the list has none of it. */
const missed: RankedList = {
  ...{ size: 3, items: [0, 1, 4], hits: [false, false, false], likes: 1, first: 5 },
};
/** Nothing is left to recommend. */
const empty: RankedList = { size: 3, items: [], hits: [], likes: 1, first: 0 };

test.each([
  // 1/log₂3 ÷ (1 + 1/log₂3 + 1/2); a perfect order is 1 even where the list is short.
  ['ndcg', [0.6309297535714575 / 2.1309297535714578, 1, 0, 0]],
  ['recall', [1 / 3, 1, 0, 0]],
  ['precision', [1 / 3, 2 / 3, 0, 0]],
  ['mrr', [1 / 2, 1, 1 / 5, 0]],
  ['hitRate', [1, 1, 0, 0]],
  ['meanPopularity', [20 / 3, 6.5, 6, 0]],
])('by hand: %s of one list, and the mean and its standard error of four', (id, expected) => {
  const lists = [second, short, missed, empty];
  for (const [i, list] of lists.entries()) {
    expect(found(id, [list])?.value).toBeCloseTo(expected[i], 12);
    expect(found(id, [list])?.error).toBeNull();
  }
  const mean = expected.reduce((sum, value) => sum + value, 0) / 4;
  const variance = expected.reduce((sum, value) => sum + (value - mean) ** 2, 0) / 3;
  expect(found(id, lists)?.value).toBeCloseTo(mean, 12);
  expect(found(id, lists)?.error).toBeCloseTo(Math.sqrt(variance / 4), 12);
});

test('by hand: coverage counts every item once, of all there are', () => {
  expect(found('catalogueCoverage', [second, short])).toEqual({ value: 4 / 8, error: null });
  expect(found('catalogueCoverage', [second, short, missed, empty])?.value).toBe(5 / 8);
});

test('every metric of lists has its test here', () => {
  const tested = ['ndcg', 'recall', 'precision', 'mrr', 'hitRate', 'catalogueCoverage', 'meanPopularity'];
  expect(listMetrics.map(({ id }) => id)).toEqual(tested);
});
