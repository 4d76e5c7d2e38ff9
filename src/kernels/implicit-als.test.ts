import { describe, expect, test } from 'vitest';
import { bothKernels, difference, lcg, linesOf, modelOf, rowsOf, triplesOf } from './fixtures/golden';
import { implicitErrors } from './implicit-als';
import type { Kernels } from './kernels';
import { squaredNorms } from './objective';

const alpha = 4;
const next = lcg(3);
/** 25 users, 18 items, a third of the cells; some ratings are 0, which is known, and not preferred. */
const rows = Array.from({ length: 25 }, (_, x) =>
  [...Array(18).keys()]
    .filter(() => next() < 0.33 && x !== 7)
    .map((y) => [x, y, Math.floor(4 * next())] as const),
).flat();

function learn(kernels: Kernels, rank: number, lambda: number, kind: 'plain' | 'weighted', halves: number) {
  const lines = linesOf(kernels, triplesOf(rows), 25, 18);
  const model = modelOf(kernels, 25, 18, rank, lcg(rank));
  const objectives: number[] = [];
  for (let i = 0; i < halves; i++) {
    const side = i % 2 === 0 ? 'users' : 'items';
    const by = side === 'users' ? lines.byUser : lines.byItem;
    const half = Math.floor(by.lineCount / 2);
    // In two pieces, as several workers would.
    kernels.solveImplicitLines(model, side, by, lambda, kind, alpha, 0, half);
    kernels.solveImplicitLines(model, side, by, lambda, kind, alpha, half, by.lineCount);
    objectives.push(implicitErrors(model, lines.byUser, alpha) + lambda * squaredNorms(model, lines, kind));
  }
  return { model, objectives, lines };
}

/** Solves a small system by elimination with pivots: nothing of Cholesky. */
function solved(A: number[][], b: number[]): number[] {
  const n = b.length;
  const M = A.map((row, i) => [...row, b[i]]);
  for (let c = 0; c < n; c++) {
    const best = [...M.keys()].slice(c).reduce((a, i) => (Math.abs(M[i][c]) > Math.abs(M[a][c]) ? i : a), c);
    [M[c], M[best]] = [M[best], M[c]];
    for (let i = 0; i < n; i++) {
      if (i === c) continue;
      const by = M[i][c] / M[c][c];
      for (let j = c; j <= n; j++) M[i][j] -= by * M[c][j];
    }
  }
  return M.map((row, i) => row[n] / row[i]);
}

describe.each(bothKernels)('implicit ALS, $name', ({ fresh, float32 }) => {
  test.each(['plain', 'weighted'] as const)(
    'solves a row as all cells of the matrix have it, λ %s',
    (kind) => {
      const [rank, lambda] = [3, 0.4];
      const kernels = fresh();
      const { model, lines } = learn(kernels, rank, lambda, kind, 2);
      const P = rowsOf(model, 'items');
      kernels.solveImplicitLines(model, 'users', lines.byUser, lambda, kind, alpha, 0, 25);
      const U = rowsOf(model, 'users');
      for (let x = 0; x < 25; x++) {
        const mine = rows.filter(([user]) => user === x);
        const price = kind === 'plain' ? lambda : lambda * mine.length;
        const G = Array.from({ length: rank }, (_, i) =>
          Array.from({ length: rank }, (_, j) => (i === j ? price : 0)),
        );
        const b = Array<number>(rank).fill(0);
        for (let y = 0; y < 18; y++) {
          const rating = mine.find(([, item]) => item === y)?.[2];
          const c = 1 + alpha * (rating ?? 0);
          for (let i = 0; i < rank; i++) {
            if ((rating ?? 0) > 0) b[i] += c * P[y * rank + i];
            for (let j = 0; j < rank; j++) G[i][j] += c * P[y * rank + i] * P[y * rank + j];
          }
        }
        const expected = mine.length === 0 ? [0, 0, 0] : solved(G, b);
        expect(difference(U.slice(x * rank, (x + 1) * rank), expected)).toBeLessThan(float32 ? 1e-4 : 1e-10);
      }
    },
  );

  test('never raises its objective, and pulls what nobody rated to 0', () => {
    const { model, objectives } = learn(fresh(), 6, 0.1, 'weighted', 12);
    for (const [i, now] of objectives.slice(1).entries())
      expect(now).toBeLessThanOrEqual(objectives[i] * (1 + 1e-6));
    const [U, P] = [rowsOf(model, 'users'), rowsOf(model, 'items')];
    const mean = (isMeant: (rating: number | undefined) => boolean) => {
      const cells = Array.from({ length: 25 * 18 }, (_, i) => [Math.floor(i / 18), i % 18] as const).filter(
        ([x, y]) => isMeant(rows.find((row) => row[0] === x && row[1] === y)?.[2]),
      );
      const of = ([x, y]: readonly [number, number]) =>
        [0, 1, 2, 3, 4, 5].reduce((sum, f) => sum + U[x * 6 + f] * P[y * 6 + f], 0);
      return cells.reduce((sum, cell) => sum + of(cell), 0) / cells.length;
    };
    expect(mean((rating) => (rating ?? 0) > 0)).toBeGreaterThan(0.7);
    expect(Math.abs(mean((rating) => rating === undefined))).toBeLessThan(0.25);
  });

  test('the objective is the sum over all cells', () => {
    const { model, lines } = learn(fresh(), 4, 0.3, 'plain', 3);
    const [U, P] = [rowsOf(model, 'users'), rowsOf(model, 'items')];
    let sum = 0;
    for (let x = 0; x < 25; x++)
      for (let y = 0; y < 18; y++) {
        const rating = rows.find((row) => row[0] === x && row[1] === y)?.[2] ?? 0;
        const product = [0, 1, 2, 3].reduce((total, f) => total + U[x * 4 + f] * P[y * 4 + f], 0);
        sum += (1 + alpha * rating) * ((rating > 0 ? 1 : 0) - product) ** 2;
      }
    expect(implicitErrors(model, lines.byUser, alpha) / sum).toBeCloseTo(1, float32 ? 5 : 10);
  });
});

test('SIMD solves what the page solves, at any rank, also without λ', () => {
  const [page, simd] = bothKernels;
  for (const rank of [1, 2, 5, 16, 40, 128])
    for (const lambda of [0.2, 1e-3]) {
      const both = [page, simd].map(({ fresh }) =>
        rowsOf(learn(fresh(), rank, lambda, 'plain', 1).model, 'users'),
      );
      expect(difference(both[0], both[1])).toBeLessThan(5e-3);
    }
  const { objectives } = learn(simd.fresh(), 40, 0, 'plain', 6);
  expect(objectives.every(Number.isFinite)).toBe(true);
});
