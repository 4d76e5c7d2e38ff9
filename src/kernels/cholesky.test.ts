import { expect, test } from 'vitest';
import { solveLines } from './als';
import { factorise, solve } from './cholesky';
import { difference, golden, linesOf, triplesOf } from './fixtures/golden';

const { unit } = golden('recovery_and_units');

/** AᵀA + λI and Aᵀb by the definition. */
function normalEquations(rows: number[][], b: number[], lambda: number) {
  const k = rows[0].length;
  const G = Float64Array.from({ length: k * k }, (_, at) => {
    const [i, j] = [Math.floor(at / k), at % k];
    return rows.reduce((sum, row) => sum + row[i] * row[j], i === j ? lambda : 0);
  });
  return {
    k,
    G,
    right: Float64Array.from({ length: k }, (_, i) => rows.reduce((sum, row, n) => sum + row[i] * b[n], 0)),
  };
}

test('solves the reference systems', () => {
  for (const { rows, b, lam, x } of unit.cholesky) {
    const { k, G, right } = normalEquations(rows, b, lam);
    factorise(G, k);
    solve(G, k, right);
    expect(difference(right, x)).toBeLessThan(1e-9);
  }
});

test('answers a singular system with numbers', () => {
  const { k, G, right } = normalEquations(unit.singular.rows, unit.singular.b, unit.singular.lam);
  factorise(G, k);
  solve(G, k, right);
  expect([...right].every(Number.isFinite)).toBe(true);
  expect(right[0] + right[1]).toBeCloseTo(1, 9);
});

test('a solved row satisfies its normal equations', () => {
  const items = [
    [1, 0.2, 3],
    [0.5, 1, 0],
    [2, 2, 1],
    [0, 1, 1],
  ];
  const ratings = [4, 2.5, 5, 1];
  const { byUser } = linesOf(triplesOf(ratings.map((r, y) => [0, y, r] as const)), 1, 4);
  const row = new Float64Array(3);
  solveLines(row, Float64Array.from(items.flat()), byUser, 3, 0.5, 'plain', 0, 1);
  const { G, right } = normalEquations(items, ratings, 0.5);
  for (let i = 0; i < 3; i++) {
    let left = 0;
    for (let j = 0; j < 3; j++) left += G[3 * i + j] * row[j];
    expect(Math.abs(left - right[i])).toBeLessThan(1e-9);
  }
});
