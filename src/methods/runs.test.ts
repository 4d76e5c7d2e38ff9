import { describe, expect, test } from 'vitest';
import { pageKernels } from '../kernels/page-kernels';
import { type Moment, valueAt } from '../metrics/moment';
import { rmse } from '../metrics/rmse';
import { holdOut } from '../ratings/hold-out';
import { sourceOf } from '../ratings/lines';
import { drawPicture } from '../ratings/pictures/pictures';
import { shopRatings } from '../ratings/pictures/shop';
import { seedOf } from '../ratings/random';
import { settle } from '../ratings/sliced';
import { emptyTrack, frameAt, recordAll } from '../sessions/track';
import { atOnceOf } from '.';
import { noPast } from './changes';
import type { RunConfig } from './config';
import { finish, snapshotOf } from './fixtures/finish';
import { flopsOfHalfSweeps, flopsOfObservations } from './flops';
import { predictionOf } from './measure';
import type { MethodId } from './method';
import { ratingUnit } from './rating-unit';
import { type Run, trainingRmse } from './run';
import type { Snapshot } from './snapshot';

const ratings = shopRatings(
  drawPicture({ kind: 'portrait', size: 48, seed: 1, rank: 1 }),
  48,
  48,
  'portrait',
  { knownShare: 1, noise: 0, seed: 1 },
);
const config: RunConfig = {
  method: 'als',
  rank: 6,
  lambda: 1,
  regularisation: 'plain',
  baseline: 'none',
  learningRate: 0.03,
  initial: 'normal',
  initialNoise: 0.15,
  seed: 4,
  holdOutShare: 0.1,
};

const start = (method: MethodId, change: Partial<RunConfig> = {}): Run => {
  const all = { ...config, method, ...change };
  const split = settle(
    holdOut(sourceOf(ratings, 48, 48), { kind: 'random', share: all.holdOutShare, seed: all.seed }),
  );
  return settle(atOnceOf(method).begin(pageKernels, ratings, split, all));
};
const snapshotAfter = (run: Run, ...units: number[]) => {
  for (const count of units) finish(run.advance(count));
  return snapshotOf(run);
};

describe.each(['als', 'sgd'] as const)('%s', (method) => {
  test('learns: its errors fall far below the first guess', () => {
    const run = start(method);
    const first = snapshotAfter(run);
    const last = snapshotAfter(run, 12 * run.unitsPerStep);
    expect(first).toMatchObject({ step: 0, observations: 0 });
    expect(last.step).toBe(12);
    expect(trainingRmse(last)).toBeLessThan(trainingRmse(first) / 3);
    const held = (moment: Moment) => valueAt(moment, 'validation', rmse) ?? 0;
    expect(held(last)).toBeLessThan(held(first) / 2);
  });

  test('gives the same bits however its work is cut', () => {
    const whole = snapshotAfter(start(method), start(method).unitsPerStep * 2);
    const units = start(method).unitsPerStep;
    expect(snapshotAfter(start(method), 1, units - 1, 1, units - 1)).toEqual(whole);
    expect(snapshotAfter(start(method, { seed: 5 }), 2 * units)).not.toEqual(whole);
  });

  test.each(['normal', 'uniform'] as const)(
    'starts from a %s first guess with the noise asked for',
    (initial) => {
      const { userFactors, itemFactors } = snapshotAfter(start(method, { initial, rank: 16 }));
      if (initial === 'uniform') expect(Math.min(...userFactors, ...itemFactors)).toBeGreaterThanOrEqual(0);
      const products: number[] = [];
      for (let x = 0; x < 48; x++) {
        for (let y = 0; y < 48; y++) {
          let product = 0;
          for (let f = 0; f < 16; f++) product += userFactors[x * 16 + f] * itemFactors[y * 16 + f];
          products.push(product);
        }
      }
      const mean = products.reduce((sum, value) => sum + value, 0) / products.length;
      const deviation = Math.sqrt(
        products.reduce((sum, value) => sum + (value - mean) ** 2, 0) / products.length,
      );
      expect(deviation).toBeGreaterThan(8);
      expect(deviation).toBeLessThan(90);
    },
  );

  test('takes up a new λ from the next unit on', () => {
    const run = start(method);
    finish(run.advance(run.unitsPerStep));
    run.apply({ lambda: 1e3, learningRate: 0.03 });
    const heavy = snapshotAfter(run, run.unitsPerStep);
    const light = snapshotAfter(start(method), 2 * run.unitsPerStep);
    expect(trainingRmse(heavy)).toBeGreaterThan(1.5 * trainingRmse(light));
  });
});

