import { BlobReader, BlobWriter, type FileEntry, TextWriter, ZipReader } from '@zip.js/zip.js';
import { parquetReadObjects } from 'hyparquet';
import { expect, test } from 'vitest';
import type { Snapshot } from '../../methods/snapshot';
import { encoders } from '../film/encoders';
import { npyShape } from '../run-file/npy';
import type { Tools } from './export';
import type { FactorsWanted } from './factors';
import { factorsNpy } from './factors-npy';
import { factorsParquet } from './factors-parquet';

const tools: Tools<never> = {
  parts: (async function* () {})(),
  ...{ said: () => undefined, painting: async () => null, encoders },
};

function model(rank: number, mean: number): Snapshot {
  const floats = (length: number) => Float32Array.from({ length }, (_, i) => Math.fround(mean + i / 7));
  return {
    ...{
      method: 'als',
      step: 1,
      observations: 1,
      flops: 0,
      seconds: 0,
      rank,
      userCount: 2,
      itemCount: 3,
      mean,
    },
    ...{ tallies: {}, userBias: floats(2), itemBias: floats(3) },
    ...{ userFactors: floats(2 * rank), itemFactors: floats(3 * rank) },
  };
}
const wanted: FactorsWanted = {
  models: [
    { name: 'ALS', snapshot: model(1, 3.1) },
    { name: 'B-SGD 2', snapshot: model(2, -1) },
  ],
  users: { count: 2, ids: ['=1+1', 'Zoë 😀'], titles: null, start: Uint32Array.of(0, 4, 5) },
  items: { count: 3, ids: null, titles: ['Heat', null, '"Up", the'], start: Uint32Array.of(0, 1, 1, 5) },
};

test('Parquet has a row for every mean, user and item, texts as they are and every number as it is', async () => {
  const file = await (await factorsParquet.make(wanted, tools)).arrayBuffer();
  const rows = await parquetReadObjects({ file });
  expect(rows).toHaveLength(2 * (1 + 2 + 3));
  expect(rows.slice(0, 3)).toEqual([
    {
      model: 'ALS',
      side: 'mean',
      id: null,
      title: null,
      ratings: null,
      bias: 3.1,
      factor1: null,
      factor2: null,
    },
    {
      ...{ model: 'ALS', side: 'user', id: '=1+1', title: null, ratings: 4 },
      ...{ bias: Math.fround(3.1), factor1: Math.fround(3.1), factor2: null },
    },
    {
      ...{ model: 'ALS', side: 'user', id: 'Zoë 😀', title: null, ratings: 1 },
      ...{ bias: Math.fround(3.1 + 1 / 7), factor1: Math.fround(3.1 + 1 / 7), factor2: null },
    },
  ]);
  const { snapshot } = wanted.models[1];
  const items = rows.filter((row) => row.model === 'B-SGD 2' && row.side === 'item');
  expect(items.map(({ id, title, ratings }) => [id, title, ratings])).toEqual([
    ['1', 'Heat', 1],
    ['2', null, 0],
    ['3', '"Up", the', 4],
  ]);
  expect(items.flatMap(({ factor1, factor2 }) => [factor1, factor2])).toEqual([...snapshot.itemFactors]);
});

test('NPY has ids as texts, titles beside them, and a folder of arrays for every model', async () => {
  const entries = await new ZipReader(new BlobReader(await factorsNpy.make(wanted, tools))).getEntries();
  const find = (name: string) => entries.find(({ filename }) => filename === name) as FileEntry;
  const text = (name: string) => find(name).getData(new TextWriter());
  const bytes = async (name: string) =>
    new Uint8Array(await (await find(name).getData(new BlobWriter())).arrayBuffer());
  const arrays = ['userFactors', 'userBias', 'itemFactors', 'itemBias'];
  expect(entries.map(({ filename }) => filename)).toEqual([
    ...['userIds.npy', 'itemIds.npy', 'titles.json', 'means.json'],
    ...['ALS', 'B-SGD_2'].flatMap((folder) => arrays.map((name) => `${folder}/${name}.npy`)),
  ]);
  expect(JSON.parse(await text('titles.json'))).toEqual(['Heat', null, '"Up", the']);
  expect(JSON.parse(await text('means.json'))).toEqual({ ALS: 3.1, 'B-SGD_2': -1 });
  const factors = await bytes('B-SGD_2/itemFactors.npy');
  const { shape, dataAt } = npyShape(factors)!;
  expect(shape).toEqual([3, 2]);
  expect(new Float32Array(factors.slice(dataAt).buffer)).toEqual(wanted.models[1].snapshot.itemFactors);
  // Little-endian letters of 32 bits, each text in as many as the longest has.
  const ids = await bytes('userIds.npy');
  expect(new TextDecoder().decode(ids.slice(10, 128))).toContain(
    "'descr': '<U5', 'fortran_order': False, 'shape': (2,)",
  );
  const letters = new Uint32Array(ids.slice(128).buffer);
  expect([...letters.slice(0, 5)].map((code) => String.fromCodePoint(code)).join('')).toBe('=1+1\0');
  expect([...letters.slice(5)].map((code) => String.fromCodePoint(code)).join('')).toBe('Zoë 😀');
});
