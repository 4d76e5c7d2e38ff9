import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Lines, Triples } from '../ratings/lines';
import { solveCompleteLines, solveLines } from './als';
import { denseRatings, difference, golden, lcg, linesOf, modelOf, triplesOf } from './fixtures/golden';
import type { Kernels, Model, Regularisation } from './kernels';
import { objective, squaredError } from './rmse';

const counts = (lines: Lines) =>
  Array.from({ length: lines.lineCount }, (_, x) => lines.start[x + 1] - lines.start[x]);

/** ALS on a model, half-sweep by half-sweep, with what it measures after each. */
function alsOn(
  ratings: Triples,
  model: Model,
  lambda: number,
  kind: Regularisation,
  solve: Kernels['solveLines'] = solveLines,
) {
  const { byUser, byItem } = linesOf(ratings, model.userCount, model.itemCount);
  const measure = () => {
    const squares = squaredError(model, ratings, 0, ratings.values.length);
    return {
      rmse: Math.sqrt(squares / ratings.values.length),
      objective: objective(squares, model, counts(byUser), counts(byItem), lambda, kind),
    };
  };
  return {
    users() {
      solve(model.userFactors, model.itemFactors, byUser, model.rank, lambda, kind, 0, model.userCount);
      return measure();
    },
    items() {
      solve(model.itemFactors, model.userFactors, byItem, model.rank, lambda, kind, 0, model.itemCount);
      return measure();
    },
    measure,
  };
}

const dense = golden('dense300');
const near = (actual: number, expected: number, relative: number) =>
  expect(Math.abs(actual - expected) / Math.abs(expected)).toBeLessThanOrEqual(relative);

describe('on the complete 300 × 300 reference', () => {
  for (const run of dense.als_runs) {
    test(`follows every half-sweep at rank ${run.k}, λ ${run.lam}, and never raises the objective`, () => {
      const model = modelOf(300, 300, run.k, lcg(run.seed));
      const als = alsOn(denseRatings, model, run.lam, 'plain', solveCompleteLines);
      let before = Number.POSITIVE_INFINITY;
      for (let it = 0; it < run.iterations; it++) {
        const halves = [
          [als.users(), run.rmse_after_user_step[it], run.objective_after_each_half_step[2 * it]],
          [als.items(), run.rmse_after_item_step[it], run.objective_after_each_half_step[2 * it + 1]],
        ] as const;
        for (const [got, rmse, goal] of halves) {
          near(got.rmse, rmse, 1e-8);
          near(got.objective, goal, 1e-8);
          expect(got.objective).toBeLessThanOrEqual(before * (1 + 1e-12));
          before = got.objective;
        }
      }
      expect(before).toBeGreaterThanOrEqual(run.limit_objective * (1 - 1e-12));
    });
  }

  test('weighted λ agrees with plain λ times the count', () => {
    const { k, lam, seed, iterations, rmse_after_item_step: expected } = dense.als_wr_run;
    const als = alsOn(denseRatings, modelOf(300, 300, k, lcg(seed)), lam, 'weighted', solveCompleteLines);
    for (let it = 0; it < iterations; it++) {
      als.users();
      near(als.items().rmse, expected[it], 1e-8);
    }
  });

  for (const run of dense.lambda_to_zero) {
    test(`reaches the rank-${run.k} floor as λ goes to zero, in as many iterations as the reference`, () => {
      const model = modelOf(300, 300, run.k, lcg(run.seed));
      const als = alsOn(denseRatings, model, run.lam, 'plain', solveCompleteLines);
      const within = (share: number) => errors.findIndex((e) => e <= run.eckart_young_rmse * (1 + share)) + 1;
      const errors: number[] = [];
      for (let it = 0; it < run.iterations_to_within_0p1_percent; it++) {
        als.users();
        errors.push(als.items().rmse);
      }
      expect(within(0.01)).toBe(run.iterations_to_within_1_percent);
      expect(within(0.001)).toBe(run.iterations_to_within_0p1_percent);
      expect(Math.min(...errors)).toBeGreaterThanOrEqual(run.eckart_young_rmse * (1 - 1e-9));
    });
  }

  // Higher ranks agree too (to 1e-12, once, by hand), but take 3 to 10 seconds each.
  for (const run of dense.lambda_to_zero.filter(({ k }: { k: number }) => k <= 2)) {
    test(`rests on the rank-${run.k} floor after 1000 iterations`, () => {
      const model = modelOf(300, 300, run.k, lcg(run.seed));
      const { byUser, byItem } = linesOf(denseRatings, 300, 300);
      const { userFactors: U, itemFactors: P } = model;
      for (let it = 0; it < 1000; it++) {
        solveCompleteLines(U, P, byUser, run.k, run.lam, 'plain', 0, 300);
        solveCompleteLines(P, U, byItem, run.k, run.lam, 'plain', 0, 300);
      }
      near(Math.sqrt(squaredError(model, denseRatings, 0, 90_000) / 90_000), run.rmse_after_1000, 1e-8);
    });
  }
});