test('B-SGD catches a divergence and proposes a learning rate that holds', () => {
  const run = start('sgd', { learningRate: 1 });
  snapshotAfter(run);
  finish(run.advance(5 * run.unitsPerStep));
  expect(run.diverged).toBe('grew');
  const rate = run.proposeLearningRate?.();
  expect(rate).toBeGreaterThan(0);
  const better = start('sgd', { learningRate: rate ?? 0 });
  const error = trainingRmse(snapshotAfter(better, 5 * better.unitsPerStep));
  expect(better.diverged).toBeNull();
  expect(Number.isFinite(error)).toBe(true);
});

describe('who has no training rating', () => {
  const pixels = drawPicture({ kind: 'plasma', size: 32, seed: 1, rank: 1 });
  const sparse = shopRatings(pixels, 32, 32, 'plasma', { knownShare: 0.02, noise: 0, seed: 1 });
  const split = settle(holdOut(sourceOf(sparse, 32, 32), { kind: 'random', share: 0, seed: 1 }));
  const unseen = (seen: Uint32Array) =>
    Array.from({ length: 32 }, (_, x) => x).find((x) => !seen.includes(x)) ?? Number.NaN;
  const [user, item] = [unseen(sparse.users), unseen(sparse.items)];
  const begin = (method: MethodId, from: Snapshot | null = null) =>
    settle(
      atOnceOf(method).begin(
        ...([pageKernels, sparse, split] as const),
        { ...config, method, baseline: 'biases', regularisation: 'weighted' },
        { ...noPast, from },
      ),
    );
  const expectBaseline = (frame: Snapshot) => {
    const { mean, userBias, itemBias } = frame;
    expect(mean).toBeGreaterThan(50);
    for (let y = 0; y < 32; y++) expect(predictionOf(frame, user, y)).toBe(mean + itemBias[y]);
    for (let x = 0; x < 32; x++) expect(predictionOf(frame, x, item)).toBe(mean + userBias[x]);
  };

  test.each(['als', 'sgd'])('has no factor and no bias in what %s predicts, from the beginning', (method) => {
    const run = begin(method);
    for (const units of [0, 1, run.unitsPerStep]) expectBaseline(snapshotAfter(run, units));
  });

  test.each(['als', 'sgd'])('nor where %s goes on from a frame in which they had', (method) => {
    const frame = snapshotAfter(begin(method));
    frame.userFactors[6 * user] = frame.itemFactors[6 * item] = frame.userBias[user] = 1;
    expectBaseline(snapshotAfter(begin(method, frame)));
  });
});

test('star ratings are learnt as they are, 8-bit ratings in units of 64', () => {
  expect(ratingUnit({ min: 0.5, max: 5, step: 0.5 })).toBe(1);
  expect(ratingUnit({ min: 0, max: 255, step: 1 })).toBe(64);
});

test('every epoch of B-SGD has an order of its own, whichever came before', () => {
  const seeds = Array.from({ length: 1000 }, (_, epoch) => seedOf(7, epoch));
  expect(new Set(seeds).size).toBe(1000);
  expect(seedOf(8, 0)).not.toBe(seedOf(7, 0));
});

test('operations are counted as the formulas say', () => {
  // Per rating k² + k and 2k + 2 are 6 and 6; per row k, k³/3 and 2k² are 2, 8/3 and 8.
  const work = { rank: 2, userCount: 3, itemCount: 2, trainingCount: 4, complete: false };
  const row = 2 + 8 / 3 + 8;
  expect(flopsOfHalfSweeps(work, 0)).toBe(0);
  expect(flopsOfHalfSweeps(work, 1)).toBeCloseTo(4 * (6 + 6) + 3 * row, 9);
  expect(flopsOfHalfSweeps(work, 2)).toBeCloseTo(2 * 4 * (6 + 6) + 5 * row, 9);
  const complete = { ...work, trainingCount: 6, complete: true };
  expect(flopsOfHalfSweeps(complete, 1)).toBeCloseTo(2 * 6 + (2 + 8 / 3) + 6 * 6 + 3 * 8, 9);
  expect(flopsOfObservations(work, 5)).toBe(5 * 24);
});

