import { describe, expect, test } from 'vitest';
import { type Published, published } from '../../experiments/published';
import { dataOf } from '../../state/fixtures/data-of';
import { dataWords, progressWords, verdictWords } from './words';

const [svd] = published;
const stream = published.find(({ protocol }) => protocol.kind === 'stream') as Published;
const ours = { on: 'u.data', ratingCount: 100_000, isTheirs: true };
const known = (value: number) => ({ value, error: 0.001 });

describe('what has come of a figure', () => {
  const [figure] = svd.figures;
  const of = (rmse: number, mae: number, isClose: boolean, where = ours) =>
    verdictWords(svd, { figure, rmse: known(rmse), mae: known(mae), isClose }, where);

  test('is that it was reproduced, and within what', () => {
    expect(of(0.9345, 0.7361, true)).toBe(
      'Reproduced: RMSE 0.9345 within ±0.004 of 0.934; MAE 0.7361 within ±0.004 of 0.737.',
    );
  });

  test('or by how much it was not', () => {
    expect(of(0.9512, 0.7301, false)).toBe(
      'Not reproduced: RMSE 0.9512 is 0.0172 above 0.934, where ±0.004 would do; MAE 0.7301 is 0.0069 below 0.737, where ±0.004 would do.',
    );
  });

  test('or that the data are others, however near it is', () => {
    expect(of(0.9345, 0.7361, true, { ...ours, on: 'a.csv', isTheirs: false })).toBe(
      'Not the data of the figure: RMSE 0.9345, MAE 0.7361 on a.csv.',
    );
  });

  test('or that it diverged; and nothing before it is known', () => {
    const none = { figure, rmse: null, mae: null };
    expect(verdictWords(svd, { ...none, isClose: false }, ours)).toBe('Not reproduced: it diverged.');
    expect(verdictWords(svd, { ...none, isClose: null }, ours)).toBe('');
  });

  test('of a stream says where, which is never beyond its end', () => {
    const compared = { figure: stream.figures[1], rmse: known(0.949), mae: known(0.752), isClose: true };
    expect(verdictWords(stream, compared, ours)).toMatch(/^Reproduced, after 50,000 ratings: RMSE /);
    expect(verdictWords(stream, compared, { ...ours, ratingCount: 30_000 })).toMatch(/after 30,000 ratings/);
  });
});

describe('what a figure needs', () => {
  const shape = { userCount: 943, itemCount: 1682, ratingCount: 100_000, scale: { min: 1, max: 5, step: 1 } };
  const data = (change: object) => dataOf('file', { ratings: { ...dataOf('file').ratings, ...change } });
  const needed = 'Of MovieLens 100K: 943 users × 1,682 items, 100,000 ratings from 1 to 5.';

  test('is told beside what is open', () => {
    expect(dataWords(svd, data({ ...shape, name: 'u.data' }))).toBe(`${needed} These are open.`);
    expect(dataWords(svd, data({ ...shape, name: 'a.csv', userCount: 80 }))).toBe(
      `${needed} Open is a.csv: 80 users × 1,682 items, 100,000 ratings. They are not the data of the figure: what comes of them says nothing about it.`,
    );
  });

  test('is more than what is open, where it cannot be looked for there', () => {
    expect(dataWords(svd, data({ ...shape, name: 'a.csv', ratingCount: 9 }))).toMatch(
      /9 ratings: too few\.$/,
    );
    expect(dataWords(stream, data({ ...shape, name: 'a.csv', clock: null }))).toMatch(
      /when they were given is not known: there is no order to learn them in\.$/,
    );
    expect(dataWords(svd, { ...data(shape), source: 'run' })).toBe(
      `${needed} The ratings of this run are not here.`,
    );
  });
});

test('how far it is is told in every state', () => {
  const at = (status: Parameters<typeof progressWords>[0]['status']) =>
    progressWords({ id: svd.id, status, parts: [], share: 0.4, ...ours });
  expect((['going', 'paused', 'lost', 'no-room', 'finished'] as const).map(at)).toEqual([
    '40 %…',
    '40 %, paused.',
    'A worker was lost at 40 %: resume to go on.',
    'There is no room for this in the tab.',
    'Done.',
  ]);
});
