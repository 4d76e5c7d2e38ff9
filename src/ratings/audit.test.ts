import { expect, test } from 'vitest';
import { audit, coldOf } from './audit';
import { holdOut } from './hold-out';
import { sourceOf } from './lines';
import type { RatingSet } from './rating-set';
import { settle } from './sliced';

const of = (rows: readonly [user: number, item: number, value: number][], testCount = 0): RatingSet => ({
  name: 'few',
  userCount: 3,
  itemCount: 4,
  ratingCount: rows.length,
  users: Uint32Array.from(rows, ([user]) => user),
  items: Uint32Array.from(rows, ([, item]) => item),
  values: Float32Array.from(rows, ([, , value]) => value),
  times: { at: Uint32Array.from(rows, (_, j) => 10 * j), origin: 1000, unit: 0.5 },
  userIds: null,
  itemIds: null,
  scale: { min: 1, max: 5, step: 1 },
  testCount,
});
const rows: [number, number, number][] = [
  [0, 0, 1],
  [0, 1, 5],
  [0, 2, 5],
  [1, 0, 3],
  [2, 0, 5],
];

test('an audit counts what a hand would count', () => {
  const { checksum, ...report } = settle(audit(of(rows)));
  expect(report).toEqual({
    density: 5 / 12,
    mean: 19 / 5,
    perUser: { min: 1, median: 1, max: 3, doublings: [2, 1] },
    perItem: { min: 0, median: 1, max: 3, doublings: [2, 1] },
    timeSpan: [1000, 1020],
    histogram: [1, 2, 3, 4, 5].map((value) => ({ value, count: [1, 0, 1, 0, 3][value - 1] })),
  });
  expect(checksum).toMatch(/^[\da-f]{16}$/);
});

test('values on no grid stand in bins over their whole scale', () => {
  const values = [0.3, 7, 41.5, 1000].map((value, item) => [0, item, value] as [number, number, number]);
  const { histogram } = settle(audit({ ...of(values), scale: { min: 0.3, max: 1000, step: 0 } }));
  expect(histogram).toHaveLength(32);
  expect(histogram.map(({ count }) => count)).toEqual([2, 1, ...Array(28).fill(0), 0, 1]);
  expect(histogram[31].value).toBeCloseTo(0.3 + (31 * 999.7) / 32);
});

test('a checksum tells other ratings, and another order, apart', () => {
  const sums = [
    rows,
    [...rows].reverse(),
    rows.slice(1),
    rows.map(([x, y, r], j) => [x, y, j === 0 ? 2 : r] as const),
  ];
  const different = new Set(sums.map((some) => settle(audit(of(some as typeof rows))).checksum));
  expect(different.size).toBe(sums.length);
  expect(settle(audit(of(rows))).checksum).toBe(settle(audit(of(rows))).checksum);
});

test('cold is who has no rating to be trained on', () => {
  const ratings = of([...rows, [1, 3, 2], [0, 0, 2]], 2);
  const split = settle(holdOut(sourceOf(ratings, 3, 4), { kind: 'test', share: 0, seed: 1 }));
  // Item 3 stands in the test set only.
  expect(settle(coldOf(split))).toEqual({ users: 0, items: 1, ratings: 1 });
});