describe('a track', () => {
  const moment = (step: number) => ({ ...snapshotAfter(start('als')), step, observations: 10 * step });

  test('lets a moment go that stands where none was due, once the next has come', () => {
    const track = emptyTrack();
    const base = moment(0);
    const errors = () => track.column('train', rmse).length;
    recordAll(track, { moments: [base], passing: { ...base, step: 0.3 } });
    expect([track.along('step'), errors()]).toEqual([[0, 0.3], 2]);
    recordAll(track, { moments: [], passing: { ...base, step: 0.4 } });
    track.add({ ...base, step: 0.4 });
    expect([track.along('step'), errors()]).toEqual([[0, 0.4], 2]);
    expect(track.branch(track.snapshots[0]).along('step')).toEqual([0]);
    recordAll(track, { moments: [{ ...base, step: 0.5 }] });
    expect([track.along('step'), errors()]).toEqual([[0, 0.5], 2]);
  });

  test('keeps as many snapshots as fit, evenly thinned, the first and the newest among them', () => {
    const base = moment(0);
    const bytes = 4 * (48 + 48) * 7;
    for (const [most, least] of [
      [10, 5],
      [3, 2],
    ]) {
      const dropped = new Set<number>();
      const track = emptyTrack(most * bytes, ({ step }) => dropped.add(step));
      for (let step = 0; step < 100; step++) {
        track.add({ ...base, step });
        const steps = track.snapshots.map((snapshot) => snapshot.step);
        expect(steps.length).toBeLessThanOrEqual(most);
        if (step >= most) expect(steps.length).toBeGreaterThanOrEqual(least);
        expect([steps[0], steps.at(-1)]).toEqual([0, step]);
        const gaps = steps.slice(1, -1).map((s, i) => s - steps[i]);
        expect(new Set(gaps).size).toBeLessThanOrEqual(1);
      }
      expect(track.added).toBe(100);
      // Each is kept or has been dropped, none both.
      expect(dropped.size + track.snapshots.length).toBe(100);
      expect(track.snapshots.some(({ step }) => dropped.has(step))).toBe(false);
    }
  });

  test('goes on from where it was cut, and a branch shares what was before', () => {
    const base = moment(0);
    const dropped: number[] = [];
    const track = emptyTrack(2 ** 20, ({ step }) => dropped.push(step));
    for (let step = 0; step < 6; step++) track.add({ ...base, step, observations: 10 * step });
    track.mark('γ', 'γ 0.1');
    const cut = frameAt(track, 'observations', 39);
    if (!cut) throw new Error('no frame');
    expect(cut.step).toBe(3);
    const branch = track.branch(cut);
    expect(branch.along('step')).toEqual([0, 1, 2, 3]);
    expect(branch.marks).toEqual([]);
    expect(branch.latest).toBe(cut);
    track.truncate(branch.snapshots[2]);
    expect(track.latest?.step).toBe(2);
    expect(dropped).toEqual([4, 5]);
    // The run meets its change again; another one takes its place.
    expect(track.marks.map(({ label }) => label)).toEqual(['γ 0.1']);
    track.mark('λ', 'λ 3');
    expect(track.marks.map(({ label }) => label)).toEqual(['λ 3']);
    track.add({ ...base, step: 2.5 });
    expect(track.along('step')).toEqual([0, 1, 2, 2.5]);
    track.clear();
    expect(dropped).toEqual([4, 5, 2.5]);
    branch.clear();
    expect(dropped).toEqual([4, 5, 2.5, 0, 1, 2, 3]);
  });

  test('a branch of all of it keeps what the track lets go, and knows what only it has', () => {
    const base = moment(0);
    const dropped: number[] = [];
    const track = emptyTrack(2 ** 20, ({ step }) => dropped.push(step));
    for (let step = 0; step < 4; step++) track.add({ ...base, step });
    track.record({ ...base, step: 3.5 }, true);
    const branch = track.branch();
    expect(branch.along('step')).toEqual([0, 1, 2, 3, 3.5]);
    expect([branch.snapshots, branch.ownBytes]).toEqual([track.snapshots, 0]);
    track.record({ ...base, step: 4 });
    track.forget();
    expect(branch.along('step')).toEqual([0, 1, 2, 3, 3.5]);
    expect(branch.ownBytes).toBe((3 / 4) * branch.bytes);
    expect(dropped).toEqual([]);
    branch.clear();
    expect(dropped).toEqual([0, 1, 2]);
    track.clear();
    expect(dropped).toEqual([0, 1, 2, 3]);
  });

  test('takes back a snapshot that was thinned out', () => {
    const base = moment(0);
    const track = emptyTrack();
    for (const step of [0, 2, 4]) track.add({ ...base, step });
    track.insert({ ...base, step: 3 });
    track.insert({ ...base, step: 4 });
    expect(track.snapshots.map(({ step }) => step)).toEqual([0, 2, 3, 4]);
    expect(frameAt(track, 'step', 3.5)?.step).toBe(3);
    expect(frameAt(track, 'step', 99)?.step).toBe(4);
  });

  test('refuses a moment that comes late, and marks a dragged slider once', () => {
    const track = emptyTrack();
    const base = moment(0);
    track.add(base);
    track.add({ ...base, step: 3 });
    expect(() => track.add({ ...base, step: 2 })).toThrow('step 2 after 3');
    track.mark('γ', 'γ 0.1');
    track.mark('γ', 'γ 0.2');
    track.mark('λ', 'λ 3');
    expect(track.marks.map(({ label }) => label)).toEqual(['γ 0.2', 'λ 3']);
  });
});
