import { describe, expect, test } from 'vitest';
import { alsOn } from './fixtures/als-on';
import {
  bothKernels,
  denseRatings,
  difference,
  golden,
  lcg,
  linesOf,
  modelOf,
  rowsOf,
  setRows,
  triplesOf,
} from './fixtures/golden';
import { pageKernels } from './page-kernels';

const near = (actual: number, expected: number, relative: number) =>
  expect(Math.abs(actual - expected) / Math.abs(expected)).toBeLessThanOrEqual(relative);

const dense = golden('dense300');
const sparse = golden('sparse');

describe.each(bothKernels)('the $name kernels', ({ float32, fresh }) => {
  describe('on the complete 300 × 300 reference', () => {
    for (const run of dense.als_runs) {
      test(`follow every half-sweep at rank ${run.k}, λ ${run.lam}, and never raise the objective`, () => {
        const tolerance = float32 ? (run.k <= 8 ? 2e-4 : 1e-3) : 1e-8;
        const kernels = fresh();
        const model = modelOf(kernels, 300, 300, run.k, lcg(run.seed));
        const als = alsOn(kernels, denseRatings, model, run.lam, 'plain', 'solveCompleteLines');
        let before = Number.POSITIVE_INFINITY;
        for (let it = 0; it < run.iterations; it++) {
          const halves = [
            [als.users(), run.rmse_after_user_step[it], run.objective_after_each_half_step[2 * it]],
            [als.items(), run.rmse_after_item_step[it], run.objective_after_each_half_step[2 * it + 1]],
          ] as const;
          for (const [got, rmse, goal] of halves) {
            near(got.rmse, rmse, tolerance);
            near(got.objective, goal, 2 * tolerance);
            expect(got.objective).toBeLessThanOrEqual(before * (1 + (float32 ? 1e-5 : 1e-12)));
            before = got.objective;
          }
        }
        expect(before).toBeGreaterThanOrEqual(run.limit_objective * (1 - (float32 ? 1e-6 : 1e-12)));
      });
    }

    test('agree on weighted λ and plain λ times the count', () => {
      const { k, lam, seed, iterations, rmse_after_item_step: expected } = dense.als_wr_run;
      const kernels = fresh();
      const model = modelOf(kernels, 300, 300, k, lcg(seed));
      const als = alsOn(kernels, denseRatings, model, lam, 'weighted', 'solveCompleteLines');
      for (let it = 0; it < iterations; it++) {
        als.users();
        near(als.items().rmse, expected[it], float32 ? 2e-4 : 1e-8);
      }
    });

    for (const run of dense.lambda_to_zero) {
      test(`reach the rank-${run.k} floor as λ goes to zero, in as many iterations as the reference`, () => {
        const kernels = fresh();
        const model = modelOf(kernels, 300, 300, run.k, lcg(run.seed));
        const als = alsOn(kernels, denseRatings, model, run.lam, 'plain', 'solveCompleteLines');
        const within = (share: number) =>
          errors.findIndex((e) => e <= run.eckart_young_rmse * (1 + share)) + 1;
        const errors: number[] = [];
        for (let it = 0; it < run.iterations_to_within_0p1_percent + (float32 ? 1 : 0); it++) {
          als.users();
          errors.push(als.items().rmse);
        }
        const late = float32 ? 1 : 0;
        expect(Math.abs(within(0.01) - run.iterations_to_within_1_percent)).toBeLessThanOrEqual(late);
        expect(Math.abs(within(0.001) - run.iterations_to_within_0p1_percent)).toBeLessThanOrEqual(late);
        expect(Math.min(...errors)).toBeGreaterThanOrEqual(
          run.eckart_young_rmse * (1 - (float32 ? 1e-6 : 1e-9)),
        );
      });
    }
  });

  describe('on the sparse reference', () => {
    const ratings = triplesOf(sparse.ratings);
    const begin = (extra = 0) => {
      const kernels = fresh();
      const model = modelOf(kernels, sparse.n_users + extra, sparse.n_items + extra, sparse.k);
      setRows(model, 'users', sparse.U0.flat());
      setRows(model, 'items', sparse.P0.flat());
      return { kernels, model };
    };

    for (const run of sparse.cases) {
      test(`follow ${run.method} at λ ${run.lam}, ${run.order}`, () => {
        const { kernels, model } = begin();
        const kind = run.method === 'als-wr' ? 'weighted' : 'plain';
        const als = alsOn(kernels, ratings, model, run.lam, kind);
        let before = Number.POSITIVE_INFINITY;
        // The float32 reference holds for ten iterations.
        for (let it = 1; it <= (float32 ? 10 : 50); it++) {
          const halves =
            run.order === 'users-first' ? [als.users(), als.items()] : [als.items(), als.users()];
          for (const [h, half] of halves.entries()) {
            expect(half.objective).toBeLessThanOrEqual(before * (1 + (float32 ? 1e-5 : 1e-12)));
            before = half.objective;
            const goal = run.objective_after_each_half_step[2 * (it - 1) + h];
            if (goal !== undefined) near(half.objective, goal, float32 ? 2e-4 : it <= 10 ? 1e-8 : 1e-6);
          }
          const expected = run.after[it];
          if (!expected) continue;
          const tolerance = float32 ? 2e-3 : it <= 10 ? 1e-8 : 1e-6;
          expect(difference(rowsOf(model, 'users'), expected.U.flat())).toBeLessThanOrEqual(tolerance);
          expect(difference(rowsOf(model, 'items'), expected.P.flat())).toBeLessThanOrEqual(tolerance);
          near(halves[1].rmse, expected.rmse, float32 ? 1e-4 : tolerance);
        }
      });
    }

    test('give a user and an item without ratings zero factors, and change nobody else', () => {
      const { lam, iterations, rmse } = sparse.empty_row_case;
      for (const kind of ['plain', 'weighted'] as const) {
        const { kernels, model } = begin(1);
        const als = alsOn(kernels, ratings, model, lam, kind);
        let last = als.measure();
        for (let it = 0; it < iterations; it++) {
          als.users();
          last = als.items();
        }
        expect([...rowsOf(model, 'users').slice(-3), ...rowsOf(model, 'items').slice(-3)]).toEqual([
          0, 0, 0, 0, 0, 0,
        ]);
        if (kind === 'plain') near(last.rmse, rmse, float32 ? 1e-4 : 1e-9);
      }
    });
  });
});

// Higher ranks agree too (to 1e-12, once, by hand), but take 3 to 10 seconds each.
for (const run of dense.lambda_to_zero.filter(({ k }: { k: number }) => k <= 2)) {
  test(`the page rests on the rank-${run.k} floor after 1000 iterations`, () => {
    const model = modelOf(pageKernels, 300, 300, run.k, lcg(run.seed));
    const { byUser, byItem } = linesOf(pageKernels, denseRatings, 300, 300);
    for (let it = 0; it < 1000; it++) {
      pageKernels.solveCompleteLines(model, 'users', byUser, run.lam, 'plain', 0, 300);
      pageKernels.solveCompleteLines(model, 'items', byItem, run.lam, 'plain', 0, 300);
    }
    near(Math.sqrt(pageKernels.sumErrors(model, byUser, 0, 300).sums[1] / 90_000), run.rmse_after_1000, 1e-8);
  });
}
