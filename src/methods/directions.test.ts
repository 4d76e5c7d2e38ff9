import { expect, test } from 'vitest';
import { seededRandom } from '../ratings/random';
import { directionsOf } from './directions';

const all = (count: number) => new Uint8Array(count).fill(1);

/** Three users and four items: U·Pᵀ = 6·w₁v₁ᵀ + 2·w₂v₂ᵀ, written with factors that are mixed. */
function known() {
  const w = [
    [2 / 3, 2 / 3, 1 / 3],
    [-2 / 3, 1 / 3, 2 / 3],
  ];
  const v = [
    [0.1, 0.7, 0.5, -0.5],
    [0.7, -0.1, 0.5, 0.5],
  ].map((row) => row.map((value) => value / Math.hypot(...row)));
  // Factors (w₁ + w₂, w₁) and (2v₂, 6v₁ − 2v₂) have the same products.
  const userFactors = Float32Array.from([0, 1, 2].flatMap((x) => [w[0][x] + w[1][x], w[0][x]]));
  const itemFactors = Float32Array.from(
    [0, 1, 2, 3].flatMap((y) => [2 * v[1][y], 6 * v[0][y] - 2 * v[1][y]]),
  );
  return { v, model: { rank: 2, userCount: 3, itemCount: 4, userFactors, itemFactors } };
}

test('directions are the singular vectors of the product, however its factors are mixed, in rating units', () => {
  const { v, model } = known();
  const { shares, coordinates, ends } = directionsOf(model, { axes: [0, 1], offered: all(4), ends: 1 });
  // 6² and 2² of 40.
  expect(shares[0]).toBeCloseTo(0.9, 6);
  expect(shares[1]).toBeCloseTo(0.1, 6);
  for (const [f, sigma] of [6, 2].entries())
    for (const [y, value] of v[f].entries())
      expect(coordinates[f][y]).toBeCloseTo((sigma * value) / Math.sqrt(3), 5);
  const [first] = coordinates;
  expect(ends[0].high[0]).toEqual({ item: 1, at: first[1] });
  expect(ends[0].low[0]).toEqual({ item: 3, at: first[3] });
});

test('other factors with the same products have the same directions', () => {
  const { model } = known();
  const other = {
    ...model,
    userFactors: Float32Array.from(
      [0, 1, 2].flatMap((x) => [4 * model.userFactors[2 * x + 1], -model.userFactors[2 * x]]),
    ),
    itemFactors: Float32Array.from(
      [0, 1, 2, 3].flatMap((y) => [model.itemFactors[2 * y + 1] / 4, -model.itemFactors[2 * y]]),
    ),
  };
  const asked = { axes: [1, 0], offered: all(4), ends: 2 };
  const [a, b] = [directionsOf(model, asked), directionsOf(other, asked)];
  for (const f of [0, 1]) {
    expect(b.shares[f]).toBeCloseTo(a.shares[f], 6);
    for (let y = 0; y < 4; y++) expect(b.coordinates[f][y]).toBeCloseTo(a.coordinates[f][y], 5);
  }
});

test('only what is offered stands at an end; of nothing learnt, nothing is said', () => {
  const { normal } = seededRandom(1);
  const floats = (length: number) => Float32Array.from({ length }, normal);
  const model = { rank: 3, userCount: 5, itemCount: 9, userFactors: floats(15), itemFactors: floats(27) };
  const offered = all(9).fill(0, 0, 5);
  const { ends } = directionsOf(model, { axes: [], offered, ends: 3 });
  expect(ends).toHaveLength(3);
  for (const { low, high } of ends) {
    for (const { item } of [...low, ...high]) expect(item).toBeGreaterThan(4);
    expect(low.map(({ at }) => at)).toEqual(low.map(({ at }) => at).sort((a, b) => a - b));
    expect(high.map(({ at }) => at)).toEqual(high.map(({ at }) => at).sort((a, b) => b - a));
  }
  const none = directionsOf({ ...model, userFactors: new Float32Array(15) }, { axes: [0], offered, ends: 1 });
  expect([...none.shares, ...none.coordinates[0]].map(Math.abs)).toEqual(Array(12).fill(0));
});
