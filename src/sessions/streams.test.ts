import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { recoveryOf, standings, usualStaleness } from '../experiments/verdict';
import { pageKernels } from '../kernels/page-kernels';
import { streamMethodIds } from '../methods';
import { growingLines } from '../methods/growing-lines';
import { emptyModel } from '../methods/initial-factors';
import type { MethodId } from '../methods/method';
import { boundedStep } from '../methods/mini-batch';
import { rowFinder } from '../methods/rows';
import { setBias } from '../methods/solving';
import { arrivedAfter, turned } from '../methods/stream';
import type { StreamConfig } from '../methods/stream-config';
import { counted } from '../metrics';
import { measure } from '../metrics/metric';
import { rmse as rootMeanSquare } from '../metrics/rmse';
import { type ColdPolicy, coverageOf, emptyTally, fields, groupOf, sumsOf } from '../metrics/tally';
import { heapArrays } from '../ratings/lines';
import { settle } from '../ratings/sliced';
import { bundledSample, dividedOf, labOn, learnt, on, realMovieLens } from './fixtures/labs';
import type { Lab, Moment } from './lab';
import { raterOf } from './own-rating';

const alsOn = (lab: Lab) => on(lab, lab.batchAls());
const sample = bundledSample();
const under = (cold: ColdPolicy) => counted(rootMeanSquare, { cold, clip: false });
const rmse = ({ methods }: Moment, method: MethodId, policy: ColdPolicy = 'bias') =>
  measure(under(policy), methods[method]?.validation ?? []) ?? Number.NaN;

/** Bits of everything a method knows. */
function bitsOf(lab: Lab, method: MethodId) {
  const { userBias, itemBias, userFactors, itemFactors, mean } = lab.snapshot(method);
  return [mean, ...userBias, ...itemBias, ...userFactors, ...itemFactors];
}

describe('a stream', () => {
  test('has the training ratings and no other, in the order of their time', () => {
    const { stream } = labOn(sample, { order: 'time' });
    const { byUser } = sample.split;
    expect(stream.count).toBe(sample.split.trainingCount);
    const timeOf = new Map<string, [value: number, time: number]>();
    for (let x = 0; x < byUser.lineCount; x++)
      for (let p = byUser.start[x]; p < byUser.start[x + 1]; p++)
        timeOf.set(`${x} ${byUser.other[p]}`, [byUser.value[p], byUser.time?.[p] ?? Number.NaN]);
    let last = 0;
    let wrong = 0;
    for (let j = 0; j < stream.count; j++) {
      const key = `${stream.ratings.users[j]} ${stream.ratings.items[j]}`;
      const [value, time = Number.NaN] = timeOf.get(key) ?? [];
      if (stream.ratings.values[j] !== value || !(time >= last)) wrong++;
      last = time;
      timeOf.delete(key);
    }
    expect(wrong).toBe(0);
    expect(timeOf.size).toBe(0);
  });

  test('goes user after user, or shuffled, by its seed', () => {
    const byUser = labOn(sample, { order: 'user' }).stream.ratings.users;
    expect(byUser.reduce((changes, x, j) => changes + Number(j > 0 && x !== byUser[j - 1]), 0)).toBe(599);
    const shuffled = (seed: number) => [...labOn(sample, { seed }).stream.ratings.users.subarray(0, 50)];
    expect(shuffled(1)).toEqual(shuffled(1));
    expect(shuffled(2)).not.toEqual(shuffled(1));
  });

  test('brings users and items in the order in which it counts them', () => {
    const { stream } = labOn(sample, { order: 'time' });
    for (const arrived of [0, 1, 2, 777, stream.count]) {
      const came = new Set(stream.ratings.users.subarray(0, arrived));
      const count = arrivedAfter(stream.users, arrived);
      expect(count).toBe(came.size);
      expect(new Set(stream.users.order.subarray(0, count))).toEqual(came);
    }
    // Whoever rates here is not in the data.
    expect(stream.users.order.at(-1)).toBe(stream.you);
  });

  test('cannot go by time where no times are known', () => {
    const timeless = dividedOf(
      'timeless',
      [
        [1, 1, 3],
        [1, 2, 4],
        [2, 1, 5],
      ],
      sample.scale,
      0,
    );
    expect(() => labOn(timeless, { order: 'time' })).toThrow('no times are known');
    expect(learnt(labOn(timeless, { order: 'user' })).ratings).toBe(3);
  });
});