describe('on the sparse reference', () => {
  const sparse = golden('sparse');
  const ratings = triplesOf(sparse.ratings);
  const start = (extra = 0) => {
    const model = modelOf(sparse.n_users + extra, sparse.n_items + extra, sparse.k);
    model.userFactors.set(sparse.U0.flat());
    model.itemFactors.set(sparse.P0.flat());
    return model;
  };

  for (const run of sparse.cases) {
    test(`follows ${run.method} at λ ${run.lam}, ${run.order}`, () => {
      const model = start();
      const als = alsOn(ratings, model, run.lam, run.method === 'als-wr' ? 'weighted' : 'plain');
      let before = Number.POSITIVE_INFINITY;
      for (let it = 1; it <= 50; it++) {
        const halves = run.order === 'users-first' ? [als.users(), als.items()] : [als.items(), als.users()];
        for (const [h, half] of halves.entries()) {
          expect(half.objective).toBeLessThanOrEqual(before * (1 + 1e-12));
          before = half.objective;
          const goal = run.objective_after_each_half_step[2 * (it - 1) + h];
          if (goal !== undefined) near(half.objective, goal, it <= 10 ? 1e-8 : 1e-6);
        }
        const expected = run.after[it];
        if (!expected) continue;
        const tolerance = it <= 10 ? 1e-8 : 1e-6;
        expect(difference(model.userFactors, expected.U.flat())).toBeLessThanOrEqual(tolerance);
        expect(difference(model.itemFactors, expected.P.flat())).toBeLessThanOrEqual(tolerance);
        expect(Math.abs(halves[1].rmse - expected.rmse)).toBeLessThanOrEqual(tolerance);
      }
    });
  }

  test('gives a user and an item without ratings zero factors, and changes nobody else', () => {
    const { lam, iterations, rmse } = sparse.empty_row_case;
    for (const kind of ['plain', 'weighted'] as const) {
      const model = start(1);
      const als = alsOn(ratings, model, lam, kind);
      let last = als.measure();
      for (let it = 0; it < iterations; it++) {
        als.users();
        last = als.items();
      }
      expect([...model.userFactors.slice(-3), ...model.itemFactors.slice(-3)]).toEqual([0, 0, 0, 0, 0, 0]);
      if (kind === 'plain') near(last.rmse, rmse, 1e-9);
    }
  });
});

