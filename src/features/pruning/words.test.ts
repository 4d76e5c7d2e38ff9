import { describe, expect, test } from 'vitest';
import { pruningDefaults } from '../../settings/pruning';
import { resultsOf } from './courses';
import { pruningChart } from './pruning-curves';
import type { Course, Pruning } from './slice';
import { fateWords, progressWords, verdictWords } from './words';

/** A search of four candidates on ten batches, cut after the first and the second; `x`: diverged. */
function found(rows: readonly (readonly (number | 'x')[])[], change: Partial<Pruning> = {}): Pruning {
  const course = (row: readonly (number | 'x')[]): Course => {
    const end = row.indexOf('x');
    const errors = (end < 0 ? row : row.slice(0, end)) as number[];
    return { errors, batches: errors.map((_, i) => i + 1), divergedAt: end < 0 ? null : end + 1 };
  };
  return {
    recipe: { ...pruningDefaults, axes: [{ name: 'factorRate', values: [0.01, 0.02, 0.1, 0.3] }], fixed: {} },
    candidates: rows.map((_, i) => ({ factorRate: [0.01, 0.02, 0.1, 0.3][i] })),
    plan: { candidates: rows.length, batches: 4, cuts: [1, 2], keep: 0.5 },
    ...{ follows: true, ratingCount: 400, batchSize: 100, status: 'finished', chosen: null },
    courses: rows.map(course),
    ...change,
  };
}
const told = (of: Pruning) => verdictWords(of, resultsOf(of));
const fates = (of: Pruning) => resultsOf(of).fates.map((fate) => fateWords(of, fate));

describe('the verdict', () => {
  test('says that pruning has lost the best, and what', () => {
    const rows = [
      [0.7, 0.9, 0.9, 0.95],
      [0.8, 0.8, 0.8, 0.903],
      [1, 0.9, 0.8, 0.9],
      [1.1, 1, 1, 1],
    ];
    expect(told(found(rows))).toBe(
      'Best of those kept: γ of factors 0.02, RMSE 0.9030. ' +
        'The best at 25 % (γ of factors 0.01) ends 3rd of 4, at 0.9500. ' +
        'Pruning at 25 % lost 0.0030: γ of factors 0.1 ends at 0.9000.',
    );
  });

  test('says that it has kept the best, though the best early ends elsewhere', () => {
    const rows = [
      [0.7, 0.9, 0.9, 0.95],
      [0.8, 0.8, 0.8, 0.9],
      [1, 1, 1, 1],
      [1.1, 1.1, 1.1, 1.1],
    ];
    expect(told(found(rows))).toBe(
      'Best of those kept: γ of factors 0.02, RMSE 0.9000. ' +
        'The best at 25 % (γ of factors 0.01) ends 2nd of 4, at 0.9500. Pruning kept the best.',
    );
  });

  test('counts the place of the best early among those who did not diverge, and says so', () => {
    const rows = [
      ...[
        [0.7, 0.9, 0.9, 0.95],
        [0.8, 0.8, 0.8, 0.9],
      ],
      ...[[1, 'x'] as const, [1.1, 1.1, 1.1, 1.1]],
    ];
    expect(told(found(rows))).toContain('ends 2nd of the 3 that did not diverge, at 0.9500.');
  });

  test('says that the best early is the best at the end, too', () => {
    const rows = [
      [0.7, 0.7, 0.7, 0.7],
      [0.8, 0.8, 0.8, 0.9],
      [1, 1, 1, 1],
      [1.1, 1.1, 1.1, 1.1],
    ];
    expect(told(found(rows))).toMatch(
      /The best at 25 % \(γ of factors 0\.01\) is the best at the end, too\. Pruning kept/,
    );
  });

  test('says what is unknown where who was pruned was not followed', () => {
    const rows = [[0.7, 0.9], [0.8, 0.8, 0.8, 0.9], [1], [1.1]];
    expect(told(found(rows, { follows: false }))).toBe(
      'Best of those kept: γ of factors 0.02, RMSE 0.9000. ' +
        'The best at 25 % (γ of factors 0.01) was pruned later. ' +
        'Whether one of the 3 that were pruned would have ended better is unknown: they were not followed.',
    );
    const kept = [[0.7, 0.7, 0.7, 0.7], [0.8, 0.8], [1], [1.1]];
    expect(told(found(kept, { follows: false }))).toMatch(
      /\(γ of factors 0\.01\) is the best of them\. Whether/,
    );
  });

  test('says that the best early has diverged, and that all have', () => {
    const later = [
      [0.7, 'x'],
      [0.8, 0.8, 0.8, 0.9],
      [1, 1, 1, 1],
      [1.1, 1.1, 1.1, 1.1],
    ] as const;
    expect(told(found(later))).toContain(
      'The best at 25 % (γ of factors 0.01) diverged later. Pruning kept the best.',
    );
    expect(told(found([['x'], ['x'], ['x'], ['x']]))).toMatch(/^All candidates that were kept have diverged/);
  });

  test('says no more than the best of a single candidate, and nothing before the end', () => {
    expect(told(found([[1, 0.9, 0.8, 0.7]]))).toBe(
      'Best of those kept: γ of factors 0.01, RMSE 0.7000. The best at 25 % (γ of factors 0.01) is the best at the end, too.',
    );
    expect(told(found([[1], [2], [3], [4]]))).toBe('');
  });
});

