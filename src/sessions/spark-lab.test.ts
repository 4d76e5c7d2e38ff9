import { readFileSync, writeFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { type SparkDefect, type StreamConfig, sparkDefects } from '../methods/stream-config';
import { seededRandom } from '../ratings/random';
import type { RatingScale } from '../ratings/rating-set';
import { dividedOf, labOn, learnt } from './fixtures/labs';

/** What the Spark job is tested against: recorded anew by RECORD_SPARK=1. */
const recorded = new URL('../../spark/tests/fixtures/defects.json', import.meta.url);

const all = Object.keys(sparkDefects) as SparkDefect[];
const choices: SparkDefect[][] = [[], ...all.map((one) => [one]), all];
const scales: RatingScale[] = [
  { min: 0.5, max: 5, step: 0.5 },
  { min: 0, max: 100, step: 1 },
];
const [rank, batchSize, batchCount] = [3, 16, 3];

/** Users and items who come, go, and come again. */
function madeUp({ min, max, step }: RatingScale): number[][] {
  const random = seededRandom(16);
  const rows: number[][] = [];
  const seen = new Set<string>();
  for (let b = 0; b < batchCount; b++)
    while (rows.length < (b + 1) * batchSize) {
      const [x, y] = [((b % 3) * 5 + random.below(14)) % 19, ((b % 2) * 7 + random.below(15)) % 22];
      if (seen.has(`${x} ${y}`)) continue;
      seen.add(`${x} ${y}`);
      rows.push([x, y, min + step * random.below(1 + (max - min) / step), rows.length]);
    }
  return rows;
}

/** The lab's own way through them with some of the defects, in the model's unit. */
function wayOf(rows: number[][], scale: RatingScale, defects: SparkDefect[], passes: number) {
  const data = dividedOf('made up', rows, scale, 0);
  const change: Partial<StreamConfig> = {
    ...{ order: 'time', batchSize, methods: ['spark'], rank, defects, passes },
    ...{ learningRate: 0.004, factorRate: 0.008, decay: 0.8 },
  };
  const lab = labOn(data, change, 'page');
  const [{ learner }] = lab.members;
  const { userFactors, itemFactors } = learner.model;
  const first = { userFactors: [...userFactors], itemFactors: [...itemFactors] };
  const { users, items, values } = lab.stream.ratings;
  const batches = Array.from({ length: batchCount }, () => {
    const from = lab.lines.count;
    const { methods } = learnt(lab, 1);
    expect(methods.spark?.diverged).toBe(false);
    const { model, known } = learner;
    return {
      ratings: Array.from({ length: batchSize }, (_, j) => [
        users[from + j],
        items[from + j],
        values[from + j],
      ]),
      mean: model.mean,
      userBias: [...model.userBias],
      itemBias: [...model.itemBias],
      userFactors: [...model.userFactors],
      itemFactors: [...model.itemFactors],
      known: { users: [...known.users], items: [...known.items] },
    };
  });
  return { defects, passes, unit: learner.model.unit, first, batches };
}

test('the Spark job is tested on what the lab learns with each of the defects', () => {
  const cases = scales.flatMap((scale) => {
    const rows = madeUp(scale);
    return choices.map((defects, i) => ({ scale, ...wayOf(rows, scale, defects, 1 + (i % 2)) }));
  });
  const settings = { rank, learningRate: 0.004, factorRate: 0.008, decay: 0.8, lambda: 0.02 };
  const short = (_: string, value: unknown) =>
    typeof value === 'number' ? Number(value.toPrecision(10)) : value;
  const text = `${JSON.stringify({ ...settings, cases }, short)}\n`;
  if (process.env.RECORD_SPARK) writeFileSync(recorded, text);
  expect(JSON.parse(readFileSync(recorded, 'utf8'))).toEqual(JSON.parse(text));
});