describe('recovers low-rank matrices', () => {
  const { cases } = golden('recovery_and_units');
  for (const { name, gen, train, test: held, fits } of cases) {
    for (const { k, lam, spark_target_rmse, numpy } of fits) {
      for (const expected of numpy) {
        test(`${name} at rank ${k} by ${expected.method} from ${expected.init}`, () => {
          const ratings = triplesOf(train);
          const heldOut = triplesOf(held);
          const errors = Array.from({ length: 15 }, (_, s) => {
            const next = lcg(1000 + s);
            const signed = expected.init === '[-1,1)';
            const model = modelOf(gen.n_users, gen.n_items, k, () => (signed ? 2 * next() - 1 : next()));
            const als = alsOn(ratings, model, lam, expected.method === 'als-wr' ? 'weighted' : 'plain');
            for (let it = 0; it < 10; it++) {
              als.users();
              als.items();
            }
            return Math.sqrt(squaredError(model, heldOut, 0, held.length) / held.length);
          });
          expect(errors.filter((error) => error < spark_target_rmse).length).toBeGreaterThanOrEqual(
            expected.seeds_meeting_target - 2,
          );
          if (expected.test_rmse_seed_1000 < spark_target_rmse)
            near(errors[0], expected.test_rmse_seed_1000, 1e-6);
        });
      }
    }
  }
});

function predict({ rank, userFactors, itemFactors }: Model, x: number, y: number): number {
  let sum = 0;
  for (let f = 0; f < rank; f++) sum += userFactors[x * rank + f] * itemFactors[y * rank + f];
  return sum;
}

describe('stays finite', () => {
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
  } of golden('recovery_and_units').stress) {
    test(name, () => {
      const ratings = triplesOf(rows);
      const model = modelOf(n_users, n_items, k, lcg(5));
      const before = model.userFactors.slice();
      const als = alsOn(ratings, model, lam, 'plain');
      for (let it = 0; it < iterations; it++) {
        als.users();
        als.items();
      }
      expect([...model.userFactors, ...model.itemFactors].every(Number.isFinite)).toBe(true);
      if (iterations === 0) expect(model.userFactors).toEqual(before);
      const { rmse } = als.measure();
      if (expected !== undefined) expect(Math.abs(rmse - expected)).toBeLessThanOrEqual(1e-8);
      if (name === 'all ratings equal 3') expect(rmse).toBeLessThan(0.05);
      if (name === 'single rating') expect(rmse).toBeLessThan(0.2); // |prediction − 4|
      if (name.startsWith('identity')) {
        const diagonal = Array.from({ length: n_users }, (_, x) => predict(model, x, x));
        expect(Math.min(...diagonal)).toBeGreaterThan(0.5);
        expect(Math.abs(Math.min(...diagonal) - minimum)).toBeLessThanOrEqual(1e-6);
      }
    });
  }
});

const matrix = fc.record({
  users: fc.integer({ min: 2, max: 9 }),
  items: fc.integer({ min: 2, max: 13 }),
  rank: fc.integer({ min: 1, max: 5 }),
  seed: fc.nat(),
  share: fc.double({ min: 0.3, max: 1, noNaN: true }),
});

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

test('the objective never rises, on matrices that are not square', () => {
  fc.assert(
    fc.property(matrix, fc.constantFrom('plain' as const, 'weighted' as const), (shape, kind) => {
      const als = alsOn(
        made(shape),
        modelOf(shape.users, shape.items, shape.rank, lcg(shape.seed ^ 7)),
        0.1,
        kind,
      );
      let before = Number.POSITIVE_INFINITY;
      for (let it = 0; it < 4; it++) {
        for (const { objective: now } of [als.users(), als.items()]) {
          expect(now).toBeLessThanOrEqual(before * (1 + 1e-10));
          before = now;
        }
      }
    }),
    { seed: 1 },
  );
});

test('where a range of rows is cut changes no bit', () => {
  fc.assert(
    fc.property(matrix, fc.nat(), (shape, cut) => {
      const { byUser } = linesOf(made(shape), shape.users, shape.items);
      const [whole, pieces] = [
        modelOf(shape.users, shape.items, shape.rank, lcg(3)),
        modelOf(shape.users, shape.items, shape.rank, lcg(3)),
      ];
      const at = cut % (shape.users + 1);
      solveLines(whole.userFactors, whole.itemFactors, byUser, shape.rank, 0.2, 'weighted', 0, shape.users);
      solveLines(
        pieces.userFactors,
        pieces.itemFactors,
        byUser,
        shape.rank,
        0.2,
        'weighted',
        at,
        shape.users,
      );
      solveLines(pieces.userFactors, pieces.itemFactors, byUser, shape.rank, 0.2, 'weighted', 0, at);
      expect(pieces.userFactors).toEqual(whole.userFactors);
    }),
    { seed: 2 },
  );
});

