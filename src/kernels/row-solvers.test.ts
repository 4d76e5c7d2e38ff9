import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { bothKernels, difference, lcg, linesOf, modelOf, rowsOf, triplesOf } from './fixtures/golden';
import type { Kernels, Side } from './kernels';
import { type RowSolverId, rowSolvers } from './row-solvers';

/** Not square, with gaps, and with a user who knows nothing. */
function made(kernels: Kernels, seed: number, rank: number) {
  const next = lcg(seed);
  const [users, items] = [7, 11];
  const rows: [number, number, number][] = [];
  for (let x = 1; x < users; x++)
    for (let y = 0; y < items; y++) if (next() < 0.6) rows.push([x, y, 5 * next()]);
  const model = modelOf(kernels, users, items, rank, next);
  model.mean = 1.5;
  for (let x = 0; x < users; x++) model.userBias[x] = Math.sin(x) / 2;
  return { model, lines: linesOf(kernels, triplesOf(rows), users, items) };
}

const cases = fc.record({ seed: fc.nat(), rank: fc.integer({ min: 1, max: 9 }) });

describe.each(bothKernels)('the $name kernels', ({ float32, fresh }) => {
  test('sum the normal equations of a line as they are written', () => {
    fc.assert(
      fc.property(cases, ({ seed, rank }) => {
        const kernels = fresh();
        const { model, lines } = made(kernels, seed, rank);
        const { start, other, value } = lines.byUser;
        for (let x = 1; x < 7; x++) {
          if (start[x] === start[x + 1]) continue;
          const { gram, stride, rightSide } = kernels.normalEquations(
            model,
            'users',
            lines.byUser,
            0.5,
            'weighted',
            x,
          );
          for (let i = 0; i < rank; i++) {
            let b = 0;
            for (let p = start[x]; p < start[x + 1]; p++)
              b += model.itemFactors[other[p] * model.rowLength + i] * (value[p] - 1.5 - model.userBias[x]);
            expect(Math.abs(rightSide[i] - b)).toBeLessThan(float32 ? 1e-4 : 1e-10);
            for (let j = i; j < rank; j++) {
              let g = i === j ? 0.5 * (start[x + 1] - start[x]) : 0;
              for (let p = start[x]; p < start[x + 1]; p++) {
                const row = other[p] * model.rowLength;
                g += model.itemFactors[row + i] * model.itemFactors[row + j];
              }
              expect(Math.abs(gram[i * stride + j] - g)).toBeLessThan(float32 ? 1e-4 : 1e-10);
            }
          }
        }
      }),
      { numRuns: 20 },
    );
  });

  test('solve lines by the exact solver as the fast way does', () => {
    fc.assert(
      fc.property(cases, fc.constantFrom<Side>('users', 'items'), ({ seed, rank }, side) => {
        const rows = (solve: 'fast' | RowSolverId) => {
          const kernels = fresh();
          const { model, lines } = made(kernels, seed, rank);
          const [of, count] = side === 'users' ? [lines.byUser, 7] : [lines.byItem, 11];
          if (solve === 'fast') kernels.solveLines(model, side, of, 0.5, 'weighted', 0, count);
          else kernels.solveLinesBy(solve, model, side, of, 0.5, 'weighted', 0, count);
          return rowsOf(model, side);
        };
        expect(difference(rows('exact'), rows('fast'))).toBeLessThan(float32 ? 1e-4 : 1e-10);
      }),
      { numRuns: 20 },
    );
  });
});

test('every solver gives a dependent system a finite row, and a row of zeros where there is nothing to reach', () => {
  const gram = Float64Array.of(1, 1, 1, 1);
  for (const solve of Object.values(rowSolvers)) {
    const row = solve({ gram, stride: 2, rightSide: Float64Array.of(2, 2) }, 2);
    expect([...row].every(Number.isFinite)).toBe(true);
    expect(row[0] + row[1]).toBeCloseTo(2, 9);
    expect([...solve({ gram, stride: 2, rightSide: new Float64Array(2) }, 2)]).toEqual([0, 0]);
  }
});
