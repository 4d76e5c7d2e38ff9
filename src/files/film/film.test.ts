import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { FilmedRun, FilmOptions } from '../../draw/film';
import { layoutFilm } from '../../draw/sheet/layout';
import type { Snapshot } from '../../methods/snapshot';
import type { Race } from '../exports/subject';
import { colourIndex, countColours, paletteFor } from './colours';
import { filmDefaults } from './defaults';
import { lengthOf, momentsIn, planFilm, rangeOf, snapshotAt } from './plan';

/** A snapshot of one user and one item that says nothing but when it was. */
const snapshot = (step: number): Snapshot => ({
  ...{ method: 'als', step, observations: 10 * step, flops: step, seconds: step / 100, rank: 1, mean: 0 },
  ...{ userCount: 1, itemCount: 1, tallies: {}, values: { trainRmse: 1, validationRmse: null } },
  userBias: new Float32Array(1),
  itemBias: new Float32Array(1),
  userFactors: new Float32Array(1),
  itemFactors: new Float32Array(1),
});
const run = (...steps: number[]): FilmedRun =>
  ({ snapshots: steps.map((step) => snapshot(step)) }) as unknown as FilmedRun;
const subject = { race: { runs: () => [run(0, 1, 2)], axis: 'step' } as unknown as Race, dark: false };
const options: FilmOptions = { ...filmDefaults('mp4', subject), frameCount: 5 };

describe('planFilm', () => {
  test('spreads its frames evenly from the first place to the last, and holds the last', () => {
    const plan = planFilm({ ...options, framesPerSecond: 10, hold: 1.5 });
    expect(plan.map(({ at }) => at)).toEqual([0, 0.5, 1, 1.5, 2]);
    expect(lengthOf(plan)).toBeCloseTo(2, 9);
    expect(plan[4].seconds).toBeCloseTo(1.6, 9);
  });

  test('one frame is the last, and so is a picture', () => {
    expect(planFilm({ ...options, frameCount: 1 }).map(({ at }) => at)).toEqual([2]);
    expect(planFilm({ ...options, format: 'png' })).toEqual([{ at: 2, seconds: 0 }]);
  });

  test('ends exactly where it was told, whatever the arithmetic', () => {
    fc.assert(
      fc.property(
        fc.double({ min: 0, max: 1e6, noNaN: true }),
        fc.integer({ min: 1, max: 700 }),
        (to, frameCount) => {
          expect(planFilm({ ...options, to, frameCount }).at(-1)?.at).toBe(to);
        },
      ),
    );
  });
});

describe('snapshotAt', () => {
  const { snapshots } = run(0, 0.5, 1, 4);

  test('is the newest at or before a place', () => {
    const steps = [-1, 0, 0.49, 0.5, 3.9, 4, 99].map((at) => snapshotAt(snapshots, 'step', at)?.step ?? null);
    expect(steps).toEqual([null, 0, 0, 0.5, 1, 4, 4]);
    expect(snapshotAt(snapshots, 'observations', 12)?.step).toBe(1);
  });

  test('a range and its moments are those of all runs', () => {
    const runs = [run(0, 1, 2), run(0, 0.3, 5)];
    expect(rangeOf(runs, 'step')).toEqual({ from: 0, to: 5 });
    expect(momentsIn(runs, 'step', { from: 0, to: 5 })).toBe(5);
    expect(rangeOf([], 'step')).toEqual({ from: 0, to: 0 });
  });
});

