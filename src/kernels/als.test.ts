import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Triples } from '../ratings/lines';
import { madeUpRatings } from '../ratings/sample';
import { alsOn } from './fixtures/als-on';
import {
  bothKernels,
  difference,
  golden,
  lcg,
  linesOf,
  modelOf,
  rowsOf,
  setRows,
  triplesOf,
} from './fixtures/golden';
import type { Model } from './kernels';

const { cases, stress, unit } = golden('recovery_and_units');

function predict({ rowLength, userFactors, itemFactors }: Model, x: number, y: number): number {
  let sum = 0;
  for (let f = 0; f < rowLength; f++) sum += userFactors[x * rowLength + f] * itemFactors[y * rowLength + f];
  return sum;
}

const shapes = fc.record({
  users: fc.integer({ min: 2, max: 9 }),
  items: fc.integer({ min: 2, max: 13 }),
  rank: fc.integer({ min: 1, max: 9 }),
  seed: fc.nat(),
  share: fc.double({ min: 0.3, max: 1, noNaN: true }),
});
const kinds = fc.constantFrom('plain' as const, 'weighted' as const);

function made({
  users,
  items,
  seed,
  share,
}: {
  users: number;
  items: number;
  seed: number;
  share: number;
}): Triples {
  const next = lcg(seed);
  const rows: [number, number, number][] = [];
  for (let x = 0; x < users; x++)
    for (let y = 0; y < items; y++) if (next() < share) rows.push([x, y, 5 * next()]);
  return triplesOf(rows.length > 0 ? rows : [[0, 0, 3]]);
}

/** Biases that a baseline leaves, small and all different. */
function setBaseline(model: Model) {
  model.mean = 1.5;
  for (let x = 0; x < model.userCount; x++) model.userBias[x] = Math.sin(x) / 2;
  for (let y = 0; y < model.itemCount; y++) model.itemBias[y] = Math.cos(y) / 2;
}

