import { expect, test } from 'vitest';
import { dampedBiases, meanOf } from './baseline';
import { linesOf, triplesOf } from './fixtures/golden';
import { pageKernels } from './page-kernels';

const byUser = (rows: Parameters<typeof triplesOf>[0], users: number, items: number) =>
  linesOf(pageKernels, triplesOf(rows), users, items).byUser;

test('the mean of nothing is 0', () => {
  expect(meanOf([1, 2, 6])).toBe(3);
  expect(meanOf([])).toBe(0);
});

test('damped averages by hand: items first, then users on what the items leave', () => {
  const ratings = byUser(
    [
      [0, 0, 5],
      [0, 1, 3],
      [1, 0, 4],
    ],
    3,
    4,
  );
  const { userBias, itemBias } = dampedBiases(ratings, 3, { users: 2, items: 2, rounds: 1 });
  // b_y: (2 + 1)/(2 + 2), 0/(1 + 2); b_x: (2 − 0.75 + 0)/(2 + 2), (1 − 0.75)/(1 + 2); nobody else has a rating.
  expect([...itemBias]).toEqual([0.75, 0, 0, 0]);
  expect([...userBias]).toEqual([0.3125, 0.25 / 3, 0]);
});

test('who has no rating has a bias of 0 without damping too', () => {
  const { userBias, itemBias } = dampedBiases(byUser([[0, 0, 5]], 2, 2), 3, {
    ...{ users: 0, items: 0, rounds: 1 },
  });
  expect([...userBias]).toEqual([0, 0]);
  expect([...itemBias]).toEqual([2, 0]);
});

test('further rounds average each side on what the other leaves, each with a damping of its own', () => {
  const rows = [
    [0, 0, 5],
    [0, 1, 3],
    [1, 0, 4],
  ] as const;
  const { userBias, itemBias } = dampedBiases(
    byUser(
      rows.map((row) => [...row]),
      2,
      2,
    ),
    3,
    {
      ...{ users: 1, items: 2, rounds: 2 },
    },
  );
  // Round one: b_y = 3/4, 0; b_x = 1.25/3, 0.25/2.
  const [first, second] = [1.25 / 3, 0.25 / 2];
  const items = [(2 - first + 1 - second) / 4, (0 - first) / 3];
  expect([...itemBias]).toEqual([expect.closeTo(items[0], 12), expect.closeTo(items[1], 12)]);
  const users = [(2 - items[0] + 0 - items[1]) / 3, (1 - items[0]) / 2];
  expect([...userBias]).toEqual([expect.closeTo(users[0], 12), expect.closeTo(users[1], 12)]);
});
