import { expect, test } from 'vitest';
import { factorise, solve } from './cholesky';
import { difference, golden, linesOf, modelOf, setRows, triplesOf } from './fixtures/golden';
import { pageKernels } from './page-kernels';

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

test('adds up normal equations as the reference does, a weight being a rating seen that many times', () => {
  for (const { rows, weights, b, ata_upper, atb } of unit.normal_equation) {
    const seen = rows.flatMap((_: number[], y: number) => Array(weights[y]).fill([0, y, b[y]]));
    const { 0: u, 1: v } = solved(rows, seen, 0);
    const [g00, g01, g11] = ata_upper;
    // Aᵀdiag(w)A x = Aᵀ(wb): with the reference's left side, x must give the weighted right side.
    const right = [0, 1].map((i) =>
      rows.reduce((sum: number, row: number[], n: number) => sum + weights[n] * row[i] * b[n], 0),
    );
    expect(right).toEqual(atb);
    expect(difference([g00 * u + g01 * v, g01 * u + g11 * v], atb)).toBeLessThan(1e-9);
  }
});

/** The factors of one user from the given item factors and ratings. */
function solved(items: number[][], rows: Parameters<typeof triplesOf>[0], lambda: number): ArrayLike<number> {
  const { byUser } = linesOf(pageKernels, triplesOf(rows), 1, items.length);
  const model = modelOf(pageKernels, 1, items.length, items[0].length);
  setRows(model, 'items', items.flat());
  pageKernels.solveLines(model, 'users', byUser, lambda, 'plain', 0, 1);
  return model.userFactors;
}

test('gives a dependent direction the component 0, and the others their least squares', () => {
  // The third direction is the sum of the first two.
  const rows = [
    [1, 0, 1],
    [0, 1, 1],
    [2, 1, 3],
  ];
  const { k, G, right } = normalEquations(rows, [1, 2, 4], 0);
  factorise(G, k);
  solve(G, k, right);
  expect(right[0]).toBeCloseTo(1, 9);
  expect(right[1]).toBeCloseTo(2, 9);
  expect(right[2]).toBe(0);
});

test('answers a matrix of zeros with zeros', () => {
  const [G, right] = [new Float64Array(9), Float64Array.of(1, 2, 3)];
  factorise(G, 3);
  solve(G, 3, right);
  expect([...right]).toEqual([0, 0, 0]);
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
  const row = solved(
    items,
    ratings.map((r, y) => [0, y, r] as const),
    0.5,
  );
  const { G, right } = normalEquations(items, ratings, 0.5);
  for (let i = 0; i < 3; i++) {
    let left = 0;
    for (let j = 0; j < 3; j++) left += G[3 * i + j] * row[j];
    expect(Math.abs(left - right[i])).toBeLessThan(1e-9);
  }
});