describe.each(bothKernels)('the $name kernels', ({ float32, fresh }) => {
  for (const { name, gen, train, test: held, fits } of cases) {
    for (const { k, lam, spark_target_rmse, numpy } of fits) {
      for (const expected of numpy) {
        test(`recover ${name} at rank ${k} by ${expected.method} from ${expected.init}`, () => {
          const ratings = triplesOf(train);
          const heldOut = triplesOf(held);
          const errors = Array.from({ length: 15 }, (_, s) => {
            const next = lcg(1000 + s);
            const signed = expected.init === '[-1,1)';
            const kernels = fresh();
            const model = modelOf(kernels, gen.n_users, gen.n_items, k, () =>
              signed ? 2 * next() - 1 : next(),
            );
            const als = alsOn(
              kernels,
              ratings,
              model,
              lam,
              expected.method === 'als-wr' ? 'weighted' : 'plain',
            );
            for (let it = 0; it < 10; it++) {
              als.users();
              als.items();
            }
            const { byUser } = linesOf(kernels, heldOut, gen.n_users, gen.n_items);
            return Math.sqrt(kernels.sumErrors(model, byUser, 0, gen.n_users).sums[1] / held.length);
          });
          expect(errors.filter((error) => error < spark_target_rmse).length).toBeGreaterThanOrEqual(
            expected.seeds_meeting_target - 2,
          );
          if (expected.test_rmse_seed_1000 < spark_target_rmse) {
            const off = Math.abs(errors[0] - expected.test_rmse_seed_1000);
            expect(off).toBeLessThanOrEqual(float32 ? 5e-3 : 1e-6 * expected.test_rmse_seed_1000);
          }
        });
      }
    }
  }

  for (const {
    name,
    n_users,
    n_items,
    k,
    lam,
    iterations = 15,
    ratings: rows,
    numpy_rmse_15_iterations: expected,
    numpy_min_diagonal_prediction: minimum,
  } of stress) {
    test(`stay finite: ${name}`, () => {
      const kernels = fresh();
      const model = modelOf(kernels, n_users, n_items, k, lcg(5));
      const before = rowsOf(model, 'users');
      const als = alsOn(kernels, triplesOf(rows), model, lam, 'plain');
      for (let it = 0; it < iterations; it++) {
        als.users();
        als.items();
      }
      expect([...model.userFactors, ...model.itemFactors].every(Number.isFinite)).toBe(true);
      if (iterations === 0) expect(rowsOf(model, 'users')).toEqual(before);
      const { rmse } = als.measure();
      if (expected !== undefined)
        expect(Math.abs(rmse - expected)).toBeLessThanOrEqual(float32 ? 1e-3 : 1e-8);
      if (name === 'all ratings equal 3') expect(rmse).toBeLessThan(0.05);
      if (name === 'single rating') expect(rmse).toBeLessThan(0.2); // |prediction − 4|
      if (name.startsWith('identity')) {
        const diagonal = Array.from({ length: n_users }, (_, x) => predict(model, x, x));
        expect(Math.min(...diagonal)).toBeGreaterThan(0.5);
        expect(Math.abs(Math.min(...diagonal) - minimum)).toBeLessThanOrEqual(float32 ? 1e-3 : 1e-6);
      }
    });
  }

  test('never raise the objective, on matrices that are not square', () => {
    fc.assert(
      fc.property(shapes, kinds, (shape, kind) => {
        const kernels = fresh();
        const model = modelOf(kernels, shape.users, shape.items, shape.rank, lcg(shape.seed ^ 7));
        const als = alsOn(kernels, made(shape), model, 0.1, kind);
        let before = Number.POSITIVE_INFINITY;
        for (let it = 0; it < 4; it++) {
          for (const { objective: now } of [als.users(), als.items()]) {
            expect(now).toBeLessThanOrEqual(before * (1 + (float32 ? 1e-4 : 1e-10)));
            before = now;
          }
        }
      }),
      { seed: 1 },
    );
  });

  test.each(['solveLines', 'solveCompleteLines'] as const)(
    '%s gives the same bits wherever a range is cut',
    (solve) => {
      fc.assert(
        fc.property(shapes, kinds, fc.nat(), (shape, kind, cut) => {
          const kernels = fresh();
          const { users, items, rank } = shape;
          const { byItem } = linesOf(
            kernels,
            made(solve === 'solveLines' ? shape : { ...shape, share: 2 }),
            users,
            items,
          );
          const model = modelOf(kernels, users, items, rank, lcg(3));
          setBaseline(model);
          kernels[solve](model, 'items', byItem, 0.2, kind, 0, items);
          const whole = rowsOf(model, 'items');
          model.itemFactors.fill(0);
          const at = cut % (items + 1);
          kernels[solve](model, 'items', byItem, 0.2, kind, at, items);
          kernels[solve](model, 'items', byItem, 0.2, kind, 0, at);
          expect(rowsOf(model, 'items')).toEqual(whole);
        }),
        { seed: 2 },
      );
    },
  );

  test('solve the normal equations: P_Ωᵀ(r_x − P_Ω U_x) = λ U_x, on what a baseline leaves', () => {
    fc.assert(
      fc.property(shapes, kinds, (shape, kind) => {
        const kernels = fresh();
        const { byUser } = linesOf(kernels, made(shape), shape.users, shape.items);
        const model = modelOf(kernels, shape.users, shape.items, shape.rank, lcg(6));
        setBaseline(model);
        kernels.solveLines(model, 'users', byUser, 0.1, kind, 0, shape.users);
        const { rowLength, mean, userBias, itemBias, userFactors, itemFactors } = model;
        for (let x = 0; x < shape.users; x++) {
          const [first, end] = [byUser.start[x], byUser.start[x + 1]];
          const lambda = kind === 'weighted' ? 0.1 * (end - first) : 0.1;
          for (let f = 0; f < rowLength; f++) {
            let residual = -lambda * userFactors[x * rowLength + f];
            for (let p = first; p < end; p++) {
              const y = byUser.other[p];
              const left = byUser.value[p] - mean - userBias[x] - itemBias[y];
              residual += itemFactors[y * rowLength + f] * (left - predict(model, x, y));
            }
            expect(Math.abs(residual)).toBeLessThan(float32 ? 1e-3 : 1e-6);
          }
        }
      }),
      { seed: 5 },
    );
  });

  test('solve complete lines as they solve sparse ones', () => {
    fc.assert(
      fc.property(shapes, kinds, (shape, kind) => {
        const kernels = fresh();
        const { byItem } = linesOf(kernels, made({ ...shape, share: 2 }), shape.users, shape.items);
        const model = modelOf(kernels, shape.users, shape.items, shape.rank, lcg(4));
        setBaseline(model);
        kernels.solveLines(model, 'items', byItem, 0.3, kind, 0, shape.items);
        const one = rowsOf(model, 'items');
        kernels.solveCompleteLines(model, 'items', byItem, 0.3, kind, 0, shape.items);
        expect(difference(rowsOf(model, 'items'), one)).toBeLessThan(float32 ? 1e-3 : 1e-9);
      }),
      { seed: 3 },
    );
  });

  test('predict the products of the reference', () => {
    const { U, P, items_for_users } = unit.top_k;
    const kernels = fresh();
    const model = modelOf(kernels, 3, 7, 2);
    setRows(
      model,
      'users',
      [0, 1, 2].flatMap((x) => U[x] ?? [0, 0]),
    );
    setRows(
      model,
      'items',
      [0, 1, 2, 3, 4, 5, 6].flatMap((y) => P[y] ?? [0, 0]),
    );
    const scores = Object.entries<[number, number][]>(items_for_users).flatMap(([x, items]) =>
      items.map(([y, score]) => [Number(x), y, score] as const),
    );
    expect(scores).toHaveLength(12);
    const { byUser } = linesOf(kernels, triplesOf(scores), 3, 7);
    expect(kernels.sumErrors(model, byUser, 0, 3).sums[1]).toBe(0);
  });
});

