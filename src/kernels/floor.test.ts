import { expect, test } from 'vitest';
import { denseRatings, golden } from './fixtures/golden';
import { regularisedFloor, singularValues, truncatedFloor } from './floor';

const dense = golden('dense300');
const near = (actual: number, expected: number) =>
  expect(Math.abs(actual - expected) / expected).toBeLessThanOrEqual(1e-8);

test('has the singular values and floors of the reference', () => {
  const singular = singularValues(denseRatings.values, 300, 300);
  for (const [i, value] of dense.singular_values.entries()) near(singular[i], value);
  for (const [k, value] of dense.eckart_young_rmse.values_k0_to_k32.entries())
    near(truncatedFloor(singular, k, 90_000), value);
  for (const { k, lam, limit_rmse, limit_objective } of dense.als_runs) {
    const floor = regularisedFloor(singular, k, lam, 90_000);
    near(floor.rmse, limit_rmse);
    near(floor.objective, limit_objective);
  }
  const { k, lam, limit_rmse } = dense.als_wr_run;
  near(regularisedFloor(singular, k, 300 * lam, 90_000).rmse, limit_rmse);
});

test('a matrix and its transpose, neither of them square, have the same singular values', () => {
  // [[3, 0, 0], [0, 4, 0]]: 4 and 3.
  expect([...singularValues(Float64Array.of(3, 0, 0, 0, 4, 0), 2, 3)]).toEqual([4, 3]);
  expect([...singularValues(Float32Array.of(3, 0, 0, 4, 0, 0), 3, 2)]).toEqual([4, 3]);
});

test('floors computed by hand: σ = 4, 3, 1 on six cells', () => {
  expect(truncatedFloor([4, 3, 1], 1, 6)).toBeCloseTo(Math.sqrt(10 / 6), 12);
  expect(truncatedFloor([4, 3, 1], 3, 6)).toBe(0);
  // Rank 2, λ 2: 2² + 2² lost of the kept ones and 1² of the rest; 2·2·(2 + 1) of penalty.
  const { rmse, objective } = regularisedFloor([4, 3, 1], 2, 2, 6);
  expect(rmse).toBeCloseTo(Math.sqrt(9 / 6), 12);
  expect(objective).toBeCloseTo(21, 12);
});

test('a checkerboard has a floor too: its rank is 2, and its other singular values are 0', () => {
  const board = Float64Array.from({ length: 48 * 36 }, (_, j) =>
    (Math.floor(j / 36 / 6) + Math.floor((j % 36) / 6)) % 2 === 0 ? 30 : 160,
  );
  const singular = singularValues(board, 48, 36);
  expect(singular).toHaveLength(36);
  expect(truncatedFloor(singular, 2, board.length)).toBeLessThan(1e-4);
  expect(truncatedFloor(singular, 1, board.length)).toBeGreaterThan(10);
});