test('a candidate is said to have been pruned with when and why, with as many digits as tell two errors apart', () => {
  const rows = [
    [0.70001, 0.7, 0.7, 0.7],
    [0.7000133, 0.8, 0.8, 0.9],
    [0.7000134, 1, 'x'],
    [1.1, 'x'],
  ] as const;
  expect(fates(found(rows))).toEqual([
    'kept to the end',
    'pruned at 50 % (batch 2): RMSE 0.8000 against 0.7000 of the best',
    'pruned at 25 % (batch 1): RMSE 0.7000134 against 0.7000133 of the 2nd best; diverged by batch 3',
    'pruned at 25 % (batch 1): RMSE 1.100 against 0.7000 of the 2nd best; diverged by batch 2',
  ]);
  const tied = found([[1, 1, 1, 1], [1, 1, 1, 1], [1, 1, 1, 1], ['x']]);
  expect(fates(tied).slice(1)).toEqual([
    'pruned at 50 % (batch 2): RMSE 1.000 as the best, which is further up',
    'pruned at 25 % (batch 1): RMSE 1.000 as the 2nd best, which is further up',
    'diverged by batch 1 (25 %), and pruned at once',
  ]);
});

test('progress is that of who is behind, and says who is left', () => {
  const going = found([[0.7, 0.7, 0.7], [0.8, 0.8], [1, 1, 1], ['x']], { status: 'going' });
  expect(progressWords(going, resultsOf(going))).toBe('Batch 2 of 4: 1 of 4 candidates left…');
  const paused = { ...going, status: 'paused' } as const;
  expect(progressWords(paused, resultsOf(paused))).toBe('Batch 2 of 4: 1 of 4 candidates left, paused.');
});

test('a line ends on the chart where it was pruned, with a cross, and is dashed beyond; who diverged ruins no scale', () => {
  const rows = [
    [0.7, 0.7, 0.7, 0.7],
    [0.8, 0.8, 0.8, 0.9],
    [1, 1, 1, 1],
    [1.1, 1e6, 'x'],
  ] as const;
  const of = found(rows);
  const { curves, marks, values } = pruningChart(of, resultsOf(of));
  expect(curves.map(({ xs, past = false, stroke }) => [past, stroke, ...xs])).toEqual([
    [false, 'solid', 100, 200, 300, 400],
    [false, 'solid', 100, 200],
    [true, 'dashed', 200, 300, 400],
    [false, 'solid', 100],
    [true, 'dashed', 100, 200, 300, 400],
    [false, 'solid', 100],
    [true, 'dashed', 100, 200],
  ]);
  expect(marks.filter(({ kind }) => kind === 'cross').map(({ at, value }) => [at, value])).toEqual([
    ...[
      [200, 0.8],
      [100, 1],
      [100, 1.1],
    ],
  ]);
  expect(marks.filter(({ kind }) => kind === 'line').map(({ at, words }) => [at, words])).toEqual([
    ...[
      [100, '25 %'],
      [200, '50 %'],
    ],
  ]);
  const [{ range }] = values;
  expect(range[0]).toBeLessThan(0.7);
  expect(range[1]).toBeLessThan(1.2);
});