describe('where most rows have fewer ratings than factors', () => {
  const work = madeUpRatings({ userCount: 150, itemCount: 250, ratingCount: 8000 }, 1, 'sample');
  let step = work.next();
  while (!step.done) step = work.next();
  const ratings = step.value;
  const objectives = (halves: number, lambda: number, { fresh }: (typeof bothKernels)[number]) => {
    const kernels = fresh();
    const als = alsOn(kernels, ratings, modelOf(kernels, 150, 250, 64, lcg(5)), lambda, 'plain');
    return Array.from({ length: halves }, (_, i) => (i % 2 === 0 ? als.users() : als.items()).objective);
  };
  const [page, simd] = bothKernels;

  test.each([1e-4, 0])('the SIMD kernels never raise the objective at λ %d', (lambda) => {
    let before = Number.POSITIVE_INFINITY;
    for (const now of objectives(40, lambda, simd)) {
      expect(now).toBeLessThanOrEqual(before * (1 + 1e-4));
      before = now;
    }
  });

  test('the SIMD kernels follow the page at λ 0.0001', () => {
    const expected = objectives(3, 1e-4, page);
    for (const [i, now] of objectives(3, 1e-4, simd).entries())
      expect(Math.abs(now / expected[i] - 1)).toBeLessThan(1e-3);
  });
});

test('the SIMD kernels agree with the page at every rank up to 128', () => {
  const shape = { users: 90, items: 70, seed: 11, share: 0.9 };
  const [page, simd] = bothKernels;
  for (let rank = 1; rank <= 128; rank += rank < 20 ? 1 : rank < 64 ? 4 : 16) {
    const solved = [page, simd].map(({ fresh }) => {
      const kernels = fresh();
      const model = modelOf(kernels, shape.users, shape.items, rank, lcg(rank));
      const als = alsOn(kernels, made(shape), model, 0.2, 'weighted');
      return { ...als.users(), rows: rowsOf(model, 'users') };
    });
    expect(difference(solved[0].rows, solved[1].rows)).toBeLessThan(2e-3);
    expect(Math.abs(solved[1].objective / solved[0].objective - 1)).toBeLessThan(1e-5);
  }
});