describe.each(['page', 'simd'] as const)('with the %s kernels', (kernels) => {
  test('the same order, seed and batch size give the same bits', () => {
    for (const order of ['time', 'random'] as const) {
      const change: Partial<StreamConfig> = { order, methods: streamMethodIds, defects: ['divides'] };
      const [first, second] = [labOn(sample, change, kernels), labOn(sample, change, kernels)];
      learnt(first, 6);
      for (let b = 0; b < 6; b++) learnt(second, 1);
      for (const method of streamMethodIds) {
        const bits = bitsOf(first, method);
        expect(bits.every(Number.isFinite)).toBe(true);
        expect(bitsOf(second, method)).toEqual(bits);
      }
    }
  });

  test('rows that a batch does not touch stay, bit for bit; all others move', () => {
    const methods = ['sgd', 'mini-batch', 'fold-in', 'spark'] as const;
    const lab = labOn(sample, { batchSize: 100, methods, defects: ['clips', 'frozen-mean'] }, kernels);
    learnt(lab, 3);
    const rows = (values: ArrayLike<number>, bias: ArrayLike<number>, length: number) =>
      Array.from(bias, (b, x) => [b, ...Array.prototype.slice.call(values, x * length, (x + 1) * length)]);
    const all = () =>
      lab.members.map(({ learner: { model: m } }) => [
        rows(m.userFactors, m.userBias, m.rowLength),
        rows(m.itemFactors, m.itemBias, m.rowLength),
      ]);
    const before = all();
    const batch = [lab.lines.count, lab.lines.count + 100] as const;
    const inBatch = [lab.stream.ratings.users, lab.stream.ratings.items].map(
      (who) => new Set(who.subarray(...batch)),
    );
    on(lab, lab.advance(1));
    all().forEach((sides, i) => {
      sides.forEach((now, side) => {
        const moved = now.flatMap((row, x) =>
          row.some((v, f) => !Object.is(v, before[i][side][x][f])) ? [x] : [],
        );
        expect(new Set(moved)).toEqual(inBatch[side]);
      });
    });
  });

  test("a new user's first rating changes one row and one column, and undo brings every bit back", () => {
    const lab = labOn(sample, { methods: ['sgd', 'fold-in', 'refit'] }, kernels);
    learnt(lab, 5);
    const before = lab.members.map(({ method }) => bitsOf(lab, method));
    const rater = raterOf(lab, () => 0);
    const known = lab.snapshot('sgd');
    const { you } = lab.stream;
    const item = lab.stream.ratings.items[0];
    const { rating, undoable } = on(lab, rater.rate({ user: you, item, value: 5 })) ?? {};
    expect(rating).toMatchObject({ changedUsers: [you], changedItems: [item] });
    // Nobody knows you yet: what is predicted is μ and the bias of the item.
    expect(rating?.before).toBeCloseTo(known.mean + known.itemBias[item], 5);
    expect(rating?.after).toBeGreaterThan(rating?.before ?? 9);
    expect(rating?.foldIn?.prediction).toBeGreaterThan(rating?.before ?? 9);
    expect(Math.abs((rating?.refit?.prediction ?? 0) - (rating?.foldIn?.prediction ?? 9))).toBeLessThan(1);
    expect(undoable).toBe(1);
    on(lab, rater.rate({ user: 3, item, value: 1 }));
    expect(rater.undo()).toMatchObject({ undoable: 1 });
    expect(rater.undo()).toMatchObject({ undoable: 0 });
    expect(rater.undo()).toBeNull();
    lab.members.forEach(({ method }, i) => {
      expect(bitsOf(lab, method)).toEqual(before[i]);
    });
    on(lab, rater.rate({ user: you, item, value: 5 }));
    learnt(lab, 1);
    expect(rater.undo()).toBeNull();
  });

  test('Spark without its defects is mini-batch B-SGD, bit for bit; each of them changes something', () => {
    const of = (change: Partial<StreamConfig>, method: MethodId) => {
      const lab = labOn(sample, { methods: [method], passes: 2, batchSize: 300, ...change }, kernels);
      learnt(lab, 3);
      return bitsOf(lab, method);
    };
    const plain = of({}, 'mini-batch');
    expect(of({ defects: [] }, 'spark')).toEqual(plain);
    expect(of({ defects: ['decays'] }, 'spark')).toEqual(plain);
    for (const defect of ['copies', 'forgets', 'frozen-mean', 'divides', 'heavy-lambda'] as const)
      expect(of({ defects: [defect] }, 'spark')).not.toEqual(plain);
  });

  test('a separate rate moves the factors only', () => {
    const [one, other] = [0.02, 0.1].map((factorRate) => {
      const lab = labOn(sample, { methods: ['sgd'], learningRate: 0.02, factorRate, batchSize: 1 }, kernels);
      learnt(lab, 1);
      return lab.snapshot('sgd');
    });
    expect(other.userBias).toEqual(one.userBias);
    expect(other.itemBias).toEqual(one.itemBias);
    expect(other.userFactors).not.toEqual(one.userFactors);
  });
});

