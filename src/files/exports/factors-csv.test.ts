import Papa from 'papaparse';
import { expect, test } from 'vitest';
import type { Snapshot } from '../../methods/snapshot';
import { seededRandom } from '../../ratings/random';
import type { FactorsWanted } from './factors';
import { factorsCsv } from './factors-csv';

function model(userCount: number, itemCount: number, rank: number, seed: number): Snapshot {
  const { normal } = seededRandom(seed);
  // All sizes that a float32 can have; −0 would come back as 0.
  const floats = (length: number) =>
    Float32Array.from({ length }, (_, i) => Math.fround(normal() * 10 ** ((i % 90) - 45)) + 0);
  return {
    ...{ method: 'sgd', step: 1, observations: 1, flops: 0, seconds: 0, rank, userCount, itemCount },
    ...{ mean: 3 + normal() / 3, tallies: {} },
    userBias: floats(userCount),
    itemBias: floats(itemCount),
    userFactors: floats(userCount * rank),
    itemFactors: floats(itemCount * rank),
  };
}
const nobody = { ids: null, titles: null, start: null };
const read = (wanted: FactorsWanted) => {
  const csv = [...factorsCsv(wanted)].map((piece) => piece.csv).join('');
  const parser = new Papa.Parser({ delimiter: ',', newline: '\r\n', quoteChar: '"' });
  const [header, ...rows] = parser.parse(csv.trimEnd(), 0, false).data;
  for (const row of rows) expect(row).toHaveLength(header.length);
  return rows.map((row) => Object.fromEntries(row.map((text, column) => [header[column], text])));
};

test('every number is there, of models of different ranks, and is the same float32 when it is read back', () => {
  const models = [
    { name: 'ALS', snapshot: model(700, 300, 3, 1) },
    { name: 'B-SGD', snapshot: model(700, 300, 40, 2) },
  ];
  const rows = read({ models, users: { ...nobody, count: 700 }, items: { ...nobody, count: 300 } });
  expect(rows).toHaveLength(2 * (1 + 700 + 300));
  for (const { name, snapshot } of models) {
    const of = (side: string) => rows.filter((row) => row.model === name && row.side === side);
    const [mean] = of('mean');
    expect(Number(mean.bias)).toBe(snapshot.mean);
    for (const [side, bias, factors] of [
      ['user', snapshot.userBias, snapshot.userFactors],
      ['item', snapshot.itemBias, snapshot.itemFactors],
    ] as const) {
      const found = of(side);
      expect(found.map(({ id }) => Number(id))).toEqual(Array.from(bias, (_, x) => x + 1));
      expect(Float32Array.from(found, (row) => Number(row.bias))).toEqual(bias);
      const names = Array.from({ length: snapshot.rank }, (_, f) => `factor${f + 1}`);
      expect(Float32Array.from(found.flatMap((row) => names.map((factor) => Number(row[factor]))))).toEqual(
        factors,
      );
      // Beyond its rank a model has nothing to say.
      for (const row of found) expect(row[`factor${snapshot.rank + 1}`] || undefined).toBeUndefined();
    }
  }
});

test('ids and titles stand beside the numbers, as in the source but for what a spreadsheet would run', () => {
  const rows = read({
    models: [{ name: 'ALS', snapshot: model(3, 2, 2, 1) }],
    users: { count: 3, ids: ['007', '=1+1', 'a "b", c'], titles: null, start: Uint32Array.of(0, 1, 1, 4) },
    items: {
      count: 2,
      ids: ['x', '-5'],
      titles: ['Heat, the', '@home\nalone'],
      start: Uint32Array.of(0, 4, 4),
    },
  });
  expect(rows.map(({ model, side, id, title, ratings }) => [model, side, id, title, ratings])).toEqual([
    ['ALS', 'mean', '', '', ''],
    ['ALS', 'user', '007', '', '1'],
    ['ALS', 'user', "'=1+1", '', '0'],
    ['ALS', 'user', 'a "b", c', '', '3'],
    ['ALS', 'item', 'x', 'Heat, the', '4'],
    ['ALS', 'item', "'-5", "'@home\nalone", '0'],
  ]);
});

test('negative numbers stay numbers, and without titles there is no column for them', () => {
  const snapshot = {
    ...model(1, 1, 1, 1),
    mean: -1,
    userBias: Float32Array.of(-0.1),
    itemBias: Float32Array.of(2),
  };
  snapshot.userFactors = Float32Array.of(-1e-7);
  snapshot.itemFactors = Float32Array.of(16777216);
  const one = { ...nobody, count: 1 };
  const csv = [...factorsCsv({ models: [{ name: 'ALS', snapshot }], users: one, items: one })].map(
    (piece) => piece.csv,
  );
  expect(csv.join('').split('\r\n')).toEqual([
    'model,side,id,ratings,bias,factor1',
    'ALS,mean,,,-1,',
    'ALS,user,1,,-0.100000001,-1.00000001e-7',
    'ALS,item,1,,2,16777216',
    '',
  ]);
});

test('who rates in a stream without being in its source has no row', () => {
  const rows = read({
    models: [{ name: 'B-SGD', snapshot: model(3, 2, 2, 1) }],
    users: { ...nobody, count: 2 },
    items: { ...nobody, count: 2 },
  });
  expect(rows.map(({ side, id }) => `${side}${id}`)).toEqual(['mean', 'user1', 'user2', 'item1', 'item2']);
});

test('it comes in pieces that say how many users and items are done, to the last', () => {
  const wanted = {
    models: [{ name: 'ALS', snapshot: model(3000, 1000, 15, 1) }],
    users: { ...nobody, count: 3000 },
    items: { ...nobody, count: 1000 },
  };
  const done = [...factorsCsv(wanted)].map((piece) => piece.done);
  expect(done[0]).toBe(0);
  expect(done.at(-1)).toBe(4000);
  expect(done.length).toBeGreaterThan(8);
  expect(done).toEqual([...done].sort((a, b) => a - b));
});
