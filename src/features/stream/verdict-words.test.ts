import { expect, test } from 'vitest';
import type { Standing } from '../../experiments/verdict';
import { mae } from '../../metrics/mae';
import { errorWords, turnedOf, type Verdict, verdictWords } from './verdict-words';

const standing = (method: string, validation: number, more: Partial<Standing> = {}): Standing => ({
  ...{ method, validation, prequential: 2 * validation, coverage: 1, byHistory: [] },
  ...{ seconds: 1, secondsPerBatch: 0.1, kept: 0, stale: 0, diverged: false },
  ...more,
});
const words = (standings: readonly Standing[], more: Partial<Verdict> = {}) =>
  verdictWords({ standings, recoveries: [], ended: false, behind: [], ...more });
const refit = standing('refit', 1, { kept: 48_000, seconds: 4 });
const sgd = standing('sgd', 1.1);

test('before the end nothing is judged; who has not learnt all yet is named', () => {
  expect(words([refit, sgd])).toEqual([]);
  expect(words([{ ...refit, stale: 4000 }, sgd])).toEqual([
    'ALS refit does not know the last 4,000 ratings yet.',
  ]);
});

test('at the end the best, and how far the one is behind that learns rating by rating', () => {
  const first = 'ALS refit ends best, at 1.000, for 4 s of compute and all 48,000 ratings kept.';
  const behind = 'kept no rating, and had every rating in its model as soon as it was there.';
  const second = (seconds: number) => words([refit, { ...sgd, seconds }], { ended: true })[1];
  expect(words([refit, sgd], { ended: true })[0]).toBe(first);
  expect(second(1)).toBe(`B-SGD is 10 % behind, took 4 times less compute, ${behind}`);
  expect(second(3.5)).toBe(`B-SGD is 10 % behind, took about as much compute, ${behind}`);
  expect(second(8)).toBe(`B-SGD is 10 % behind, took 2 times the compute, ${behind}`);
  expect(words([sgd, refit], { ended: true })).toEqual([
    'B-SGD ends best, at 1.100, for 1 s of compute and no rating kept.',
  ]);
});

test('where nothing is held out the prequential error is told', () => {
  expect(words([{ ...sgd, validation: null }], { ended: true })[0]).toContain('at 2.200,');
});

test('a picture says of a method what the table does, by the chosen metric', () => {
  expect(errorWords(sgd, mae, 'hidden')).toBe('hidden MAE 1.100');
  expect(errorWords({ ...sgd, validation: null }, mae, 'validation')).toBe('validation MAE –');
  expect(errorWords({ ...sgd, validation: null }, mae, null)).toBe('prequential MAE 2.200');
  expect(errorWords({ ...sgd, diverged: true }, mae, 'validation')).toBe('diverged');
});

test('who was behind on the way, one or several', () => {
  const late = (method: string, ratings: number) => ({ method, ratings });
  const told = (behind: Verdict['behind']) => words([sgd], { ended: true, behind })[1];
  expect(told([late('sgd', 0), late('refit', 2499.6)])).toBe(
    'ALS refit did not know the last 2,500 ratings on average; all others were never behind.',
  );
  expect(told([late('refit', 2500), late('non-negative-als', 2000)])).toBe(
    'ALS refit did not know the last 2,500, Non-negative ALS the last 2,000 ratings on average; all others were never behind.',
  );
  expect(told([late('sgd', 0)])).toBeUndefined();
});

test('who diverged is named, and ranked no more', () => {
  const diverged = standing('mini-batch', 0.5, { diverged: true });
  expect(words([sgd, diverged], { ended: true })).toEqual([
    'B-SGD ends best, at 1.100, for 1 s of compute and no rating kept.',
    'Mini-batch B-SGD diverged: its steps are too long for these ratings.',
  ]);
  expect(words([diverged], { ended: true })).toHaveLength(1);
  const broken = standing('fold-in', 0.5, { diverged: true, kept: 9 });
  expect(words([broken], { ended: true })).toEqual([
    'Fold-in stopped: its predictions are not finite numbers any more.',
  ]);
});

test('how everybody took a turn of taste, but for who knows nobody', () => {
  const recovery = { before: 1, worst: 1.5, now: 1.2, share: 0.6 };
  const none = { ended: false, behind: [] };
  const standings = [sgd, standing('mean', 2), refit];
  expect(turnedOf({ standings, recoveries: [recovery, recovery, null], ...none })).toEqual([
    { method: 'sgd', ...recovery },
  ]);
  expect(turnedOf({ standings, recoveries: [], ...none })).toEqual([]);
});