test('where a range of complete rows is cut changes no bit', () => {
  fc.assert(
    fc.property(matrix, fc.nat(), (shape, cut) => {
      const { users, items, rank } = shape;
      const { byItem } = linesOf(made({ ...shape, share: 2 }), users, items);
      const { userFactors } = modelOf(users, items, rank, lcg(5));
      const [whole, pieces] = [new Float64Array(items * rank), new Float64Array(items * rank)];
      const at = cut % (items + 1);
      solveCompleteLines(whole, userFactors, byItem, rank, 0.2, 'plain', 0, items);
      solveCompleteLines(pieces, userFactors, byItem, rank, 0.2, 'plain', at, items);
      solveCompleteLines(pieces, userFactors, byItem, rank, 0.2, 'plain', 0, at);
      expect(pieces).toEqual(whole);
    }),
    { seed: 4 },
  );
});

test('every solved row satisfies its normal equations: P_Ωᵀ(r_x − P_Ω U_x) = λ U_x', () => {
  fc.assert(
    fc.property(matrix, fc.constantFrom('plain' as const, 'weighted' as const), (shape, kind) => {
      const { byUser } = linesOf(made(shape), shape.users, shape.items);
      const model = modelOf(shape.users, shape.items, shape.rank, lcg(6));
      solveLines(model.userFactors, model.itemFactors, byUser, shape.rank, 0.1, kind, 0, shape.users);
      for (let x = 0; x < shape.users; x++) {
        const [first, end] = [byUser.start[x], byUser.start[x + 1]];
        const lambda = kind === 'weighted' ? 0.1 * (end - first) : 0.1;
        for (let f = 0; f < shape.rank; f++) {
          let residual = -lambda * model.userFactors[x * shape.rank + f];
          for (let p = first; p < end; p++) {
            const y = byUser.other[p];
            residual += model.itemFactors[y * shape.rank + f] * (byUser.value[p] - predict(model, x, y));
          }
          expect(Math.abs(residual)).toBeLessThan(1e-6);
        }
      }
    }),
    { seed: 5 },
  );
});

test('the complete solver agrees with the sparse one', () => {
  fc.assert(
    fc.property(matrix, (shape) => {
      const { byItem } = linesOf(made({ ...shape, share: 2 }), shape.users, shape.items);
      const [a, b] = [
        modelOf(shape.users, shape.items, shape.rank, lcg(4)),
        modelOf(shape.users, shape.items, shape.rank, lcg(4)),
      ];
      solveLines(a.itemFactors, a.userFactors, byItem, shape.rank, 0.3, 'weighted', 0, shape.items);
      solveCompleteLines(b.itemFactors, b.userFactors, byItem, shape.rank, 0.3, 'weighted', 0, shape.items);
      expect(difference(a.itemFactors, b.itemFactors)).toBeLessThan(1e-9);
    }),
    { seed: 3 },
  );
});

test('predicts the products of the reference, to the last bit', () => {
  const { U, P, items_for_users } = golden('recovery_and_units').unit.top_k;
  const model = modelOf(3, 7, 2);
  for (const [x, row] of Object.entries<number[]>(U)) model.userFactors.set(row, 2 * Number(x));
  for (const [y, row] of Object.entries<number[]>(P)) model.itemFactors.set(row, 2 * Number(y));
  const scores = Object.entries<[number, number][]>(items_for_users).flatMap(([x, items]) =>
    items.map(([y, score]) => [Number(x), y, score] as const),
  );
  expect(scores).toHaveLength(12);
  expect(squaredError(model, triplesOf(scores), 0, scores.length)).toBe(0);
});
