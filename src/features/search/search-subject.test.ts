import { describe, expect, test } from 'vitest';
import { knownTally } from '../../metrics/tally';
import { pictureDefaults } from '../../settings/race';
import { searchDefaults } from '../../settings/search';
import { fixedBy, planOf } from './recipe';
import { searchSubject } from './search-subject';
import type { Found, Outcome } from './slice';

const recipe = fixedBy(
  {
    ...searchDefaults,
    ...{ method: 'als', folds: 5, strategy: 'halving', fixed: null },
    axes: [
      { name: 'rank', values: [2, 4, 8] },
      { name: 'lambda', values: [0.1, 1, 10] },
    ],
  },
  pictureDefaults,
);

const outcome = (error: number): Outcome => ({
  ...{ step: 1, observations: 1, flops: 1, seconds: 0 },
  tallies: { validation: knownTally(1, error, error ** 2) },
});

/** Halving as it ends: cell 4 is best; cell 8 diverges; only what its rungs ask for is known, or the first so many. */
function foundOf(known = Infinity, change: Partial<Found['recipe']> = {}): Found {
  const all = { ...recipe, ...change };
  const { parts } = planOf(all);
  const errorOf = (cell: number, part: number) =>
    cell === 8 ? null : 1 + Math.abs(cell - 4) / 10 + part / 100;
  const inRungs = (cell: number, part: number) =>
    all.strategy === 'grid' || part < 1 || (part < 2 && [3, 4, 5].includes(cell)) || cell === 4;
  const outcomes = Array.from({ length: 9 * parts }, (_, i) => {
    const [cell, part] = [Math.floor(i / parts), i % parts];
    const error = errorOf(cell, part);
    return inRungs(cell, part) && cell < known ? (error === null ? null : outcome(error)) : undefined;
  });
  const none = { status: 'finished', seconds: 1, chosen: null, opening: null } as const;
  return { recipe: all, costs: Array(9).fill(1), outcomes, ...none };
}

const subjectOf = (found: Found) => searchSubject(found, { name: 'a.csv', palette: 'viridis', dark: false });

describe('the film of a search', () => {
  test('fills cell by cell in the order of the work, and ends as the map does', () => {
    const { map, known } = subjectOf(foundOf());
    const frames = map?.frames() ?? [];
    // Nothing, and then nine on one fold, three on a second, one on three more.
    expect(known).toBe(15);
    expect(frames).toHaveLength(16);
    expect(frames[0].cells.every(({ ground, mark }) => ground === null && mark === '')).toBe(true);
    for (let i = 1; i <= 8; i++)
      expect(frames[i].cells.map(({ ground }) => ground !== null)).toEqual(
        Array.from({ length: 9 }, (_, cell) => cell < i),
      );
    // What diverged has no colour, and the first rung is over.
    expect(frames[9].cells[8]).toMatchObject({ ground: null, mark: '×' });
    expect(frames[9].cells[0].mark).toBe('◦');
    expect(frames[15].cells.map(({ mark }) => mark)).toEqual(['◦', '◦', '◦', '◦', '★', '◦', '◦', '◦', '×']);
    expect(frames[0].captions).toEqual(['0 runs']);
    expect(frames[15].captions).toEqual(['15 runs', 'Best: rank 4, λ 1, RMSE 1.020 ± 0.0071.']);
    expect(frames[15].seconds).toBeGreaterThan(2);
    // A colour means the same from the first frame to the last.
    expect(frames[1].cells[0]).toMatchObject({ ground: frames[8].cells[0].ground });
  });

  test('has a frame for every so many runs where there are many', () => {
    const frames = subjectOf(foundOf(Infinity, { strategy: 'grid', seeds: 10 })).map?.frames() ?? [];
    expect(frames).toHaveLength(241);
    expect(frames.at(-1)?.captions[0]).toBe('450 runs');
  });

  test('of a search that is paused ends where it is', () => {
    const frames = subjectOf(foundOf(4)).map?.frames() ?? [];
    expect(frames).toHaveLength(5);
    expect(frames[4].cells.filter(({ ground }) => ground !== null)).toHaveLength(4);
  });

  test('says what goes where, and is not offered of one setting alone', () => {
    expect(subjectOf(foundOf()).map?.sheet).toMatchObject({
      ...{ title: 'ALS on a.csv', axes: 'Rank down, λ across' },
      ...{ rows: ['2', '4', '8'], columns: ['0.1', '1', '10'] },
    });
    const one = subjectOf(foundOf(Infinity, { strategy: 'grid', axes: [recipe.axes[0]] }));
    expect(one.map).toBeUndefined();
  });
});

test('the table of a search has a row for every cell, with each of its errors', () => {
  const subject = subjectOf(foundOf());
  const [header, ...rows] = subject.table();
  expect(subject.fileName('csv')).toBe('factorscope_a.csv_search_als_rank_lambda.csv');
  expect(header.join()).toBe(
    'rank,lambda,parts,mean,standardError,diverged,givenUp,best,simplest,rmse1,rmse2,rmse3,rmse4,rmse5',
  );
  expect(rows).toHaveLength(9);
  expect(rows[4].slice(0, 3)).toEqual([4, 1, 5]);
  expect(rows[4].slice(5, 8)).toEqual([0, 0, 1]);
  expect(rows[4][3]).toBeCloseTo(1.02, 12);
  expect(rows[8]).toEqual([8, 10, 1, null, null, 1, 1, 0, 0, null, null, null, null, null]);
  expect(rows[3].slice(9)).toEqual([expect.closeTo(1.1, 12), expect.closeTo(1.11, 12), null, null, null]);
});
