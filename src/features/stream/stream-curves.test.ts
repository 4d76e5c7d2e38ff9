import { expect, test } from 'vitest';
import { rmse } from '../../metrics/rmse';
import { emptyTally, knownTally } from '../../metrics/tally';
import type { MethodMoment, Moment } from '../../sessions/lab';
import type { StreamFacts } from '../../workers/learn-protocol';
import type { StreamLooks } from './slice';
import { looksShown, streamCurves } from './stream-curves';

const looks: StreamLooks = {
  ...{ error: 'validation', window: 100, cost: 'seconds' },
  panes: ['sgd', 'fold-in'],
};
const methods = [
  { id: 'sgd', name: 'B-SGD', colour: 'orange' },
  { id: 'mean', name: 'Mean', colour: 'grey' },
] as const;

/** Pairs that a method knew, with their Σε². */
const tally = (pairs: number, squares: number) => knownTally(pairs, 0, squares);
const facts = (more: Partial<StreamFacts> = {}) =>
  ({
    ...{ count: 400, driftsFrom: 400, validationCount: 9 },
    batchAls: { validation: tally(1, 0.25), seconds: 1 },
    ...more,
  }) as StreamFacts;

const moment = (batch: number, error: number, more: Partial<MethodMoment> = {}): Moment => {
  const now: MethodMoment = {
    validation: tally(10, 10 * error * error),
    prequential: tally(50 * batch, 50 * batch * error * error),
    ...{ seconds: batch * batch, kept: 5, learnt: 50 * batch, diverged: false },
    ...more,
  };
  return { batch, ratings: 50 * batch, users: 1, items: 1, methods: { sgd: now } };
};

test('every method has an error and a cost, after every moment that was added', () => {
  const moments = [moment(0, 3), moment(1, 2)];
  const curves = streamCurves(methods, rmse, looks, moments);
  const first = curves(facts(), null);
  expect(first.curves.map(({ name, stroke, by = 0 }) => [name, stroke, by])).toEqual([
    ['B-SGD', 'solid', 0],
    ['Mean', 'solid', 0],
    ['B-SGD', 'dotted', 1],
    ['Mean', 'dotted', 1],
  ]);
  moments.push(moment(3, 1));
  const next = curves(facts(), null);
  expect(next.curves[0].xs).toEqual([0, 50, 150]);
  // Nothing has arrived before the first batch, so nothing is said of it.
  expect(next.curves[0].ys).toEqual([null, 2, 1]);
  expect(next.curves[1].ys).toEqual([null, null, null]);
  // Milliseconds for each batch since the moment before.
  expect(next.curves[2].ys).toEqual([null, 1000, 4000]);
  expect(next.values[1].range).toEqual([0, 4400]);
  expect(next.curves.every(({ xs }) => xs === first.curves[0].xs)).toBe(true);
  expect(next.across.range).toEqual([0, 400]);
});

test('prequential errors are those of the window', () => {
  const moments = [moment(0, 0), moment(2, 3), moment(4, 3), moment(6, 2.5)];
  const [{ ys }] = streamCurves(
    methods,
    rmse,
    { ...looks, error: 'prequential' },
    moments,
  )(facts(), null).curves;
  // From batch 4 to 6: 300 · 2.5² − 200 · 3² over 100 pairs.
  expect(ys.at(-1)).toBeCloseTo(Math.sqrt((300 * 6.25 - 200 * 9) / 100));
});

test('a method that diverged ends where it did', () => {
  const moments = [moment(1, 2), moment(2, 2, { diverged: true })];
  expect(streamCurves(methods, rmse, looks, moments)(facts(), null).curves[0].ys).toEqual([2, null]);
});

test('the dashed line is batch ALS, where validation errors are shown and could be measured', () => {
  const references = (of: StreamLooks, known: StreamFacts) =>
    streamCurves(methods, rmse, of, [moment(1, 2)])(known, null).references;
  expect(references(looks, facts())).toEqual([{ value: 0.5, label: 'batch ALS', under: true }]);
  expect(references({ ...looks, error: 'prequential' }, facts())).toEqual([]);
  expect(references(looks, facts({ batchAls: { validation: emptyTally(), seconds: 1 } }))).toEqual([]);
});

test('the turn of taste and the moment that is shown are marked', () => {
  const curves = streamCurves(methods, rmse, looks, [moment(1, 2), moment(2, 2)]);
  expect(curves(facts({ driftsFrom: 75 }), 1).marks).toEqual([
    { at: 75, words: 'taste turns', kind: 'line' },
    { at: 50, words: '', kind: 'dashes' },
  ]);
  expect(curves(facts(), null).marks).toEqual([]);
});

test('where somebody catches up who did not know the last ratings, that is marked, and the first time named', () => {
  const learnt = [0, 0, 100, 100, 200];
  const moments = learnt.map((ratings, batch) => moment(batch, 2, { learnt: ratings }));
  expect(streamCurves(methods, rmse, looks, moments)(facts(), null).marks).toEqual([
    { at: 100, words: '| B-SGD', kind: 'tick' },
    { at: 200, words: '', kind: 'tick' },
  ]);
});

test('where nothing is held out there is only the prequential error', () => {
  expect(looksShown({ looks, facts: facts() }).error).toBe('validation');
  expect(looksShown({ looks, facts: facts({ validationCount: 0 }) }).error).toBe('prequential');
});