describe('layoutFilm', () => {
  const compositions = ['matrix', 'race', 'race-chart'] as const;
  const aspects = ['16:9', '1:1', '9:16'] as const;

  test('nothing overlaps or leaves the frame, in any composition, shape, size and number of runs', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...compositions),
        fc.constantFrom(...aspects),
        fc.integer({ min: 240, max: 1440 }),
        fc.boolean(),
        fc.integer({ min: 1, max: 5 }),
        fc.integer({ min: 3, max: 512 }),
        (composition, aspect, size, caption, runs, cells) => {
          const panes = composition === 'matrix' ? 1 : runs + 1;
          const layout = layoutFilm(
            { format: 'mp4', composition, aspect, size, caption },
            { width: cells, height: cells },
            panes,
          );
          const boxes = [...layout.panes, ...(layout.chart ? [layout.chart] : [])];
          expect(boxes).toHaveLength(panes + (composition === 'race-chart' ? 1 : 0));
          expect([layout.width % 2, layout.height % 2]).toEqual([0, 0]);
          for (const [i, box] of boxes.entries()) {
            for (const length of Object.values(box)) expect(Number.isInteger(length)).toBe(true);
            expect(Math.min(box.x, box.y, box.width - 1, box.height - 1)).toBeGreaterThanOrEqual(0);
            expect(box.x + box.width).toBeLessThanOrEqual(layout.width);
            expect(box.y + box.height).toBeLessThanOrEqual(layout.height);
            for (const other of boxes.slice(i + 1))
              expect(
                box.x + box.width <= other.x ||
                  other.x + other.width <= box.x ||
                  box.y + box.height <= other.y ||
                  other.y + other.height <= box.y,
              ).toBe(true);
          }
        },
      ),
    );
  });

  test('a matrix that fits has so many pixels to a cell and nothing around it', () => {
    const layout = layoutFilm(
      { format: 'gif', composition: 'matrix', aspect: 'fit', size: 3, caption: false },
      { width: 7, height: 5 },
      1,
    );
    expect(layout).toMatchObject({ width: 21, height: 15, panes: [{ x: 0, y: 0, width: 21, height: 15 }] });
    const video = layoutFilm(
      { format: 'mp4', composition: 'matrix', aspect: 'fit', size: 3, caption: false },
      { width: 7, height: 5 },
      1,
    );
    expect(video).toMatchObject({ width: 22, height: 16 });
  });
});

const word = (r: number, g: number, b: number) => ((255 << 24) | (b << 16) | (g << 8) | r) >>> 0;
const counted = (words: readonly number[]) => {
  const counts = new Map<number, number>();
  countColours(Uint32Array.from(words), counts);
  return counts;
};

describe('colours of a GIF', () => {
  test('are counted, one by one', () => {
    const [red, blue] = [word(255, 0, 0), word(0, 0, 255)];
    expect([...counted([red, red, blue, red, blue, blue])]).toEqual([
      [red, 3],
      [blue, 3],
    ]);
  });

  test('stay themselves where there are few enough', () => {
    fc.assert(
      fc.property(
        fc.uniqueArray(fc.integer({ min: 0, max: 0xffffff }), { minLength: 1, maxLength: 256 }),
        (colours) => {
          const words = Uint32Array.from(colours, (colour) => (0xff000000 | colour) >>> 0);
          const palette = paletteFor(counted([...words]), 256);
          const out = new Uint8Array(words.length);
          colourIndex(palette)(words, out);
          expect(Array.from(out, (index) => palette[index])).toEqual([...words]);
        },
      ),
    );
  });

  test('what is common stays exact where there are too many, and the rest moves little', () => {
    const ramp = Array.from({ length: 256 }, (_, i) => word(i, 255 - i, 40));
    const shades = Array.from({ length: 60 }, (_, i) => word(4 * i, 4 * i, 4 * i));
    const words = Uint32Array.from([...ramp.flatMap((one) => Array<number>(500).fill(one)), ...shades]);
    const palette = paletteFor(counted([...words]), 255);
    expect(palette.length).toBe(255);
    const out = new Uint8Array(words.length);
    colourIndex(palette)(words, out);
    let exact = 0;
    let farthest = 0;
    for (let p = 0; p < words.length; p++) {
      const found = palette[out[p]];
      if (found === words[p]) exact++;
      for (const shift of [0, 8, 16])
        farthest = Math.max(farthest, Math.abs(((found >> shift) & 255) - ((words[p] >> shift) & 255)));
    }
    expect(farthest).toBeLessThanOrEqual(24);
    expect(exact / words.length).toBeGreaterThan(0.8);
  });

  test('of noise beyond all bounds are as many as there may be', () => {
    const words = Uint32Array.from({ length: 60_000 }, (_, i) =>
      word(i % 256, (i >> 4) % 256, (i * 7) % 256),
    );
    expect(paletteFor(counted([...words]), 255).length).toBe(255);
  });
});
