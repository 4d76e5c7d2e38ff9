import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { pageKernels } from '../kernels/page-kernels';
import { rowSolvers } from '../kernels/row-solvers';
import { counted } from '../metrics';
import { valueAt } from '../metrics/moment';
import { rmse } from '../metrics/rmse';
import { holdOut } from '../ratings/hold-out';
import { sourceOf } from '../ratings/lines';
import { drawPicture } from '../ratings/pictures/pictures';
import { shopRatings } from '../ratings/pictures/shop';
import { settle } from '../ratings/sliced';
import { bundledSample, labOn, learnt } from '../sessions/fixtures/labs';
import { atOnceOf } from '.';
import type { RunConfig } from './config';
import { finish, snapshotOf } from './fixtures/finish';

/** G = AᵀA + λI of random A, and a b of mixed signs. */
const systems = fc
  .record({ k: fc.integer({ min: 1, max: 12 }), lambda: fc.constantFrom(0, 1e-3, 1), seed: fc.nat(1e6) })
  .map(({ k, lambda, seed }) => {
    let state = seed + 1;
    const next = () => {
      state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
      return state / 2 ** 31 - 1;
    };
    const rows = Array.from({ length: k + 3 }, () => Array.from({ length: k }, next));
    const gram = new Float64Array(k * k);
    for (let i = 0; i < k; i++)
      for (let j = 0; j < k; j++)
        gram[i * k + j] = rows.reduce<number>((sum, row) => sum + row[i] * row[j], i === j ? lambda : 0);
    return { k, gram, rightSide: Float64Array.from({ length: k }, next) };
  });

/** ½uᵀGu − bᵀu */
const cost = (gram: Float64Array, b: Float64Array, u: ArrayLike<number>) => {
  let sum = 0;
  for (let i = 0; i < b.length; i++) {
    for (let j = 0; j < b.length; j++) sum += (gram[i * b.length + j] * u[i] * u[j]) / 2;
    sum -= b[i] * u[i];
  }
  return sum;
};

describe('a non-negative row', () => {
  test('meets its KKT conditions: u ≥ 0, Gu − b ≥ 0, and one of both is 0 everywhere', () => {
    fc.assert(
      fc.property(systems, ({ k, gram, rightSide }) => {
        const u = rowSolvers.nonNegative({ gram, stride: k, rightSide }, k);
        for (let i = 0; i < k; i++) {
          let gradient = -rightSide[i];
          for (let j = 0; j < k; j++) gradient += gram[i * k + j] * u[j];
          expect(u[i]).toBeGreaterThanOrEqual(0);
          expect(gradient).toBeGreaterThan(-1e-7);
          expect(Math.abs(u[i] * gradient)).toBeLessThan(1e-6);
        }
      }),
      { numRuns: 300 },
    );
  });

  test('is the best of all choices of positive entries', () => {
    fc.assert(
      fc.property(
        systems.filter(({ k }) => k <= 5),
        ({ k, gram, rightSide }) => {
          const u = rowSolvers.nonNegative({ gram, stride: k, rightSide }, k);
          let best = 0;
          for (let chosen = 1; chosen < 1 << k; chosen++) {
            const among = Array.from({ length: k }, (_, i) => i).filter((i) => chosen & (1 << i));
            const part = Float64Array.from(among.flatMap((i) => among.map((j) => gram[i * k + j])));
            const of = {
              gram: part,
              stride: among.length,
              rightSide: Float64Array.from(among, (i) => rightSide[i]),
            };
            const values = rowSolvers.exact(of, among.length);
            if (values.some((value) => value < 0)) continue;
            const whole = new Float64Array(k);
            for (const [row, i] of among.entries()) whole[i] = values[row];
            best = Math.min(best, cost(gram, rightSide, whole));
          }
          expect(cost(gram, rightSide, u)).toBeLessThanOrEqual(best + 1e-8);
        },
      ),
      { numRuns: 100 },
    );
  });

  test('by hand: what would be negative is 0, and the other entry is solved for alone', () => {
    const equations = { gram: Float64Array.of(2, 1, 1, 2), stride: 2, rightSide: Float64Array.of(3, 0) };
    expect([...rowSolvers.exact(equations, 2)].map((value) => Math.round(value * 1e9) / 1e9)).toEqual([
      2, -1,
    ]);
    expect([...rowSolvers.nonNegative(equations, 2)].map((value) => Math.round(value * 1e9) / 1e9)).toEqual([
      1.5, 0,
    ]);
  });
});

const config: RunConfig = {
  method: 'non-negative-als',
  rank: 6,
  lambda: 1,
  regularisation: 'plain',
  baseline: 'none',
  learningRate: 0,
  initial: 'uniform',
  initialNoise: 0.15,
  seed: 4,
  holdOutShare: 0.1,
};

test.each([1, 0.5])(
  'it learns a picture of which a share of %s is known, and no factor is ever negative',
  (knownShare) => {
    const pixels = drawPicture({ kind: 'portrait', size: 40, seed: 1, rank: 1 }).slice(0, 30 * 40);
    const ratings = shopRatings(pixels, 30, 40, 'portrait', { knownShare, noise: 0, seed: 1 });
    const split = settle(holdOut(sourceOf(ratings, 30, 40), { kind: 'random', share: 0.1, seed: 1 }));
    const errorAfter = (method: string, steps: number) => {
      const run = settle(atOnceOf(method).begin(pageKernels, ratings, split, { ...config, method }));
      finish(run.advance(2 * steps));
      const snapshot = snapshotOf(run);
      if (method === config.method)
        for (const factors of [snapshot.userFactors, snapshot.itemFactors])
          expect(factors.every((value) => value >= 0)).toBe(true);
      return valueAt(snapshot, 'train', rmse) ?? 0;
    };
    const [first, last] = [errorAfter(config.method, 0), errorAfter(config.method, 10)];
    expect(last).toBeLessThan(first / 3);
    // Free factors reach at least as far.
    expect(errorAfter('als', 10)).toBeLessThanOrEqual(last * 1.02);
  },
);

test('it follows a stream by refits, and knows more than the mean', () => {
  const lab = labOn(bundledSample(), { methods: ['non-negative-als', 'mean'], refitEvery: 24 });
  const { methods } = learnt(lab);
  const known = counted(rmse, { cold: 'drop', clip: false });
  const errorOf = (method: string) => valueAt({ tallies: methods[method] }, 'validation', known) ?? 0;
  expect(errorOf('non-negative-als')).toBeLessThan(errorOf('mean'));
  const { userFactors, itemFactors } = lab.snapshot('non-negative-als');
  for (const factors of [userFactors, itemFactors]) expect(factors.every((value) => value >= 0)).toBe(true);
});
