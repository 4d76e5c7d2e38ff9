import { describe, expect, test } from 'vitest';
import {
  bothKernels,
  dense300,
  difference,
  golden,
  lcg,
  linesOf,
  modelOf,
  placedIndices,
  placedTriples,
  rowsOf,
  setRows,
  triplesOf,
} from './fixtures/golden';
import type { Kernels, Model } from './kernels';

const sgd = golden('sgd');
const divergence = golden('divergence');

describe.each(bothKernels)('the $name kernels', ({ float32, fresh }) => {
  const rmse = (kernels: Kernels, model: Model, rows: Parameters<typeof triplesOf>[0]) => {
    const { byUser } = linesOf(kernels, triplesOf(rows), model.userCount, model.itemCount);
    return Math.sqrt(kernels.sumErrors(model, byUser, 0, model.userCount).sums[1] / rows.length);
  };

  describe('on the reference', () => {
    function start() {
      const kernels = fresh();
      const model = modelOf(kernels, sgd.n_users, sgd.n_items, sgd.k);
      model.mean = sgd.mu;
      setRows(model, 'users', sgd.U0.flat());
      setRows(model, 'items', sgd.P0.flat());
      model.userBias.set(sgd.b_user0);
      model.itemBias.set(sgd.b_item0);
      const ratings = placedTriples(kernels, triplesOf(sgd.ratings));
      const order = placedIndices(kernels, sgd.order);
      const learn = (from: number, to: number, limit = 1e9) =>
        kernels.learn(model, ratings, order, from, to, sgd.gamma, sgd.lam, limit);
      return { kernels, model, learn };
    }

    test('are exact after 1, 2, 10, 100 and 1000 observations, however they are sliced', () => {
      const { kernels, model, learn } = start();
      expect(rmse(kernels, model, sgd.ratings)).toBeCloseTo(sgd.start_rmse, float32 ? 6 : 9);
      let done = 0;
      for (const [count, expected] of Object.entries<
        Record<string, number[][]> & { rmse: number; b_user: number[]; b_item: number[] }
      >(sgd.after)) {
        expect(learn(done, Number(count))).toBe(Number(count));
        done = Number(count);
        const tolerance = float32 ? (done > 10 ? 1e-4 : 1e-6) : done > 99 ? 1e-9 : 1e-10;
        expect(difference(rowsOf(model, 'users'), expected.U.flat())).toBeLessThanOrEqual(tolerance);
        expect(difference(rowsOf(model, 'items'), expected.P.flat())).toBeLessThanOrEqual(tolerance);
        expect(difference(model.userBias, expected.b_user)).toBeLessThanOrEqual(tolerance);
        expect(difference(model.itemBias, expected.b_item)).toBeLessThanOrEqual(tolerance);
        expect(rmse(kernels, model, sgd.ratings)).toBeCloseTo(expected.rmse, float32 ? 5 : 9);
      }
      expect(done).toBe(1000);
    });

    test('see the errors of the reference, and apply one only if it is within the limit', () => {
      const { learn } = start();
      const margin = float32 ? 1e-5 : 1e-9;
      for (const [n, error] of sgd.eps_first_10.entries()) {
        expect(learn(n, n + 1, Math.abs(error) - margin)).toBe(n);
        expect(learn(n, n + 1, Math.abs(error) + margin)).toBe(n + 1);
      }
    });

    test('would be caught updating P with the new U', () => {
      const { model, learn } = start();
      learn(0, 10);
      const right = rowsOf(model, 'items');
      expect(difference(right, sgd.after[10].P.flat())).toBeLessThanOrEqual(float32 ? 1e-6 : 1e-10);
      expect(difference(right, sgd.diagnose.after_10_P.flat())).toBeGreaterThan(float32 ? 2e-6 : 1e-7);
    });
  });

  test.each([1, 4, 13, 16, 17, 64])('move nothing where all ratings are equal, at rank %i', (rank) => {
    const rows = Array.from({ length: 30 }, (_, j) => [Math.floor(j / 5), j % 5, 3] as const);
    const kernels = fresh();
    const model = modelOf(kernels, 6, 5, rank);
    model.mean = 3;
    kernels.learn(model, placedTriples(kernels, triplesOf(rows)), null, 0, 30, 0.05, 0.02, 100);
    expect(rmse(kernels, model, rows)).toBe(0);
  });

  test.each([2, 16, 20])(
    'change nothing on an error beyond the limit, or a rating that is not a number, at rank %i',
    (rank) => {
      for (const bad of [50, Number.NaN]) {
        const kernels = fresh();
        const ratings = triplesOf([
          [0, 0, 1],
          [1, 2, bad],
        ]);
        const model = modelOf(kernels, 2, 3, rank, lcg(1));
        const before = { users: rowsOf(model, 'users'), items: rowsOf(model, 'items') };
        expect(kernels.learn(model, placedTriples(kernels, ratings), null, 0, 2, 0.1, 0.1, 10)).toBe(1);
        expect(rowsOf(model, 'users').slice(rank)).toEqual(before.users.slice(rank));
        expect(rowsOf(model, 'items').slice(rank)).toEqual(before.items.slice(rank));
        expect(rowsOf(model, 'users').slice(0, rank)).not.toEqual(before.users.slice(0, rank));
        expect([model.userBias[1], model.itemBias[2]]).toEqual([0, 0]);
      }
    },
  );

  describe('with too large a learning rate', () => {
    const ratings = triplesOf(
      Array.from({ length: 900 }, (_, i) => {
        const [x, y] = [Math.floor(i / 30), i % 30];
        return [x, y, dense300[10 * x * 300 + 10 * y]] as const;
      }),
    );
    const next = lcg(555);
    const visits = Array.from({ length: 20 }, () => {
      const epoch = Array.from({ length: 900 }, (_, i) => i);
      for (let i = 899; i > 0; i--) {
        const j = Math.floor(next() * (i + 1));
        [epoch[i], epoch[j]] = [epoch[j], epoch[i]];
      }
      return epoch;
    }).flat();

    test('visit in the order of the reference', () =>
      expect(visits.slice(0, 20)).toEqual(divergence.first_20_of_order));

    for (const run of divergence.runs) {
      test(`γ ${run.gamma} stops before the first error beyond ten spans`, () => {
        const expected = float32 ? run.f32 : run.f64;
        const learn = (limit: number) => {
          const kernels = fresh();
          const model = modelOf(kernels, 30, 30, divergence.k, lcg(556));
          model.mean = divergence.mu;
          const order = placedIndices(kernels, visits);
          const placed = placedTriples(kernels, ratings);
          const reached = kernels.learn(model, placed, order, 0, visits.length, run.gamma, 0.02, limit);
          return { kernels, model, reached };
        };
        const { kernels, model, reached } = learn(2550);
        const first = expected.first_abs_eps_over_10x_range;
        // In float32 the order of additions moves the observation a little; both stop in the same chunk.
        const near = float32 ? 3 : 0;
        if (first === null) expect(reached).toBe(visits.length);
        else expect(Math.abs(reached - (first - 1))).toBeLessThanOrEqual(near);
        expect([...model.userFactors, ...model.itemFactors].every(Number.isFinite)).toBe(true);
        if (run.rmse_after_20_epochs) {
          const { byUser } = linesOf(kernels, ratings, 30, 30);
          const after = Math.sqrt(kernels.sumErrors(model, byUser, 0, 30).sums[1] / 900);
          expect(after).toBeCloseTo(run.rmse_after_20_epochs, float32 ? 2 : 3);
        }
        // Without a limit, only an error that is not a number stops it, where the reference says.
        const unlimited = learn(float32 ? 3.4e38 : Number.MAX_VALUE).reached;
        const last = expected.first_non_finite;
        if (last === null) expect(unlimited).toBe(visits.length);
        else expect(Math.abs(unlimited - (last - 1))).toBeLessThanOrEqual(near);
      });
    }
  });
});

test('the SIMD kernels learn what the page learns, at every rank up to 128, in rating units, by γ and λ of their own', () => {
  const next = lcg(77);
  const rows = Array.from(
    { length: 3000 },
    () => [Math.floor(40 * next()), Math.floor(30 * next()), 255 * next()] as const,
  );
  for (let rank = 1; rank <= 128; rank += rank < 20 ? 1 : rank < 64 ? 4 : 16) {
    const [page, simd] = bothKernels.map(({ fresh }) => {
      const kernels = fresh();
      const noise = lcg(rank);
      const model = { ...modelOf(kernels, 40, 30, rank, () => noise() - 0.5), unit: 51 };
      model.mean = 2.5;
      const steps = [0.01, 0.02, 100, 0.015, 0.04] as const;
      kernels.learn(model, placedTriples(kernels, triplesOf(rows)), null, 0, 3000, ...steps);
      const { byUser } = linesOf(kernels, triplesOf(rows), 40, 30);
      return { rows: rowsOf(model, 'users'), squares: kernels.sumErrors(model, byUser, 0, 40).sums[1] };
    });
    expect(difference(page.rows, simd.rows)).toBeLessThan(1e-4);
    expect(simd.squares / page.squares).toBeCloseTo(1, 5);
  }
});
