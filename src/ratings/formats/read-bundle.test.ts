import { readFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import { TextReader, Uint8ArrayWriter, ZipWriter } from '@zip.js/zip.js';
import { parquetWriteBuffer } from 'hyparquet-writer';
import { expect, test } from 'vitest';
import { sampleCsv } from '../sample';
import type { Named } from './format';
import { readFiles } from './read-files';

const named = (name: string, content: string | Uint8Array | ArrayBuffer) => ({
  name,
  file: new Blob([content as BlobPart]),
});
const read = (files: Named | readonly Named[], options = {}) =>
  readFiles(
    Array.isArray(files) ? files : [files],
    options,
    () => {},
    () => undefined,
  );

const movies = 'movieId,title,genres\n10,Heat (1995),Action\n30,Fargo (1996),Comedy|Crime\n';
const ratings = 'userId,movieId,rating,timestamp\n1,10,4,900\n1,20,3.5,901\n2,10,5,902\n';
const titles = [{ title: 'Heat (1995)', genres: 'Action' }, null];

test('titles come from a file brought along, or out of the same archive', async () => {
  const expected = { ok: true, ratings: { itemIds: ['10', '20'], itemTitles: titles } };
  const plain = named('ratings.csv', ratings);
  expect(await read([plain, named('movies.csv', movies)])).toMatchObject(expected);
  expect(await read([plain, named('movies.csv.gz', gzipSync(movies))])).toMatchObject(expected);
  const zip = new ZipWriter(new Uint8ArrayWriter());
  await zip.add('ml/movies.csv', new TextReader(movies));
  await zip.add('ml/ratings.csv', new TextReader(ratings));
  expect(await read(named('ml.zip', await zip.close()))).toMatchObject(expected);
  const latin = Uint8Array.from([...'10|Léon|1|1|x|'].map((c) => c.charCodeAt(0)));
  expect(await read([plain, named('u.item', latin)])).toMatchObject({
    ratings: { itemTitles: [{ title: 'Léon' }, null] },
  });
});

test('a test set is read after the ratings, stands last, and wins where it repeats them', async () => {
  const test = 'userId,movieId,rating,timestamp\n2,20,1,950\n1,10,2,903\n';
  const result = await read([named('u1.base', ratings), named('u1.test', test)]);
  if (!result.ok) throw new Error(result.problem.code);
  expect(result.ratings).toMatchObject({ testCount: 2, ratingCount: 4, name: 'u1.base' });
  expect(Array.from(result.ratings.values)).toEqual([3.5, 5, 1, 2]);
  expect(result.warnings).toEqual([{ code: 'duplicates', count: 1, lines: [2] }]);
  const bad = await read([named('u1.base', ratings), { ...named('u1.test', ''), as: 'test' }]);
  expect(bad).toMatchObject({ ok: false, problem: { code: 'empty-file', fileName: 'u1.test' } });
});

test('a file that is not UTF-8 is read again with all that came before it', async () => {
  const latin = Uint8Array.from([...'userId,movieId,rating\nJosé,10,4\n'].map((c) => c.charCodeAt(0)));
  const result = await read([named('a.csv', ratings), { ...named('b.csv', latin), as: 'test' }]);
  expect(result).toMatchObject({ ok: true, ratings: { ratingCount: 4, userIds: ['1', '2', 'José'] } });
});

/** What a table of ratings comes to, whatever it was written in. */
const gist = (result: Awaited<ReturnType<typeof read>>) => {
  if (!result.ok) return result.problem.code;
  const { users, items, values, userIds, itemIds, times } = result.ratings;
  return Array.from(
    values,
    (value, j) => `${userIds?.[users[j]]} ${itemIds?.[items[j]]} ${value} ${times?.at[j]}`,
  );
};

test('Parquet gives the ratings that CSV gives', async () => {
  const csv = sampleCsv(5).split('\n').slice(0, 3001).join('\n');
  const rows = csv
    .split('\n')
    .slice(1)
    .map((line) => line.split(',').map(Number));
  const column = (f: number) => rows.map((row) => row[f]);
  const expected = gist(await read(named('r.csv', csv)));
  for (const codec of ['SNAPPY', 'UNCOMPRESSED'] as const) {
    const parquet = parquetWriteBuffer({
      codec,
      rowGroupSize: 700,
      columnData: [
        { name: 'timestamp', data: column(3).map(BigInt), type: 'INT64' },
        { name: 'unused', data: column(3).map(String), type: 'STRING' },
        { name: 'userId', data: column(0), type: 'INT32' },
        { name: 'movieId', data: column(1).map(BigInt), type: 'INT64' },
        { name: 'rating', data: column(2), type: 'FLOAT' },
      ],
    });
    expect(gist(await read(named('r.parquet', parquet)))).toEqual(expected);
  }
});

test('Parquet: ids are text, gaps are rejected rows, columns can be said', async () => {
  const write = (names: [string, string, string]) =>
    named(
      'r.parquet',
      parquetWriteBuffer({
        columnData: [
          { name: names[0], data: ['007', '7', 'a', null], type: 'STRING', nullable: true },
          { name: names[1], data: [9007199254740993n, 9007199254740992n, 1n, 1n], type: 'INT64' },
          { name: names[2], data: [1, 2.5, 3, 3], type: 'DOUBLE' },
          { name: 'date', data: [0, 1, 2, 3].map((day) => new Date(864e5 * day)), type: 'TIMESTAMP' },
        ],
      }),
    );
  const result = await read(write(['user', 'item', 'rating']));
  expect(gist(result)).toEqual(['007 9007199254740993 1 0', '7 9007199254740992 2.5 86400', 'a 1 3 172800']);
  expect(result).toMatchObject({
    rejectedCount: 1,
    rejected: [{ line: 4, reason: 'no-user' }],
    warnings: [{ code: 'rows-skipped', count: 1, lines: [4] }],
  });
  const unclear = await read(write(['who', 'what', 'how']));
  expect(unclear).toMatchObject({
    ok: false,
    problem: {
      code: 'missing-column',
      preview: { mapping: { user: 0, item: 1, rating: 2, time: 3, header: true } },
    },
  });
  if (unclear.ok || !unclear.problem.preview) return;
  const { mapping } = unclear.problem.preview;
  expect(gist(await read(write(['who', 'what', 'how']), { mapping }))).toEqual(gist(result));
});

test('Parquet: rows of a large group are put together from its columns, however each is cut into pages', async () => {
  const count = 1_100_000;
  const user = Int32Array.from({ length: count }, (_, j) => j);
  const parquet = parquetWriteBuffer({
    rowGroupSize: count,
    columnData: [
      { name: 'user', data: user, type: 'INT32' },
      { name: 'item', data: user.map((j) => j % 1000), type: 'INT32' },
      { name: 'rating', data: Float64Array.from(user, (j) => 1 + (j % 5)), type: 'DOUBLE' },
    ],
  });
  const result = await read(named('r.parquet', parquet));
  if (!result.ok) throw new Error(result.problem.code);
  const { users, items, values, ratingCount } = result.ratings;
  expect(ratingCount).toBe(count);
  expect(users.every((x, j) => x === j && items[j] === j % 1000 && values[j] === 1 + (j % 5))).toBe(true);
});

const fixture = (name: string) => named(name, readFileSync(new URL(`./fixtures/${name}`, import.meta.url)));

test('Parquet: columns of lists and groups are no damage; what is in a group can be the user', async () => {
  const nested = await read(fixture('nested.parquet'));
  expect(nested).toMatchObject({ ok: true, ratings: { userCount: 7, itemCount: 6, ratingCount: 40 } });
  expect(nested).toMatchObject({
    preview: { rows: { 0: ['id.user', 'id.name', 'genres', 'userId', 'movieId', 'rating', 'tags.a', 'm'] } },
  });
  expect(nested.ok && nested.preview.rows[3].slice(0, 6)).toEqual([
    '2',
    'n2',
    'Comedy|Drama',
    '2',
    '10',
    '3',
  ]);
  const mapping = { user: 0, item: 1, rating: 2, time: -1, header: true, delimiter: '' };
  const structs = await read(fixture('structs.parquet'), { mapping });
  expect(gist(structs).slice(0, 2)).toEqual(['u0 i0 1 undefined', 'u1 i0 2 undefined']);
});

test('Parquet that is cut off, or whose table of contents is changed, is read or refused; nothing is thrown', async () => {
  const bytes = new Uint8Array(
    parquetWriteBuffer({
      columnData: ['user', 'item', 'rating'].map((name, f) => ({
        name,
        data: Array.from({ length: 40 }, (_, j) => (j * (f + 3)) % 11),
        type: 'INT32' as const,
      })),
    }),
  );
  for (let length = 4; length < bytes.length; length += 3)
    expect(await read(named('r.parquet', bytes.slice(0, length)))).toMatchObject({ ok: false });
  // Damage within pages is another matter: see the docstring, and the browser's test of a reader that does not end.
  const contents = new DataView(bytes.buffer).getUint32(bytes.length - 8, true);
  for (let at = bytes.length - 8 - contents; at < bytes.length; at++) {
    const changed = bytes.slice();
    changed[at] ^= 0x55;
    const result = await read(named('r.parquet', changed));
    if (result.ok) expect(result.ratings.values.every(Number.isFinite)).toBe(true);
  }
});