test('the page and SIMD learn the same, as far as float32 goes', () => {
  const methods = streamMethodIds;
  const [page, simd] = (['page', 'simd'] as const).map((kernels) =>
    learnt(labOn(sample, { methods }, kernels), 12),
  );
  for (const method of methods) expect(Math.abs(rmse(page, method) - rmse(simd, method))).toBeLessThan(2e-3);
});

describe('cold starts', () => {
  test('are counted, and predicted as each policy says', () => {
    const rows = [
      [1, 1, 4, 1],
      [1, 2, 2, 2],
      [2, 1, 5, 3],
      [3, 3, 1, 4],
    ];
    const data = dividedOf('few', rows, { min: 1, max: 5, step: 1 }, 0);
    const lab = labOn(
      data,
      { order: 'time', batchSize: 2, methods: ['biases'], lambda: 0, learningRate: 0.5 },
      'page',
    );
    learnt(lab, 1);
    // r = 4 then 2, μ = 3: b_1 = 0.5 then 0.5 + 0.5·(2 − 3 − 0.5) = −0.25; b of item 1 = 0.5, of item 2 = −0.75.
    const after = learnt(lab, 1).methods.biases?.prequential ?? emptyTally();
    // Batch 1: both cold, at the middle of the scale, 3. Batch 2: user 2 new on item 1; user 3 new on a new item.
    const [squares, count] = [1 + 1, 4];
    expect(measure(under('bias'), after)).toBe(Math.sqrt((squares + 1.5 ** 2 + 4) / count));
    expect(sumsOf(after, under('bias').counting)).toEqual({
      count,
      absolute: 1 + 1 + 1.5 + 2,
      squares: squares + 1.5 ** 2 + 4,
    });
    expect(coverageOf(after)).toBe(0);
    expect(measure(under('mean'), after)).toBe(Math.sqrt((squares + 4 + 4) / count));
    expect(measure(under('zero'), after)).toBe(Math.sqrt((16 + 4 + 25 + 1) / count));
    expect(measure(under('drop'), after)).toBeNull();
  });

  test('are split by how many ratings the user had', () => {
    expect([0, 1, 5, 6, 20, 21].map(groupOf)).toEqual([0, 1, 1, 2, 2, 3]);
    const moment = learnt(labOn(sample, { order: 'time' }), 20);
    const tally = moment.methods.sgd?.validation ?? emptyTally();
    const groups = [0, 1, 2, 3].map((group) => sumsOf(tally, under('bias').counting, group));
    expect(groups.reduce((sum, { count }) => sum + count, 0)).toBe(
      sumsOf(tally, under('bias').counting).count,
    );
    expect(coverageOf(tally.subarray(0, fields))).toBe(0);
    expect(rootMeanSquare.of(groups[3])).toBeLessThan(rootMeanSquare.of(groups[0]));
    expect(rootMeanSquare.of(sumsOf(tally, under('drop').counting))).toBeLessThan(
      rootMeanSquare.of(sumsOf(tally, under('mean').counting)),
    );
  });
});

test('taste that turns is felt, and B-SGD recovers further than fold-in, which keeps what was', () => {
  const methods = ['sgd', 'fold-in'] as const;
  const lab = labOn(sample, { methods, drift: { users: 1, at: 0.5 }, learningRate: 0.05 });
  const half = Math.ceil(lab.lastUnit / 2);
  const before = learnt(lab, half - 1);
  const shift = learnt(lab, 1);
  const end = learnt(lab);
  for (const method of methods) expect(rmse(shift, method)).toBeGreaterThan(rmse(before, method) + 0.05);
  expect(rmse(end, 'sgd')).toBeLessThan(rmse(shift, 'sgd'));
  const { stream } = lab;
  expect(stream.driftsFrom).toBe(stream.count / 2);
  expect(turned(4.5, sample.scale)).toBe(1);
});

