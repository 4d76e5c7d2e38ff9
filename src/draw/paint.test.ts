import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { reconstructor } from '../kernels/simd/reconstruct';
import type { Snapshot } from '../methods/snapshot';
import { holdOut } from '../ratings/hold-out';
import { sourceOf } from '../ratings/lines';
import { type Random, seededRandom } from '../ratings/random';
import type { RatingSet } from '../ratings/rating-set';
import { settle } from '../ratings/sliced';
import { binAt, binsOf, firstOfBin, lensOf } from './lens';
import { byCount, byId, inOrderOfIndex } from './orders';
import { differenceValues, paintDifference, paintModel, paintRatings } from './painter';
import { aroundZeroFor, colourTable, paletteOf } from './palette';
import { predictionBuffer } from './predictions';
import { cellsOf, ratingsUnder, sceneOf } from './scene';
import { error } from './views/error';
import { known } from './views/known';
import { prediction } from './views/prediction';
import { wholeWindow } from './window';

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
  flops: 0,
  seconds: 0,
  rank: 5,
  userCount: 3,
  itemCount: 5,
  mean: 3,
  userBias: Float32Array.of(0.5, 0, -0.5),
  itemBias: Float32Array.of(0, 0.25, 0, 0, 1),
  userFactors: Float32Array.from({ length: 15 }, (_, i) => Math.sin(i)),
  itemFactors: Float32Array.from({ length: 25 }, (_, i) => Math.cos(3 * i)),
  tallies: {},
  values: { trainRmse: 1, validationRmse: null },
};
function predicted(x: number, y: number) {
  let value = snapshot.mean + snapshot.userBias[x] + snapshot.itemBias[y];
  for (let f = 0; f < 5; f++) value += snapshot.userFactors[x * 5 + f] * snapshot.itemFactors[y * 5 + f];
  return value;
}
const splitOf = (set: RatingSet, share: number) =>
  settle(holdOut(sourceOf(set, set.userCount, set.itemCount), { kind: 'random', share: share, seed: 1 }));
const asIs = (set: RatingSet) => ({
  users: inOrderOfIndex(set.userCount),
  items: inOrderOfIndex(set.itemCount),
});
const sceneOn = (set: RatingSet, share: number, mostBins = 512, window = wholeWindow(set)) =>
  sceneOf(set, cellsOf(splitOf(set, share), lensOf(asIs(set), window, mostBins)));
const scene = sceneOn(ratings, 0);
const aroundZero = aroundZeroFor(false);
const colours = { table: colourTable(paletteOf('viridis').colourAt), aroundZero, unknown: 7, heldOut: 9 };

test('predicts every cell', () => {
  const values = predictionBuffer(scene).predict(snapshot);
  for (let x = 0; x < 3; x++)
    for (let y = 0; y < 5; y++) expect(values[x * 5 + y]).toBeCloseTo(predicted(x, y), 5);
});

test('an overview is the exact mean of its blocks', () => {
  const split = splitOf(ratings, 0);
  const lens = lensOf(byCount(split), wholeWindow(ratings), 2);
  const small = sceneOf(ratings, cellsOf(split, lens));
  const values = predictionBuffer(small).predict(snapshot);
  const [rows, columns] = [binsOf(lens.users), binsOf(lens.items)];
  const block = (row: number, column: number) => {
    const cells = [0, 1, 2]
      .flatMap((x) => [0, 1, 2, 3, 4].map((y) => [x, y]))
      .filter(([x, y]) => rows[x] === row && columns[y] === column);
    return cells.reduce((sum, [x, y]) => sum + predicted(x, y), 0) / cells.length;
  };
  for (const [i, value] of values.entries()) expect(value).toBeCloseTo(block(i >> 1, i & 1), 5);
});

describe('orders', () => {
  test('by count put the busiest first, and know where everybody stands', () => {
    const { users, items } = byCount(splitOf(ratings, 0));
    expect([...users.order]).toEqual([0, 2, 1]);
    expect([...users.place]).toEqual([0, 2, 1]);
    expect(items.order[0]).toBe(3);
    // Held-out ratings count too.
    expect(byCount(splitOf(ratings, 0.6)).users).toEqual(users);
  });

  test('by id sort numbers by their value, then the rest', () => {
    expect([...byId(['10', 'b', '9', 'a', '007'], 5).order]).toEqual([4, 2, 0, 3, 1]);
    expect([...byId(null, 3).order]).toEqual([0, 1, 2]);
  });
});

