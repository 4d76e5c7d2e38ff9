import { describe, expect, test } from 'vitest';
import { bothKernels, linesOf, modelOf, placedTriples, setRows, triplesOf } from './fixtures/golden';
import { objective } from './fixtures/objective';
import type { Kernels } from './kernels';

/** Two users, three items, rank 1: U = (1, 2), P = (1, 3, 5). */
function small(kernels: Kernels) {
  const model = modelOf(kernels, 2, 3, 1);
  setRows(model, 'users', [1, 2]);
  setRows(model, 'items', [1, 3, 5]);
  return model;
}

describe.each(bothKernels)('the $name kernels', ({ fresh }) => {
  test('square every error, computed by hand', () => {
    const kernels = fresh();
    const model = small(kernels);
    model.mean = 0.5;
    model.userBias.set([0, 1]);
    model.itemBias.set([0, 0, -2]);
    const { byUser } = linesOf(
      kernels,
      triplesOf([
        [0, 1, 4], // 0.5 + 0 + 0 + 1·3 = 3.5: error 0.5
        [1, 2, 7], // 0.5 + 1 − 2 + 2·5 = 9.5: error −2.5
      ]),
      2,
      3,
    );
    expect(kernels.sumErrors(model, byUser, 0, 2).squares).toBe(6.5);
    expect(kernels.sumErrors(model, byUser, 1, 2).squares).toBe(6.25);
    expect(kernels.sumErrors(model, byUser, 1, 1).squares).toBe(0);
    expect(kernels.sumErrors({ ...model, unit: 2 }, byUser, 0, 1).squares).toBe((4 / 2 - 3.5) ** 2);
  });

  test('predict, computed by hand, from any place of a list', () => {
    const kernels = fresh();
    const model = small(kernels);
    model.mean = 0.5;
    model.userBias.set([0, 1]);
    model.itemBias.set([0, 0, -2]);
    const pairs = placedTriples(
      kernels,
      triplesOf([
        [0, 0, 0],
        [0, 1, 0], // 0.5 + 1·3
        [1, 2, 0], // 0.5 + 1 − 2 + 2·5
      ]),
    );
    const out = kernels.floats(3);
    kernels.predict(model, pairs, 1, 3, out);
    expect([...out]).toEqual([3.5, 9.5, 0]);
  });

  test('add the penalty to the objective, plain or weighted by counts, computed by hand', () => {
    const kernels = fresh();
    const model = small(kernels);
    // User 0 knows items 0, 1, 2; user 1 knows item 1. All predicted as they are: Σε² = 0.
    const lines = linesOf(
      kernels,
      triplesOf([
        [0, 0, 1],
        [0, 1, 3],
        [0, 2, 5],
        [1, 1, 6],
      ]),
      2,
      3,
    );
    // ‖U‖² = 1 + 4, ‖P‖² = 1 + 9 + 25; weighted: 3·1 + 1·4 and 1·1 + 2·9 + 1·25.
    expect(objective(kernels, model, lines, 0.5, 'plain')).toBe(0.5 * 40);
    expect(objective(kernels, model, lines, 0.5, 'weighted')).toBe(0.5 * (7 + 44));
  });
});
