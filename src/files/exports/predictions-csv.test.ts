import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Snapshot } from '../../methods/snapshot';
import { seededRandom } from '../../ratings/random';
import { type PredictionsWanted, predictionsCsv } from './predictions-csv';

function model(userCount: number, itemCount: number, rank: number, seed: number): Snapshot {
  const { normal } = seededRandom(seed);
  const floats = (length: number) => Float32Array.from({ length }, normal);
  return {
    ...{ method: 'sgd', step: 1, observations: 1, flops: 0, seconds: 0, rank, userCount, itemCount },
    ...{ mean: 3, tallies: {}, values: { trainRmse: 1, validationRmse: null } },
    userBias: floats(userCount),
    itemBias: floats(itemCount),
    userFactors: floats(userCount * rank),
    itemFactors: floats(itemCount * rank),
  };
}
const whole = (wanted: PredictionsWanted) => [...predictionsCsv(wanted)].map(({ csv }) => csv).join('');
const exact = (m: Snapshot, x: number, y: number) => {
  let sum = m.mean + m.userBias[x] + m.itemBias[y];
  for (let f = 0; f < m.rank; f++) sum += m.userFactors[x * m.rank + f] * m.itemFactors[y * m.rank + f];
  return sum;
};
const prediction = (m: Snapshot, x: number, y: number) => Number(exact(m, x, y).toPrecision(6));

test('held-out ratings, what they are and what each model says of them, with titles and texts that are no formulas', () => {
  const models = [
    { name: 'ALS', snapshot: model(2, 3, 2, 1) },
    { name: 'B-SGD', snapshot: model(2, 3, 4, 2) },
  ];
  const csv = whole({
    ...{ what: 'held-out', most: 0, by: 0, models, known: null },
    heldOut: {
      start: Uint32Array.of(0, 1, 3),
      other: Uint32Array.of(2, 0, 1),
      value: Float32Array.of(4, 3.5, 1),
    },
    ...{ userIds: ['=1+1', 'b'], itemIds: null, titles: ['Heat, the', null, '@home'] },
  });
  const said = (x: number, y: number) => models.map(({ snapshot }) => prediction(snapshot, x, y)).join(',');
  expect(csv.split('\r\n')).toEqual([
    'userId,itemId,title,rating,ALS,B-SGD',
    `"'=1+1",3,"'@home",4,${said(0, 2)}`,
    `b,1,"Heat, the",3.5,${said(1, 0)}`,
    `b,2,,1,${said(1, 1)}`,
    '',
  ]);
});

test('the best unseen items are those that sorting all of them gives', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 30 }),
      fc.integer({ min: 1, max: 12 }),
      fc.integer({ min: 1, max: 9 }),
      fc.integer({ min: 0, max: 999 }),
      (itemCount, most, rank, seed) => {
        const userCount = 3;
        const { uniform } = seededRandom(seed);
        const rated = Array.from({ length: userCount }, () =>
          Array.from({ length: itemCount }, (_, y) => y).filter(() => uniform() < 0.4),
        );
        const start = Uint32Array.from([0, 1, 2, 3].map((x) => rated.slice(0, x).flat().length));
        const snapshot = model(userCount, itemCount, rank, seed);
        const csv = whole({
          ...{ what: 'top', most, by: 0, models: [{ name: 'ALS', snapshot }] },
          known: { start, other: Uint32Array.from(rated.flat()) },
          heldOut: { start: new Uint32Array(4), other: new Uint32Array(0), value: new Float32Array(0) },
          ...{ userIds: null, itemIds: null, titles: null },
        });
        const expected = rated.flatMap((known, x) =>
          Array.from({ length: itemCount }, (_, y) => y)
            .filter((y) => !known.includes(y))
            // By what was predicted, not by what of it is written: two that differ in the seventh digit are in order.
            .sort((a, b) => exact(snapshot, x, b) - exact(snapshot, x, a))
            .slice(0, most)
            .map((y, i) => [x + 1, i + 1, y + 1, prediction(snapshot, x, y)].join(',')),
        );
        expect(csv.split('\r\n').slice(1, -1)).toEqual(expected);
      },
    ),
  );
});

test('it comes in pieces that say how many users are done, to the last', () => {
  const userCount = 1000;
  const heldOut = {
    start: new Uint32Array(userCount + 1),
    other: new Uint32Array(0),
    value: new Float32Array(0),
  };
  const pieces = [
    ...predictionsCsv({
      ...{ what: 'top', most: 3, by: 0, models: [{ name: 'ALS', snapshot: model(userCount, 5, 2, 1) }] },
      ...{ known: null, heldOut, userIds: null, itemIds: null, titles: null },
    }),
  ].map(({ done }) => done);
  expect(pieces[0]).toBe(0);
  expect(pieces.at(-1)).toBe(userCount);
  expect(pieces.length).toBeGreaterThan(4);
  expect(pieces).toEqual([...pieces].sort((a, b) => a - b));
});