test('the verdict ranks methods, says who is behind and by how much, and who won back what a turn of taste took', () => {
  const methods = ['sgd', 'refit', 'mean'] as const;
  const lab = labOn(sample, { methods, refitEvery: 7, drift: { users: 0.5, at: 0.25 } });
  const moments = Array.from({ length: lab.lastUnit }, () => learnt(lab, 1));
  const early = standings(moments[8], rootMeanSquare);
  expect(early.map(({ method }) => method)).toContain('refit');
  // Refits after batches 1, 7, 14 …: after nine, two batches are not in the model.
  expect(early.find(({ method }) => method === 'refit')).toMatchObject({ stale: 2000, kept: 9000 });
  expect(early.find(({ method }) => method === 'sgd')).toMatchObject({ stale: 0, kept: 0 });
  const behind = moments.reduce(
    (sum, { ratings, methods: now }) => sum + ratings - (now.refit?.learnt ?? 0),
    0,
  );
  expect(usualStaleness(moments, 'refit')).toBe(behind / moments.length);
  expect(usualStaleness(moments, 'sgd')).toBe(0);
  const ranked = standings(moments[47], rootMeanSquare);
  expect(ranked.map(({ validation }) => validation)).toEqual(
    ranked.map(({ validation }) => validation).sort(),
  );
  const { driftsFrom } = lab.stream;
  expect(recoveryOf(moments.slice(0, 5), driftsFrom, 'sgd', rootMeanSquare)).toBeNull();
  const recovery = recoveryOf(moments, driftsFrom, 'sgd', rootMeanSquare);
  expect(recovery?.worst).toBeGreaterThan(recovery?.before ?? 9);
  expect(recovery?.now).toBe(rmse(moments[47], 'sgd'));
  const { before, worst, now } = recovery ?? { before: 0, worst: 0, now: 0 };
  expect(recovery?.share).toBeCloseTo(Math.min(1, (worst - now) / (worst - before)), 12);
});

test('very few ratings, one rating, and a batch larger than the data are learnt without a fuss', () => {
  const scale = { min: 1, max: 5, step: 1 };
  const one = dividedOf('one', [[1, 1, 4, 9]], scale, 0);
  for (const data of [
    one,
    dividedOf(
      'two',
      [
        [1, 1, 4, 9],
        [2, 2, 5, 8],
      ],
      scale,
      0.5,
    ),
  ]) {
    const lab = labOn(data, { methods: streamMethodIds, batchSize: 100_000, rank: 3 });
    const moment = learnt(lab);
    expect(moment).toMatchObject({ batch: 1, ratings: 1, users: 1, items: 1 });
    for (const method of streamMethodIds) expect(bitsOf(lab, method).every(Number.isFinite)).toBe(true);
  }
  const none = dividedOf('none', [], scale, 0);
  const empty = labOn(none, { methods: streamMethodIds });
  expect(learnt(empty)).toMatchObject({ batch: 0, ratings: 0, users: 0 });
});

test('refits learn who came after the first of them: in the end as good as batch ALS', () => {
  const lab = labOn(sample, { order: 'time', batchSize: 100, methods: ['refit'], refitEvery: 24 });
  const batchAls = rootMeanSquare.of(sumsOf(on(lab, lab.batchAls()).validation));
  const end = rmse(learnt(lab), 'refit');
  expect(end / batchAls).toBeLessThan(1.03);
});

test('plain sums of gradients diverge where one user fills a batch; bounded ones do not', () => {
  const of = (step: StreamConfig['step']) =>
    learnt(labOn(sample, { order: 'user', methods: ['mini-batch'], step })).methods['mini-batch'];
  expect(of('summed')?.diverged).toBe(true);
  expect(of('bounded')?.diverged).toBe(false);
  fc.assert(
    fc.property(
      fc.double({ min: 1e-4, max: 1, noNaN: true }),
      fc.integer({ min: 1, max: 5000 }),
      (gamma, n) => {
        expect(boundedStep(gamma, n) * n).toBeCloseTo(1 - (1 - gamma) ** n, 9);
      },
    ),
    { seed: 3, numRuns: 200 },
  );
});