test('cells of a window are what counting by hand gives, whatever the order and the bins', () => {
  fc.assert(
    fc.property(
      fc.nat(),
      fc.integer({ min: 1, max: 7 }),
      fc.constantFrom(0, 0.4),
      share4(),
      (seed, mostBins, held, [a, b, c, d]) => {
        const random = seededRandom(seed);
        const set = scattered(random);
        const split = splitOf(set, held);
        const orders = byCount(split);
        const range = (count: number, p: number, q: number) => ({
          from: Math.min(p, q) * (count - 1),
          to: Math.min(p, q) * (count - 1) + 1 + Math.abs(p - q) * (count - 1),
        });
        const window = { users: range(set.userCount, a, b), items: range(set.itemCount, c, d) };
        const lens = lensOf(orders, window, mostBins);
        const { known, mean, heldOut, sample } = cellsOf(split, lens);
        const sums = new Map<number, number[]>();
        for (let j = 0; j < set.ratingCount; j++) {
          const [p, q] = [orders.users.place[set.users[j]], orders.items.place[set.items[j]]];
          if (p < lens.users.from || p >= lens.users.to || q < lens.items.from || q >= lens.items.to)
            continue;
          const pixel = binAt(lens.users, p) * lens.items.binCount + binAt(lens.items, q);
          sums.set(pixel, [...(sums.get(pixel) ?? []), set.values[j]]);
        }
        for (const [pixel, count] of known.entries()) {
          const values = sums.get(pixel) ?? [];
          expect(count).toBe(values.length);
          const expected = values.reduce((sum, value) => sum + value, 0) / values.length;
          if (values.length > 0) expect(mean[pixel]).toBeCloseTo(expected, 4);
          else expect(mean[pixel]).toBeNaN();
        }
        const total = known.reduce((sum, count) => sum + count, 0);
        expect(sample.pixels).toHaveLength(total);
        expect(ratingsUnder(split, lens)).toBeGreaterThanOrEqual(total);
        if (held === 0) expect(Math.max(...heldOut)).toBe(0);
        for (const axis of [lens.users, lens.items])
          for (let bin = 0; bin < axis.binCount; bin++)
            for (let p = firstOfBin(axis, bin); p < firstOfBin(axis, bin + 1); p++)
              expect(binAt(axis, p)).toBe(bin);
      },
    ),
    { seed: 2, numRuns: 60 },
  );
});

function share4() {
  const share = fc.double({ min: 0, max: 1, noNaN: true });
  return fc.tuple(share, share, share, share);
}

/** 9 users × 14 items, about half known. */
function scattered(random: Random): RatingSet {
  const pairs = Array.from({ length: 9 * 14 }, (_, cell) => cell).filter(() => random.uniform() < 0.5);
  const cells = pairs.length > 0 ? pairs : [5];
  return {
    ...ratings,
    userCount: 9,
    itemCount: 14,
    ratingCount: cells.length,
    users: Uint32Array.from(cells, (cell) => Math.floor(cell / 14)),
    items: Uint32Array.from(cells, (cell) => cell % 14),
    values: Float32Array.from(cells, () => 1 + random.below(9) / 2),
  };
}

describe('colours', () => {
  test('known ratings have their colour, unknown cells the neutral', () => {
    const out = new Uint32Array(15);
    paintRatings(scene, colours, prediction, out);
    expect(out[0]).toBe(colours.table[0]);
    expect(out[14]).toBe(colours.table[255]);
    expect(out[1]).toBe(7);
  });

  test('held-out cells are marked among the known ones', () => {
    const held = sceneOn(ratings, 0.4);
    const out = new Uint32Array(15);
    paintRatings(held, colours, known, out);
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
    paintModel(scene, colours, error, predictionBuffer(scene), exact, out);
    expect(out[6]).toBe(aroundZero[128]);
    expect(out[1]).toBe(7);
    paintModel(scene, colours, prediction, predictionBuffer(scene), { ...exact, mean: Number.NaN }, out);
    expect(new Set(out)).toEqual(new Set([7]));
  });

  test('all ratings equal divide by nothing', () => {
    const flat = { ...ratings, values: new Float32Array(5).fill(3), scale: { min: 3, max: 3, step: 0 } };
    const out = new Uint32Array(15);
    paintRatings(sceneOn(flat, 0), colours, prediction, out);
    expect(out[0]).toBe(colours.table[128]);
  });
});

