import { describe, expect, test } from 'vitest';
import { choiceOf, type ErrorOf, rungsOf, type SearchPlan, summaryOf, taskCount, tasksOf } from './search';

const plan = (strategy: SearchPlan['strategy'], cells = 9, parts = 5): SearchPlan => ({
  strategy,
  cells,
  parts,
});

/** Does all that a search asks for, in an order of one's own; gives who was asked for, and what came of it. */
function done(
  of: SearchPlan,
  errorOf: (cell: number, part: number) => number | null,
  pick: (count: number) => number = () => 0,
) {
  const known = new Map<string, number | null>();
  const found: ErrorOf = (cell, part) => known.get(`${cell} ${part}`);
  const asked: string[] = [];
  for (;;) {
    const rungs = rungsOf(of, found);
    const tasks = tasksOf(rungs[rungs.length - 1], found);
    if (tasks.length === 0) return { rungs, asked, found };
    const { cell, part } = tasks[pick(tasks.length)];
    asked.push(`${cell} ${part}`);
    known.set(`${cell} ${part}`, errorOf(cell, part));
  }
}

/** Cell 4 is best, and folds scatter by a hundredth around 1. */
const bowl = (cell: number, part: number) => 1 + 0.1 * Math.abs(cell - 4) + 0.01 * (part - 2);

describe('a grid', () => {
  test('learns every cell on every part once, part by part', () => {
    const { asked, rungs } = done(plan('grid', 3, 2), bowl);
    expect(asked).toEqual(['0 0', '1 0', '2 0', '0 1', '1 1', '2 1']);
    expect(rungs).toEqual([{ parts: 2, cells: [0, 1, 2] }]);
    expect(
      taskCount(
        plan('grid', 49),
        rungsOf(plan('grid', 49), () => undefined),
      ),
    ).toBe(245);
  });
});

describe('halving', () => {
  test('gives up all but the best third, twice, and learns only those on all parts', () => {
    const { rungs, asked } = done(plan('halving'), bowl);
    expect(rungs).toEqual([
      { parts: 1, cells: [0, 1, 2, 3, 4, 5, 6, 7, 8] },
      { parts: 2, cells: [3, 4, 5] },
      { parts: 5, cells: [4] },
    ]);
    expect(asked).toHaveLength(9 + 3 + 3);
    expect(taskCount(plan('halving'), rungs)).toBe(15);
    // Before anything is decided, as many as there can be.
    expect(taskCount(plan('halving'), rungs.slice(0, 1))).toBe(15);
  });

  test('costs at most two fifths of the grid on five parts, whichever cells are good', () => {
    const costs = Array.from({ length: 49 }, (_, cell) => 4 ** Math.floor(cell / 7));
    const of = { ...plan('halving', 49), costs };
    const costOf = (asked: readonly string[]) =>
      asked.reduce((sum, one) => sum + costs[Number.parseInt(one, 10)], 0);
    const all = 5 * costs.reduce((sum, cost) => sum + cost, 0);
    for (const isGood of [
      (cell: number) => cell,
      (cell: number) => -cell,
      (cell: number) => (cell * 19) % 49,
    ])
      expect(costOf(done(of, isGood).asked) / all).toBeLessThanOrEqual(0.4);
  });

  test('comes to the same whatever is done first', () => {
    const noisy = (cell: number, part: number) => 1 + ((cell * 7 + part * 3) % 5) / 10 + cell / 1000;
    const first = done(plan('halving', 20), noisy);
    const last = done(plan('halving', 20), noisy, (count) => count - 1);
    expect(last.rungs).toEqual(first.rungs);
    expect(last.asked.toSorted()).toEqual(first.asked.toSorted());
  });

  test('gives up those that diverge before those that are bad', () => {
    const { rungs } = done(plan('halving', 3, 5), (cell) => (cell === 0 ? null : 10 ** cell));
    expect(rungs[1].cells).toEqual([1]);
  });

  test('of a single part is a grid', () => {
    expect(done(plan('halving', 9, 1), bowl).rungs).toHaveLength(1);
    expect(done(plan('halving', 9, 2), bowl).rungs.map(({ parts }) => parts)).toEqual([1, 2]);
  });
});

describe('of a cell is told', () => {
  test('its mean and the standard error of that', () => {
    const errors = [1, 2, 3, 6];
    // Deviations −2, −1, 0, 3: s² = 14/3.
    expect(summaryOf(0, 4, (_, part) => errors[part])).toEqual({
      ...{ cell: 0, parts: 4, mean: 3, isDiverged: false },
      error: Math.sqrt(14 / 3) / 2,
    });
  });

  test('that it diverged, however good it was elsewhere', () => {
    expect(summaryOf(0, 3, (_, part) => (part === 1 ? null : 1))).toMatchObject({
      mean: null,
      isDiverged: true,
    });
  });

  test('nothing before anything is known, and no error of a single part', () => {
    expect(summaryOf(0, 3, () => undefined)).toMatchObject({ parts: 0, mean: null, error: null });
    expect(summaryOf(0, 3, (_, part) => (part === 0 ? 1 : undefined))).toMatchObject({
      mean: 1,
      error: null,
    });
  });
});

describe('the choice', () => {
  const simpler = (a: number, b: number) => a - b;

  test('is the simplest within one standard error of the best', () => {
    // Means 1.2, 1.01, 1, 1.1; the best scatters by 0.02·√(2.5)/√5.
    const means = [1.2, 1.01, 1, 1.1];
    const { found } = done(plan('grid', 4), (cell, part) => means[cell] + 0.02 * (part - 2));
    const choice = choiceOf(plan('grid', 4), found, simpler);
    expect(choice?.best.cell).toBe(2);
    expect(choice?.best.error).toBeCloseTo(0.02 * Math.sqrt(0.5), 12);
    expect(choice?.simplest.cell).toBe(1);
  });

  test('never is one that is known on a part of the ratings only', () => {
    const lucky: ErrorOf = (cell, part) => (cell === 0 ? (part === 0 ? 0.1 : undefined) : 1 + part / 100);
    expect(choiceOf(plan('grid', 2), lucky, simpler)?.best.cell).toBe(1);
  });

  test('is none where all diverge', () => {
    expect(choiceOf(plan('grid', 2), () => null, simpler)).toBeNull();
  });
});
