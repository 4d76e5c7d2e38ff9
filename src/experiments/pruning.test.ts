import { describe, expect, test } from 'vitest';
import { cutsAt, decidedCuts, type ErrorAfter, leftAfter, type PruningPlan, pruningVerdict } from './pruning';

/** Columns of errors by candidate: after batch 1, 2, …; `x`: diverged; nothing: not known. */
const columns =
  (...rows: readonly (readonly (number | 'x' | undefined)[])[]): ErrorAfter =>
  (candidate, batch) => {
    const value = rows[candidate][batch - 1];
    return value === 'x' ? null : value;
  };
const plan = (change: Partial<PruningPlan> = {}): PruningPlan => ({
  ...{ candidates: 4, batches: 4, cuts: [1, 2], keep: 0.5 },
  ...change,
});
const who = (standings: readonly { candidate: number }[]) => standings.map(({ candidate }) => candidate);

test('cuts fall at a share of the stream, and at twice that share each time, before its end', () => {
  expect(cutsAt(200, 0.05, 4)).toEqual([10, 20, 40, 80]);
  expect(cutsAt(48, 0.05, 4)).toEqual([2, 5, 10, 19]);
  expect(cutsAt(200, 0.3, 4)).toEqual([60, 120]);
  // A stream of a few batches has fewer cuts, none of them twice.
  expect(cutsAt(5, 0.05, 4)).toEqual([1, 2]);
  expect(cutsAt(1, 0.05, 4)).toEqual([]);
  expect(cutsAt(200, 0.05, 0)).toEqual([]);
});

describe('pruning', () => {
  const errors = columns(
    [0.9, 0.8, 0.7, 0.6],
    [1.2, undefined, undefined, undefined],
    [0.8, 0.85, 0.84, 0.83],
    [1.1, undefined, undefined, undefined],
  );

  test('leaves the worse half at every cut, by the errors of those who were left', () => {
    const cuts = decidedCuts(plan(), errors);
    expect(cuts.map(({ batch, kept, pruned }) => [batch, who(kept), who(pruned)])).toEqual([
      [1, [2, 0], [3, 1]],
      [2, [0], [2]],
    ]);
    expect(cuts[0].pruned[0]).toEqual({ candidate: 3, error: 1.1 });
    expect(leftAfter(plan(), cuts)).toEqual([0]);
  });

  test('keeps so large a share, rounded up, and one at least', () => {
    const five = columns([1], [2], [3], [4], [5]);
    const left = (keep: number) => who(decidedCuts(plan({ candidates: 5, cuts: [1], keep }), five)[0].kept);
    expect(left(0.5)).toEqual([0, 1, 2]);
    expect(left(0.1)).toEqual([0]);
    expect(left(0.9)).toEqual([0, 1, 2, 3, 4]);
    const ten = columns(...Array.from({ length: 10 }, (_, i) => [i]));
    expect(decidedCuts(plan({ candidates: 10, cuts: [1], keep: 0.7 }), ten)[0].kept).toHaveLength(7);
  });

  test('takes the first of equal ones', () => {
    const [cut] = decidedCuts(plan({ cuts: [1] }), columns([1], [1], [1], [0.5]));
    expect([who(cut.kept), who(cut.pruned)]).toEqual([
      [3, 0],
      [1, 2],
    ]);
  });

  test('is not decided before all who are left are known', () => {
    expect(decidedCuts(plan(), columns([1], [1], [undefined], [1]))).toEqual([]);
    expect(decidedCuts(plan(), columns([1, 1], [2], [3], [1.5]))).toHaveLength(1);
  });

  test('has no place for who has diverged, and takes no account of them', () => {
    const [cut, next] = decidedCuts(plan(), columns(['x', 'x'], [1, 'x'], [2, 3], [3]));
    expect([who(cut.kept), who(cut.pruned)]).toEqual([[1, 2], [3]]);
    expect([who(next.kept), who(next.pruned)]).toEqual([[2], []]);
  });

  test('goes on without anybody once all have diverged', () => {
    const none = columns(
      ['x', 'x', 'x', 'x'],
      ['x', 'x', 'x', 'x'],
      ['x', 'x', 'x', 'x'],
      ['x', 'x', 'x', 'x'],
    );
    expect(decidedCuts(plan(), none).map(({ kept, pruned }) => [kept, pruned])).toEqual([
      [[], []],
      [[], []],
    ]);
    expect(pruningVerdict(plan(), none)).toEqual({
      kept: null,
      best: null,
      unknown: 0,
      ended: 0,
      early: null,
    });
  });

  test('never gives up a single candidate', () => {
    const alone = plan({ candidates: 1 });
    const errors = columns([1, 0.9, 0.8, 0.7]);
    expect(leftAfter(alone, decidedCuts(alone, errors))).toEqual([0]);
    expect(pruningVerdict(alone, errors)).toMatchObject({
      ...{ kept: { candidate: 0, error: 0.7 }, best: { candidate: 0 }, unknown: 0 },
      early: { candidate: 0, place: 1 },
    });
  });
});

describe('the verdict', () => {
  test('waits for the end', () => {
    expect(pruningVerdict(plan(), columns([1, 1], [2, 2], [3, 3], [4, 4]))).toBeNull();
  });

  test('says where the best at the first cut ends, and that pruning has lost the best', () => {
    // The third is slow at first, and given up; followed to the end it is the best of all.
    const errors = columns(
      [0.7, 0.9, 0.9, 0.95],
      [0.8, 0.8, 0.8, 0.9],
      [1, 0.9, 0.8, 0.7],
      [1.1, 1, 'x', 'x'],
    );
    expect(pruningVerdict(plan(), errors)).toEqual({
      kept: { candidate: 1, error: 0.9 },
      best: { candidate: 2, error: 0.7 },
      unknown: 0,
      ended: 3,
      early: { candidate: 0, error: 0.7, batch: 1, end: 0.95, place: 3 },
    });
  });

  test('says that it is not known who would be best where who was pruned was not followed', () => {
    const errors = columns([0.7, 0.9], [0.8, 0.8, 0.8, 0.9], [1], [1.1]);
    expect(pruningVerdict(plan(), errors)).toEqual({
      ...{ kept: { candidate: 1, error: 0.9 }, best: null, unknown: 3, ended: 1 },
      early: { candidate: 0, error: 0.7, batch: 1, end: undefined, place: null },
    });
  });

  test('knows that who was best early has diverged later', () => {
    const errors = columns([0.7, 'x', 'x', 'x'], [0.8, 0.8, 0.8, 0.9], [1, 1, 1, 1], [1.1, 1, 1, 1.2]);
    expect(pruningVerdict(plan(), errors)?.early).toEqual({
      ...{ candidate: 0, error: 0.7, batch: 1, end: null, place: null },
    });
  });
});
