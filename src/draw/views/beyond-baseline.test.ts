import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { reconstructor } from '../../kernels/simd/reconstruct';
import type { Snapshot } from '../../methods/snapshot';
import { holdOut } from '../../ratings/hold-out';
import { sourceOf } from '../../ratings/lines';
import type { RatingSet } from '../../ratings/rating-set';
import { settle } from '../../ratings/sliced';
import { lensOf } from '../lens';
import { inOrderOfIndex } from '../orders';
import { paintModel } from '../painter';
import { aroundZeroFor, colourTable, paletteOf } from '../palette';
import { predictionBuffer } from '../predictions';
import { cellsOf, sceneOf } from '../scene';
import { termsAt } from '../terms';
import { wholeWindow } from '../window';
import { beyondBaseline } from './beyond-baseline';

/** Two users, three items, one to five stars: errors and this view reach a quarter of four, ±1. */
const ratings: RatingSet = {
  ...{ name: 'r', userCount: 2, itemCount: 3, ratingCount: 1, times: null, userIds: null, itemIds: null },
  users: Uint32Array.of(0),
  items: Uint32Array.of(0),
  values: Float32Array.of(3),
  scale: { min: 1, max: 5, step: 1 },
};
const split = settle(holdOut(sourceOf(ratings, 2, 3), { kind: 'random', share: 0, seed: 1 }));
const sceneIn = (mostBins: number) => {
  const orders = { users: inOrderOfIndex(2), items: inOrderOfIndex(3) };
  return sceneOf(ratings, cellsOf(split, lensOf(orders, wholeWindow(ratings), mostBins)));
};
const scene = sceneIn(3);

/** U = [1, 2; 0, −1], P = [0.5, 0; 0, 0.25; −1, 0.5]. */
const withBaseline: Snapshot = {
  ...{ method: 'sgd', step: 1, observations: 1, flops: 0, seconds: 0, rank: 2, userCount: 2, itemCount: 3 },
  ...{ mean: 3, userBias: Float32Array.of(0.5, -0.5), itemBias: Float32Array.of(0.25, 0, -0.25) },
  userFactors: Float32Array.of(1, 2, 0, -1),
  itemFactors: Float32Array.of(0.5, 0, 0, 0.25, -1, 0.5),
  ...{ tallies: {}, values: {} },
};
const products = [0.5, 0.5, 0, 0, -0.25, -0.5];
const alone = { ...withBaseline, mean: 0, userBias: new Float32Array(2), itemBias: new Float32Array(3) };

test('is what the factors say, whatever the baseline', () => {
  for (const frame of [withBaseline, alone])
    for (const [i, value] of beyondBaseline.values(predictionBuffer(scene), frame).entries())
      expect(value).toBeCloseTo(products[i], 6);
});

test('of a block it is the mean', () => {
  const [value, ...others] = beyondBaseline.values(predictionBuffer(sceneIn(1)), withBaseline);
  expect(others).toEqual([]);
  expect(value).toBeCloseTo(0.25 / 6, 6);
});

test('is coloured around zero, with and without SIMD, whether anything is known or not', () => {
  const wasm = readFileSync(new URL('../../kernels/simd/wasm/own.wasm', import.meta.url));
  const aroundZero = aroundZeroFor(false);
  const table = colourTable(paletteOf('viridis').colourAt);
  const colours = { table, aroundZero, unknown: 7, heldOut: 9 };
  for (const reconstruct of [null, reconstructor(new WebAssembly.Module(wasm), false)]) {
    const out = new Uint32Array(6);
    paintModel(scene, colours, beyondBaseline, predictionBuffer(scene), withBaseline, out, reconstruct);
    for (const [i, word] of out.entries()) {
      // ±1 are the ends of 256 colours.
      const place = 127.5 * (products[i] + 1);
      const near = [place - 0.5, place, place + 0.5].map((at) => aroundZero[Math.round(at)]);
      expect(near).toContain(word);
    }
  }
  expect(beyondBaseline.scale(ratings.scale, colours, false)).toMatchObject({ low: -1, high: 1 });
  expect(beyondBaseline.scale(ratings.scale, colours, true)).toMatchObject({ low: -0.25, high: 0.25 });
});

test('reads as the difference that it is; without a baseline it says that there is none', () => {
  const { reading } = beyondBaseline;
  expect(reading(termsAt(scene, withBaseline, { user: 1, item: 2 }))).toBe(
    '−0.500 = 1.750 − (3.000 − 0.500 − 0.250)',
  );
  expect(reading(termsAt(scene, alone, { user: 0, item: 0 }))).toBe('0.5000 = r̂, no baseline');
});

test('names the terms that a model has', () => {
  const formula = (frame: Snapshot | null) => beyondBaseline.formula('R ≈ U·P', frame);
  expect(formula(withBaseline)).toBe('U·P = r̂ − (μ + b)');
  expect(formula({ ...alone, mean: 3 })).toBe('U·P = r̂ − μ');
  expect(formula(alone)).toBe('U·P = r̂, no baseline');
  expect(formula(null)).toBe('U·P = r̂ − (μ + b)');
});
