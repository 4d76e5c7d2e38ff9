import { expect, test } from 'vitest';
import { isKnown, predictionFor, topN } from './top-n';

/** Rank 1: a user of factor 2 and bias 0.5, another of factor −1; items of factors 1, 3, 3, 0, 0 and −1. */
const model = {
  ...{ rank: 1, mean: 3, userCount: 2, itemCount: 6 },
  userBias: new Float32Array([0.5, 0]),
  userFactors: new Float32Array([2, -1]),
  itemBias: new Float32Array([0.25, -1, -1, 0, 0.125, 0]),
  itemFactors: new Float32Array([1, 3, 3, 0, 0, -1]),
};

test('the best items of a user come first, equal ones in their order, unknown ones never', () => {
  expect(topN(model, 0, 10, new Set())).toEqual([
    { item: 1, prediction: 8.5 },
    { item: 2, prediction: 8.5 },
    { item: 0, prediction: 5.75 },
    { item: 4, prediction: 3.625 },
    { item: 5, prediction: 1.5 },
  ]);
  expect(topN(model, 1, 2, new Set()).map(({ item }) => item)).toEqual([5, 4]);
});

test('what has been seen is left out, and no more are told than are asked for', () => {
  expect(topN(model, 0, 2, new Set([1])).map(({ item }) => item)).toEqual([2, 0]);
  expect(topN(model, 0, 0, new Set())).toEqual([]);
});

test('for whom the model does not know, the mean and the biases of items speak', () => {
  expect(topN(model, null, 2, new Set())).toEqual([
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
  expect(topN(padded, 0, 2, new Set())).toEqual([
    { item: 1, prediction: 34 },
    { item: 0, prediction: 23 },
  ]);
});
