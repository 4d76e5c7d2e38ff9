import { expect, test } from 'vitest';
import { type Sliced, settle } from '../ratings/sliced';
import { isKnown, mostAlike, predictionFor, topN } from './top-n';

/** What work comes to, whatever pauses it makes. */
const settled =
  <A extends unknown[], T>(work: (...args: A) => Sliced<T>) =>
  (...args: A) =>
    settle(work(...args));

/** Rank 1: a user of factor 2 and bias 0.5, another of factor −1; items of factors 1, 3, 3, 0, 0 and −1. */
const model = {
  ...{ rank: 1, mean: 3, userCount: 2, itemCount: 6 },
  userBias: new Float32Array([0.5, 0]),
  userFactors: new Float32Array([2, -1]),
  itemBias: new Float32Array([0.25, -1, -1, 0, 0.125, 0]),
  itemFactors: new Float32Array([1, 3, 3, 0, 0, -1]),
};

test('the best items of a user come first, equal ones in their order, unknown ones never', () => {
  expect(settled(topN)(model, 0, 10, new Set())).toEqual([
    { item: 1, prediction: 8.5 },
    { item: 2, prediction: 8.5 },
    { item: 0, prediction: 5.75 },
    { item: 4, prediction: 3.625 },
    { item: 5, prediction: 1.5 },
  ]);
  expect(settled(topN)(model, 1, 2, new Set()).map(({ item }) => item)).toEqual([5, 4]);
});

test('what has been seen is left out, and no more are told than are asked for', () => {
  expect(settled(topN)(model, 0, 2, new Set([1])).map(({ item }) => item)).toEqual([2, 0]);
  expect(settled(topN)(model, 0, 0, new Set())).toEqual([]);
});

test('for whom the model does not know, the mean and the biases of items speak', () => {
  expect(settled(topN)(model, null, 2, new Set())).toEqual([
    { item: 0, prediction: 3.25 },
    { item: 4, prediction: 3.125 },
  ]);
  expect([0, 3, 4].map((item) => isKnown(model, 'item', item))).toEqual([true, false, true]);
  expect(predictionFor(model, 0, 1)).toBe(8.5);
  expect(predictionFor(model, 0, null)).toBe(3.5);
  expect(predictionFor(model, null, null)).toBe(3);
});

test('a model of padded rows, in its own unit, predicts in rating units', () => {
  const padded = {
    ...{ ...model, rowLength: 4, unit: 4 },
    userFactors: new Float32Array([2, 9, 9, 9, -1, 9, 9, 9]),
    itemFactors: new Float32Array(24),
  };
  padded.itemFactors.set([1, 9, 9, 9, 3, 9, 9, 9]);
  expect(settled(topN)(padded, 0, 2, new Set())).toEqual([
    { item: 1, prediction: 34 },
    { item: 0, prediction: 23 },
  ]);
});

test('who is most alike points into the same direction, however far; who has no factors is like nobody', () => {
  const rows = Float32Array.of(1, 0, 5, 5, 0, 0, -2, 0, 0.5, 0.5, 3, 4);
  expect(settled(mostAlike)(rows, Float32Array.of(2, 2), 3, (row) => row !== 4)).toEqual([
    { row: 1, cosine: expect.closeTo(1, 12) },
    { row: 5, cosine: expect.closeTo(7 / (5 * Math.SQRT2), 12) },
    { row: 0, cosine: expect.closeTo(Math.SQRT1_2, 12) },
  ]);
  expect(settled(mostAlike)(rows, new Float32Array(2), 3, () => true)).toEqual([]);
});
