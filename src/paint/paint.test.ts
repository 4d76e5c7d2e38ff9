import { describe, expect, test } from 'vitest';
import { holdOut } from '../ratings/hold-out';
import type { RatingSet } from '../ratings/rating-set';
import type { Snapshot } from '../runs/snapshot';
import { crispSide } from './crisp-side';
import { lensOf } from './lens';
import { paintModel, paintRatings } from './painter';
import { aroundZero, colourTable, paletteOf, palettes, wordOf } from './palette';
import { predictionBuffer } from './predictions';
import { sceneOf } from './scene';

/** Three users, five items: not square, so that a transposition would show. */
const ratings: RatingSet = {
  name: 'r',
  userCount: 3,
  itemCount: 5,
  ratingCount: 5,
  users: Uint32Array.of(0, 0, 1, 2, 2),
  items: Uint32Array.of(0, 3, 1, 3, 4),
  values: Float32Array.of(1, 2, 3, 4, 5),
  times: null,
  userIds: null,
  itemIds: null,
  scale: { min: 1, max: 5, step: 1 },
};
const snapshot: Snapshot = {
  method: 'sgd',
  step: 1,
  observations: 5,
  seconds: 0,
  rank: 5,
  userCount: 3,
  itemCount: 5,
  mean: 3,
  userBias: Float32Array.of(0.5, 0, -0.5),
  itemBias: Float32Array.of(0, 0.25, 0, 0, 1),
  userFactors: Float32Array.from({ length: 15 }, (_, i) => Math.sin(i)),
  itemFactors: Float32Array.from({ length: 25 }, (_, i) => Math.cos(3 * i)),
  trainRmse: 1,
  validationRmse: null,
};
function predicted(x: number, y: number) {
  let value = snapshot.mean + snapshot.userBias[x] + snapshot.itemBias[y];
  for (let f = 0; f < 5; f++) value += snapshot.userFactors[x * 5 + f] * snapshot.itemFactors[y * 5 + f];
  return value;
}
const scene = sceneOf(ratings, holdOut(ratings, 0, 1), true);
const colours = { table: colourTable(paletteOf('viridis').colourAt), unknown: 7, heldOut: 9 };

test('predicts every cell', () => {
  const values = predictionBuffer(scene).predict(snapshot);
  for (let x = 0; x < 3; x++)
    for (let y = 0; y < 5; y++) expect(values[x * 5 + y]).toBeCloseTo(predicted(x, y), 5);
});

test('an overview is the exact mean of its blocks', () => {
  const lens = lensOf(ratings, false, 2);
  const small = { ...sceneOf(ratings, holdOut(ratings, 0, 1), false), lens, height: 2, width: 2 };
  const values = predictionBuffer(small).predict(snapshot);
  const block = (row: number, column: number) => {
    const cells = [0, 1, 2]
      .flatMap((x) => [0, 1, 2, 3, 4].map((y) => [x, y]))
      .filter(([x, y]) => lens.users.binOf[x] === row && lens.items.binOf[y] === column);
    return cells.reduce((sum, [x, y]) => sum + predicted(x, y), 0) / cells.length;
  };
  for (const [i, value] of values.entries()) expect(value).toBeCloseTo(block(i >> 1, i & 1), 5);
});

test('a file is laid out by count, the busiest first', () => {
  const { users, items } = lensOf(ratings, false);
  expect([...users.order]).toEqual([0, 2, 1]);
  expect(items.order[0]).toBe(3);
});

describe('colours', () => {
  test('known ratings have their colour, unknown cells the neutral', () => {
    const out = new Uint32Array(15);
    paintRatings(scene, colours, 'prediction', out);
    expect(out[0]).toBe(colours.table[0]);
    expect(out[14]).toBe(colours.table[255]);
    expect(out[1]).toBe(7);
  });

  test('held-out cells are marked among the known ones', () => {
    const held = sceneOf(ratings, holdOut(ratings, 0.4, 1), true);
    const out = new Uint32Array(15);
    paintRatings(held, colours, 'known', out);
    expect(out.filter((word) => word === 9)).toHaveLength(2);
  });

  test('an error of nothing is the middle of the scale around zero; what is not finite is never a colour', () => {
    const out = new Uint32Array(15);
    const exact = {
      ...snapshot,
      userFactors: new Float32Array(15),
      userBias: new Float32Array(3),
      itemBias: new Float32Array(5),
    };
    paintModel(scene, colours, 'error', predictionBuffer(scene), exact, out);
    expect(out[6]).toBe(aroundZero[128]);
    expect(out[1]).toBe(7);
    paintModel(scene, colours, 'prediction', predictionBuffer(scene), { ...exact, mean: Number.NaN }, out);
    expect(new Set(out)).toEqual(new Set([7]));
  });

  test('all ratings equal divide by nothing', () => {
    const flat = { ...ratings, values: new Float32Array(5).fill(3), scale: { min: 3, max: 3, step: 0 } };
    const out = new Uint32Array(15);
    paintRatings(sceneOf(flat, holdOut(flat, 0, 1), true), colours, 'prediction', out);
    expect(out[0]).toBe(colours.table[128]);
  });
});

test('every palette gives 256 opaque colours; viridis, the first, its own', () => {
  expect(palettes[0].id).toBe('viridis');
  for (const { colourAt } of palettes) {
    const table = colourTable(colourAt);
    expect(table.every((word) => word >>> 24 === 255)).toBe(true);
    expect(new Set(table).size).toBeGreaterThan(60);
  }
  expect(wordOf('#440154')).toBe(0xff540144);
  expect(wordOf('rgb(68, 1, 84)')).toBe(0xff540144);
});

test('cells take whole pixels where that fills the room', () => {
  expect([crispSide(300, 330), crispSide(300, 660), crispSide(300, 500), crispSide(512, 300)]).toEqual([
    300, 600, 500, 300,
  ]);
});
