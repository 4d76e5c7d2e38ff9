import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  bothKernels,
  difference,
  golden,
  lcg,
  modelOf,
  placedIndices,
  placedTriples,
  rowsOf,
  setRows,
  triplesOf,
} from './fixtures/golden';
import type { GradientSums, Kernels, Model } from './kernels';

type Row = [x: number, y: number, r: number];
const reference = golden('minibatch');
const batches: Row[][] = reference.batches;
const count = (side: 0 | 1) => 1 + Math.max(...batches.flat().map((row) => row[side]));
const [userCount, itemCount] = [count(0), count(1)];

const noSums = (kernels: Kernels, { userBias, itemBias, userFactors, itemFactors }: Model): GradientSums => ({
  userBias: kernels.floats(userBias.length),
  itemBias: kernels.floats(itemBias.length),
  userFactors: kernels.floats(userFactors.length),
  itemFactors: kernels.floats(itemFactors.length),
});

const unbounded = [Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY] as const;

/** One pass over a batch: sums from the old values, then both sides moved. */
function pass(
  kernels: Kernels,
  model: Model,
  sums: GradientSums,
  batch: readonly Row[],
  rate: number,
  lambda: number,
  [low, high]: readonly [number, number] = unbounded,
  factorLambda = lambda,
) {
  kernels.addGradients(
    model,
    sums,
    placedTriples(kernels, triplesOf(batch)),
    0,
    batch.length,
    lambda,
    low,
    high,
    factorLambda,
  );
  for (const [i, side] of (['users', 'items'] as const).entries()) {
    const rows = placedIndices(kernels, [...new Set(batch.map((row) => row[i]))]);
    kernels.applyGradients(model, sums, side, rows, rows.length, rate);
  }
}

describe.each(bothKernels)('the $name kernels', ({ float32, fresh }) => {
  for (const { params, after_batch } of reference.variants) {
    test(`follow the reference: ${params.name}`, () => {
      const kernels = fresh();
      const model = modelOf(kernels, userCount, itemCount, reference.k);
      const sums = noSums(kernels, model);
      const { U, P, bu, bi } = reference.init;
      const padded = (rows: Record<string, number[]>, n: number) =>
        Array.from({ length: n }, (_, x) => rows[x] ?? Array(reference.k).fill(0)).flat();
      setRows(model, 'users', padded(U, userCount));
      setRows(model, 'items', padded(P, itemCount));
      for (let x = 0; x < userCount; x++) model.userBias[x] = bu[x] ?? 0;
      for (let y = 0; y < itemCount; y++) model.itemBias[y] = bi[y] ?? 0;
      let seen = 0;
      let mean = 0;
      for (const [b, batch] of batches.entries()) {
        const sum = batch.reduce((total, [, , r]) => total + r, 0);
        if (b === 0) mean = sum / batch.length;
        else if (params.mu === 'running') mean = (mean * seen + sum) / (seen + batch.length);
        seen += batch.length;
        model.mean = mean;
        const share = params.divide === 'batch-size' ? batch.length : 1;
        for (let i = 0; i < params.iterations; i++)
          pass(
            kernels,
            model,
            sums,
            batch,
            (params.gamma * params.rate ** i) / share,
            params.lam,
            params.clamp ?? undefined,
          );
        const expected = after_batch[b];
        const tolerance = float32 ? 1e-5 : 1e-10;
        const picked = (side: 'users' | 'items', ids: number[]) => {
          const rows = rowsOf(model, side);
          return ids.flatMap((x) => rows.slice(x * reference.k, (x + 1) * reference.k));
        };
        expect(Math.abs(mean - expected.mu)).toBeLessThanOrEqual(1e-10);
        expect(difference(picked('users', expected.user_ids), expected.U.flat())).toBeLessThanOrEqual(
          tolerance,
        );
        expect(difference(picked('items', expected.item_ids), expected.P.flat())).toBeLessThanOrEqual(
          tolerance,
        );
        expect(
          difference(
            expected.user_ids.map((x: number) => model.userBias[x]),
            expected.b_user,
          ),
        ).toBeLessThanOrEqual(tolerance);
        expect(
          difference(
            expected.item_ids.map((y: number) => model.itemBias[y]),
            expected.b_item,
          ),
        ).toBeLessThanOrEqual(tolerance);
      }
    });
  }

  test('a batch of one is one observation of B-SGD; rows outside a batch stay, bit for bit', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 40 }), fc.nat(), (rank, seed) => {
        const kernels = fresh();
        const model = modelOf(kernels, 4, 5, rank, lcg(seed));
        model.mean = 3;
        const before = { users: rowsOf(model, 'users'), items: rowsOf(model, 'items') };
        pass(kernels, model, noSums(kernels, model), [[2, 1, 4.5]], 0.02, 0.1, unbounded, 0.3);
        const [users, items] = [rowsOf(model, 'users'), rowsOf(model, 'items')];
        const same = (after: number[], old: number[], row: number) =>
          after.forEach((value, i) => {
            if (Math.floor(i / rank) !== row) expect(value).toBe(old[i]);
          });
        same(users, before.users, 2);
        same(items, before.items, 1);
        setRows(model, 'users', before.users);
        setRows(model, 'items', before.items);
        model.userBias.fill(0);
        model.itemBias.fill(0);
        const one = placedTriples(kernels, triplesOf([[2, 1, 4.5]]));
        kernels.learn(model, one, null, 0, 1, 0.02, 0.1, 1e9, 0.02, 0.3);
        expect(difference(rowsOf(model, 'users'), users)).toBeLessThan(float32 ? 1e-5 : 1e-12);
        expect(difference(rowsOf(model, 'items'), items)).toBeLessThan(float32 ? 1e-5 : 1e-12);
      }),
      { seed: 6, numRuns: 40 },
    );
  });
});