test('the SIMD kernel colours as plain JavaScript does, but for roundings at the border of two colours', () => {
  const reconstruct = reconstructor(
    new WebAssembly.Module(readFileSync(new URL('../kernels/simd/wasm/own.wasm', import.meta.url))),
    false,
  );
  const steps = Uint32Array.from({ length: 256 }, (_, i) => i);
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 40 }),
      fc.integer({ min: 1, max: 70 }),
      fc.integer({ min: 1, max: 9 }),
      fc.nat(),
      (userCount, itemCount, rank, seed) => {
        const random = seededRandom(seed);
        const numbers = (length: number, by: number) =>
          Float32Array.from({ length }, () => by * random.normal());
        const set = {
          ...ratings,
          userCount,
          itemCount,
          ratingCount: 1,
          users: Uint32Array.of(0),
          items: Uint32Array.of(0),
          values: Float32Array.of(3),
        };
        const model = {
          ...{ ...snapshot, rank, userCount, itemCount },
          ...{ userBias: numbers(userCount, 0.4), itemBias: numbers(itemCount, 0.4) },
          ...{ userFactors: numbers(userCount * rank, 0.6), itemFactors: numbers(itemCount * rank, 0.6) },
        };
        if (seed % 3 === 0) model.itemBias[itemCount >> 1] = Number.NaN;
        const small = sceneOn(set, 0);
        const [plain, fast] = [0, 1].map(() => new Uint32Array(userCount * itemCount));
        const how = { table: steps, aroundZero, unknown: 999, heldOut: 0 };
        paintModel(small, how, prediction, predictionBuffer(small), model, plain);
        paintModel(small, how, prediction, predictionBuffer(small), model, fast, reconstruct);
        for (const [i, word] of plain.entries()) expect(Math.abs(word - fast[i])).toBeLessThanOrEqual(1);
      },
    ),
    { seed: 4, numRuns: 80 },
  );
});

test('a difference is what one model predicts less what another does, of any ranks, with and without SIMD', () => {
  const reconstruct = reconstructor(
    new WebAssembly.Module(readFileSync(new URL('../kernels/simd/wasm/own.wasm', import.meta.url))),
    false,
  );
  const lower: Snapshot = {
    ...{ ...snapshot, rank: 2, mean: 2 },
    userFactors: Float32Array.from({ length: 6 }, (_, i) => Math.cos(i)),
    itemFactors: Float32Array.from({ length: 10 }, (_, i) => Math.sin(i) / 2),
  };
  const compared = (of: Snapshot) => ({ buffer: predictionBuffer(scene), snapshot: of });
  const other = predictionBuffer(scene).predict(lower);
  const values = differenceValues(compared(snapshot), compared(lower));
  for (let x = 0; x < 3; x++)
    for (let y = 0; y < 5; y++) expect(values[x * 5 + y]).toBeCloseTo(predicted(x, y) - other[x * 5 + y], 5);
  for (const how of [null, reconstruct]) {
    const out = new Uint32Array(15);
    paintDifference(scene, colours, compared(snapshot), compared(lower), out, how);
    // A quarter of the scale of four away from 0 is the last colour.
    for (const [i, word] of out.entries()) {
      const place = Math.min(255, Math.max(0, 127.5 + 127.5 * values[i]));
      const near = [Math.floor(place), Math.min(255, Math.floor(place) + 1)].map((p) => aroundZero[p]);
      expect(near).toContain(word);
    }
    paintDifference(scene, colours, compared(snapshot), compared(snapshot), out, how);
    expect(new Set(out)).toEqual(new Set([aroundZero[128]]));
  }
});
