import { describe, expect, test } from 'vitest';
import { learn } from './bias-sgd';
import { dense300, difference, golden, lcg, modelOf, triplesOf } from './fixtures/golden';
import type { Model } from './kernels';
import { squaredError } from './rmse';

describe('on the reference', () => {
  const sgd = golden('sgd');
  const ratings = triplesOf(sgd.ratings);
  const order = Uint32Array.from(sgd.order);
  function start() {
    const model = modelOf(sgd.n_users, sgd.n_items, sgd.k);
    model.mean = sgd.mu;
    model.userFactors.set(sgd.U0.flat());
    model.itemFactors.set(sgd.P0.flat());
    model.userBias.set(sgd.b_user0);
    model.itemBias.set(sgd.b_item0);
    return model;
  }
  const rmse = (model: ReturnType<typeof start>) =>
    Math.sqrt(squaredError(model, ratings, 0, sgd.ratings.length) / sgd.ratings.length);

  test('is exact after 1, 2, 10, 100 and 1000 observations, however they are sliced', () => {
    const model = start();
    expect(rmse(model)).toBeCloseTo(sgd.start_rmse, 9);
    let done = 0;
    for (const [count, expected] of Object.entries<
      Record<string, number[][]> & { rmse: number; b_user: number[]; b_item: number[] }
    >(sgd.after)) {
      expect(learn(model, ratings, order, done, Number(count), sgd.gamma, sgd.lam, 1e9)).toBe(Number(count));
      done = Number(count);
      const tolerance = done > 99 ? 1e-9 : 1e-10;
      expect(difference(model.userFactors, expected.U.flat())).toBeLessThanOrEqual(tolerance);
      expect(difference(model.itemFactors, expected.P.flat())).toBeLessThanOrEqual(tolerance);
      expect(difference(model.userBias, expected.b_user)).toBeLessThanOrEqual(tolerance);
      expect(difference(model.itemBias, expected.b_item)).toBeLessThanOrEqual(tolerance);
      expect(rmse(model)).toBeCloseTo(expected.rmse, 9);
    }
    expect(done).toBe(1000);
  });

  test('sees the errors of the reference, and applies one only if it is within the limit', () => {
    const model = start();
    for (const [n, error] of sgd.eps_first_10.entries()) {
      const [below, above] = [Math.abs(error) - 1e-9, Math.abs(error) + 1e-9];
      expect(learn(model, ratings, order, n, n + 1, sgd.gamma, sgd.lam, below)).toBe(n);
      expect(learn(model, ratings, order, n, n + 1, sgd.gamma, sgd.lam, above)).toBe(n + 1);
    }
  });

  test('the bug of updating P with the new U would be caught', () => {
    const right = start();
    learn(right, ratings, order, 0, 10, sgd.gamma, sgd.lam, 1e9);
    const wrong = start();
    for (const j of order.slice(0, 10)) learnWithNewUser(wrong, sgd.ratings[j], sgd.gamma, sgd.lam);
    expect(difference(wrong.itemFactors, sgd.diagnose.after_10_P.flat())).toBeLessThanOrEqual(1e-10);
    expect(difference(wrong.itemFactors, sgd.after[10].P.flat())).toBeGreaterThan(1e-7);
    expect(difference(right.itemFactors, sgd.after[10].P.flat())).toBeLessThanOrEqual(1e-10);
  });
});

/** B-SGD with the bug that the reference describes: P_y sees the U_x that has just been updated. */
function learnWithNewUser(model: Model, [x, y, r]: [number, number, number], rate: number, lambda: number) {
  const { rank, userFactors: U, itemFactors: P, userBias, itemBias } = model;
  let error = r - model.mean - userBias[x] - itemBias[y];
  for (let f = 0; f < rank; f++) error -= U[x * rank + f] * P[y * rank + f];
  userBias[x] += rate * (error - lambda * userBias[x]);
  itemBias[y] += rate * (error - lambda * itemBias[y]);
  for (let f = 0; f < rank; f++) {
    U[x * rank + f] += rate * (error * P[y * rank + f] - lambda * U[x * rank + f]);
    P[y * rank + f] += rate * (error * U[x * rank + f] - lambda * P[y * rank + f]);
  }
}

test('ratings that are all equal stay predicted: the mean is the answer, and nothing moves away from it', () => {
  const rows = Array.from({ length: 30 }, (_, j) => [Math.floor(j / 5), j % 5, 3] as const);
  const model = modelOf(6, 5, 4);
  model.mean = 3;
  learn(model, triplesOf(rows), Uint32Array.from(rows.keys()), 0, 30, 0.05, 0.02, 100);
  expect(squaredError(model, triplesOf(rows), 0, 30)).toBe(0);
});

test('an error beyond the limit, or a rating that is not a number, changes nothing', () => {
  for (const bad of [50, Number.NaN]) {
    const ratings = triplesOf([
      [0, 0, 1],
      [1, 2, bad],
    ]);
    const model = modelOf(2, 3, 2, lcg(1));
    expect(learn(model, ratings, Uint32Array.of(0, 1), 0, 2, 0.1, 0.1, 10)).toBe(1);
    const untouched = modelOf(2, 3, 2, lcg(1));
    expect(model.userFactors.slice(2)).toEqual(untouched.userFactors.slice(2));
    expect(model.itemFactors.slice(2)).toEqual(untouched.itemFactors.slice(2));
    expect([model.userBias[1], model.itemBias[2]]).toEqual([0, 0]);
  }
});

describe('with too large a learning rate', () => {
  const reference = golden('divergence');
  const ratings = triplesOf(
    Array.from({ length: 900 }, (_, i) => {
      const [x, y] = [Math.floor(i / 30), i % 30];
      return [x, y, dense300[10 * x * 300 + 10 * y]] as const;
    }),
  );
  const next = lcg(555);
  const order = Uint32Array.from(
    Array.from({ length: 20 }, () => {
      const epoch = Array.from({ length: 900 }, (_, i) => i);
      for (let i = 899; i > 0; i--) {
        const j = Math.floor(next() * (i + 1));
        [epoch[i], epoch[j]] = [epoch[j], epoch[i]];
      }
      return epoch;
    }).flat(),
  );

  test('visits in the order of the reference', () =>
    expect([...order.slice(0, 20)]).toEqual(reference.first_20_of_order));

  for (const run of reference.runs) {
    test(`γ ${run.gamma} stops before the first error beyond ten spans`, () => {
      const start = () => {
        const model = modelOf(30, 30, reference.k, lcg(556));
        model.mean = reference.mu;
        return model;
      };
      const model = start();
      const first = run.f64.first_abs_eps_over_10x_range;
      const reached = learn(model, ratings, order, 0, order.length, run.gamma, 0.02, 2550);
      expect(reached).toBe(first === null ? order.length : first - 1);
      expect([...model.userFactors, ...model.itemFactors].every(Number.isFinite)).toBe(true);
      // Without a limit, only an error that is not a number stops it, at the observation that the reference names.
      const unlimited = learn(start(), ratings, order, 0, order.length, run.gamma, 0.02, Number.MAX_VALUE);
      expect(unlimited).toBe(run.f64.first_non_finite === null ? order.length : run.f64.first_non_finite - 1);
      if (run.rmse_after_20_epochs)
        expect(Math.sqrt(squaredError(model, ratings, 0, 900) / 900)).toBeCloseTo(
          run.rmse_after_20_epochs,
          3,
        );
    });
  }
});
