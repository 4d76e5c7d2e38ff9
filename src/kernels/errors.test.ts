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
    expect(kernels.sumErrors(model, byUser, 0, 2).sums[1]).toBe(6.5);
    expect(kernels.sumErrors(model, byUser, 1, 2).sums[1]).toBe(6.25);
    expect(kernels.sumErrors(model, byUser, 1, 1).sums[1]).toBe(0);
    expect(kernels.sumErrors({ ...model, unit: 2 }, byUser, 0, 1).sums[1]).toBe((4 / 2 - 3.5) ** 2);
  });

  test('count cold pairs apart, and cut to the scale what is said of every pair, computed by hand', () => {
    const kernels = fresh();
    const model = { ...small(kernels), unit: 2 };
    model.mean = 0.5;
    const told = [
      [0, 0, 4], // Known: 2 units, 0.5 + 1 = 1.5.
      [0, 1, 6], // Known: 3 units, 3.5, cut to 3.
      [0, 2, 2], // Nobody has rated the item: 1 unit, 5.5, cut to 3; μ is 0.5, cut to 1; 0, cut to 1.
      [1, 0, 8], // The user has rated nothing: 4 units, 2.5; μ is 0.5, cut to 1; 0, cut to 1.
    ] as const;
    const lines = linesOf(kernels, triplesOf(told.map((row) => [...row])), 2, 3);
    const known = linesOf(
      kernels,
      triplesOf([
        [0, 0, 4],
        [0, 1, 6],
      ]),
      2,
      3,
    );
    const learnt = { users: known.byUser.start, items: known.byItem.start };
    const judged = { low: 2, high: 6, learnt };
    const { cold, sums } = kernels.sumErrors(model, lines.byUser, 0, 2, judged);
    expect(cold).toBe(2);
    expect(Array.from(sums)).toEqual(
      [
        ...[0.5 + 0.5, 0.25 + 0.25, 4.5 + 1.5, 4.5 ** 2 + 1.5 ** 2],
        ...[0.5 + 3.5, 0.25 + 3.5 ** 2, 1 + 4, 1 + 16],
        ...[0.5 + 0, 0.25, 2 + 1.5, 4 + 1.5 ** 2],
        ...[0 + 3, 9, 0 + 3, 9],
      ].map((value) => expect.closeTo(value, 6)),
    );
    const parts = [0, 1].map((x) => kernels.sumErrors(model, lines.byUser, x, x + 1, judged));
    expect(parts.map((part) => part.cold)).toEqual([1, 1]);
    expect(kernels.sumErrors(model, lines.byUser, 0, 2).cold).toBe(0);
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
