import { expect, test } from 'vitest';
import { seededRandom } from '../ratings/random';
import { byLeadingFactors } from './leading-order';

/** Users and items on a circle, shuffled; U·P is the cosine of the angle between them, beside a little of a third factor. */
function onCircle(userCount: number, itemCount: number, basis: readonly (readonly number[])[]) {
  const random = seededRandom(5);
  const angles = (count: number) =>
    Float64Array.from({ length: count }, () => 2 * Math.PI * random.uniform());
  const rowsOf = (of: Float64Array, by: readonly (readonly number[])[]) =>
    Float32Array.from(
      [...of].flatMap((t) => by.map(([a, b, c]) => a * Math.cos(t) + b * Math.sin(t) + 0.01 * c)),
    );
  const [users, items] = [angles(userCount), angles(itemCount)];
  return { users, items, userFactors: rowsOf(users, basis), itemFactors: rowsOf(items, basis) };
}

/** Places, of a list in some order, at which the next is not the next on the circle, either way round. */
const breaks = (angles: Float64Array, order: Uint32Array) => {
  const sorted = [...angles.keys()].sort((a, b) => angles[a] - angles[b]);
  const place = new Map(sorted.map((x, p) => [x, p]));
  const steps = [...order].map((x, p) => {
    const next = order[(p + 1) % order.length];
    return ((place.get(next) ?? 0) - (place.get(x) ?? 0) + order.length) % order.length;
  });
  return Math.min(...[1, order.length - 1].map((step) => steps.filter((one) => one !== step).length));
};

test('who is alike stands together, on a circle that is cut open, in whatever basis the factors are', () => {
  for (const basis of [
    [
      [1, 0, 0],
      [0, 1, 0],
      [0, 0, 1],
    ],
    [
      [0.6, 0.8, 0],
      [0, 0, 1],
      [-0.8, 0.6, 0],
    ],
  ]) {
    const { users, items, userFactors, itemFactors } = onCircle(40, 17, basis);
    const orders = byLeadingFactors(userFactors, itemFactors, 3);
    expect(breaks(users, orders.users.order)).toBe(0);
    expect(breaks(items, orders.items.order)).toBe(0);
    for (const { order, place } of Object.values(orders))
      for (const [at, x] of order.entries()) expect(place[x]).toBe(at);
  }
});

test('of one factor the largest come first; where there is nothing yet, all stand as they are', () => {
  const { users, items } = byLeadingFactors(Float32Array.of(1, 3, 2), Float32Array.of(-1, 1), 1);
  expect([[...users.order], [...items.order]]).toEqual([
    [1, 2, 0],
    [1, 0],
  ]);
  const none = byLeadingFactors(new Float32Array(6), new Float32Array(4), 2);
  expect([[...none.users.order], [...none.items.order]]).toEqual([
    [0, 1, 2],
    [0, 1],
  ]);
});
