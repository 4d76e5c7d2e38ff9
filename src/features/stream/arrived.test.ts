import { expect, test } from 'vitest';
import type { RatingInfo } from '../../ratings/rating-set';
import type { StreamFacts } from '../../workers/learn-protocol';
import { arrivedScene, standingOf } from './arrived';

/** Four users and three items; user 2 comes first, user 1 never. */
const facts = {
  you: 4,
  users: { order: Uint32Array.of(2, 0, 3, 1, 4), with: Uint32Array.of(0, 1, 3) },
  items: { order: Uint32Array.of(1, 0, 2), with: Uint32Array.of(0, 2, 3) },
  ratings: {
    users: Uint32Array.of(2, 0, 2, 3),
    items: Uint32Array.of(1, 1, 0, 2),
    values: Float32Array.of(5, 4, 3, 2),
  },
} as unknown as StreamFacts;
const info = { userCount: 4, itemCount: 3, scale: { min: 1, max: 5, step: 1 } } as RatingInfo;

test('users and items stand as they came, or as in the source, and it is known who is not there yet', () => {
  const came = standingOf(facts, 3, null, 'arrival');
  expect([...came.orders.users.order]).toEqual([2, 0, 3, 1]);
  expect(came.taken(3)).toEqual({ users: 2, items: 2 });
  expect(came.placesOf(came.taken(3))).toEqual({ users: [{ from: 2, to: 4 }], items: [{ from: 2, to: 3 }] });
  const source = standingOf(facts, 3, null, 'source');
  expect([...source.orders.users.order]).toEqual([0, 1, 2, 3]);
  // Users 1 and 3 are not there, nor is item 2.
  expect(source.placesOf(source.taken(3))).toEqual({
    users: [
      { from: 1, to: 2 },
      { from: 3, to: 4 },
    ],
    items: [{ from: 2, to: 3 }],
  });
  expect(source.placesOf(source.taken(1), source.taken(3)).users).toEqual([{ from: 0, to: 1 }]);
});

test('whoever rates here stands where they came', () => {
  const standing = standingOf(facts, 3, 2, 'arrival');
  expect([...standing.orders.users.order]).toEqual([2, 0, 4, 3, 1]);
  expect(standing.taken(3)).toEqual({ users: 3, items: 2 });
  expect(standing.taken(1)).toEqual({ users: 1, items: 1 });
});

test('what is known grows, and shrinks again when one looks back', () => {
  const standing = standingOf(facts, 3, null, 'arrival');
  const { scene, show } = arrivedScene(facts, info, standing, null, 400);
  const mean = () => [...scene.mean].map((value) => (Number.isNaN(value) ? 0 : value));
  show(4);
  expect(mean()).toEqual([5, 3, 0, 4, 0, 0, 0, 0, 2, 0, 0, 0]);
  show(1);
  expect(mean()).toEqual([5, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0]);
});