test('who predicts what is no finite number stops, and its errors stay what they were', () => {
  const lab = labOn(sample, { batchSize: 5000, methods: ['fold-in', 'sgd'] });
  on(lab, lab.advance(2));
  const before = on(lab, lab.measured([])).moment.methods;
  const [spoilt] = lab.members;
  spoilt.learner.model.itemFactors.fill(Number.NaN);
  const snapshots = on(lab, lab.measured(['fold-in', 'sgd'])).snapshots;
  expect(snapshots.map(({ method }) => method)).not.toContain(spoilt.method);
  on(lab, lab.advance(1));
  const { methods } = on(lab, lab.measured([])).moment;
  expect(methods[spoilt.method]).toMatchObject({
    diverged: true,
    prequential: before[spoilt.method].prequential,
  });
  for (const { validation, prequential } of Object.values(methods))
    expect([...validation, ...prequential].every(Number.isFinite)).toBe(true);
});

test('rows of a batch are found once, gathered by how many of its ratings are theirs', () => {
  const find = rowFinder(10, new Uint32Array(10));
  for (let again = 0; again < 2; again++) {
    const { rows, groups } = find(Uint32Array.of(9, 4, 4, 7, 4, 7, 2), 1, 7);
    expect([...rows]).toEqual([2, 7, 4]);
    expect(groups).toEqual([
      { ratings: 1, from: 0, to: 1 },
      { ratings: 2, from: 1, to: 2 },
      { ratings: 3, from: 2, to: 3 },
    ]);
  }
});

test('the bias of a row is the damped mean of what μ and the other side leave of its ratings', () => {
  const stream = {
    ratings: { users: Uint32Array.of(1, 1), items: Uint32Array.of(0, 1), values: Float64Array.of(5, 4) },
    ...{ userCount: 2, itemCount: 2, count: 2 },
  };
  const lines = settle(growingLines(stream, heapArrays));
  lines.append(2);
  const model = { ...emptyModel(pageKernels, stream, 0, 1), mean: 3, itemBias: Float64Array.of(0.5, 0) };
  setBias(model, 'users', lines, 1);
  expect([...model.userBias]).toEqual([0, (1.5 + 1) / 7]);
  lines.put({ user: 1, item: 0, value: 4.5 });
  setBias(model, 'users', lines, 1);
  expect(model.userBias[1]).toBeCloseTo((1.5 + 1 + 1) / 8, 12);
  lines.takeAway({ user: 1, item: 0, value: 4.5 });
  setBias(model, 'items', lines, 1);
  expect(model.itemBias[1]).toBeCloseTo((4 - 3 - 3.5 / 8) / 6, 12);
});

describe('one pass over real ratings', () => {
  const real = realMovieLens();
  const data = real ?? sample;

  test(`beats the online biases, Spark's ALS, and comes near the best batch ALS, on ${data.name}`, () => {
    const spark = { alsBaseline: 'none', alsLambda: 0.2, methods: ['mean'] } as const;
    const sparkAls = alsOn(labOn(data, spark)).validation;
    const best = alsOn(labOn(data, { rank: 20, methods: ['mean'] })).validation;
    const lab = labOn(data);
    const first = learnt(lab, 1);
    const moment = learnt(lab);
    const [online, biases] = (['sgd', 'biases'] as const).map((m) => rmse(moment, m));
    // The sample is a tenth of MovieLens's length in batches: of smaller ones there are as many.
    const small = real ? lab : labOn(data, { batchSize: 250, methods: ['mini-batch'] });
    const bounded = rmse(real ? moment : learnt(small), 'mini-batch');
    const tuned = rootMeanSquare.of(sumsOf(best, under('bias').counting));
    const sparks = rootMeanSquare.of(sumsOf(sparkAls, under('drop').counting));
    console.info(
      `${data.name}: B-SGD ${online.toFixed(4)}, mini-batch ${bounded.toFixed(4)}, biases ${biases.toFixed(4)}, Spark-style ALS ${sparks.toFixed(4)}, best batch ALS ${tuned.toFixed(4)}`,
    );
    expect(online).toBeLessThan(rmse(first, 'sgd'));
    expect(online).toBeLessThan(biases);
    if (real) expect(online).toBeLessThanOrEqual(sparks);
    expect(online).toBeLessThan((real ? 1.04 : 1.3) * tuned);
    expect(Math.abs(bounded / online - 1)).toBeLessThan(0.02);
  });
});
