import { gzipSync } from 'node:zlib';
import { parquetWriteBuffer } from 'hyparquet-writer';
import { expect, test } from 'vitest';
import type { ReadOptions } from './format';
import { readFiles } from './read-files';

const read = (content: BlobPart, options: ReadOptions = {}, name = 'r.csv') =>
  readFiles(
    [{ name, file: new Blob([content]) }],
    options,
    () => {},
    () => undefined,
  );

/** What was set aside, whether the file was taken or not. */
async function rejected(content: BlobPart, options?: ReadOptions, name?: string) {
  const result = await read(content, options, name);
  return (result.ok ? result : result.problem).rejected ?? [];
}

const good = Array.from({ length: 30 }, (_, i) => `u${i % 5},i${i},${1 + (i % 5)}`);
const lines = ['user,item,rating', ...good.slice(0, 9), 'ä,,3', ...good.slice(9), '"x\ny",z,bad', 'last,é,'];

test.each([
  ['\n', 'utf-8'],
  ['\r\n', 'utf-8'],
  ['\r', 'utf-8'],
  ['\r\n', 'utf-16le'],
  ['\n', 'utf-16be'],
] as const)('a row that is not taken is found in the bytes: line ends %j, %s', async (end, encoding) => {
  const text = lines.join('\n').replaceAll('\n', end);
  const units = (part: string) =>
    encoding === 'utf-8'
      ? Buffer.from(part)
      : Buffer.from(part, 'utf16le')[encoding === 'utf-16be' ? 'swap16' : 'valueOf']();
  const whole = units(encoding === 'utf-8' ? text : `\ufeff${text}`);
  const byteOf = (part: string) => whole.indexOf(units(part));
  expect(await rejected(new Uint8Array(whole))).toEqual([
    {
      file: 'r.csv',
      line: 11,
      byte: byteOf('ä,'),
      text: 'ä,,3',
      column: 2,
      name: 'item',
      reason: 'no-item',
      fields: ['ä', '', '3'],
    },
    {
      ...{ file: 'r.csv', line: 33, byte: byteOf('"x'), text: '"x\ny",z,bad', column: 3, name: 'rating' },
      ...{ reason: 'not-a-number', fields: ['x\ny', 'z', 'bad'] },
    },
    {
      file: 'r.csv',
      line: 35,
      byte: byteOf('last'),
      text: 'last,é,',
      column: 3,
      name: 'rating',
      reason: 'no-rating',
      fields: ['last', 'é', ''],
    },
  ]);
});

test('of a file that is refused all rows are kept, and bytes are those of the text once it is unpacked', async () => {
  const bad = Array.from({ length: 90 }, (_, i) => `u${i},i${i},x`);
  const text = ['user,item,rating', ...bad, ...good].join('\n');
  const rows = await rejected(gzipSync(text), {}, 'r.csv.gz');
  expect(rows).toHaveLength(90);
  expect(rows.at(-1)).toMatchObject({
    file: 'r.csv',
    line: 91,
    text: 'u89,i89,x',
    byte: text.indexOf('u89,'),
  });
});

test('of a matrix it is the column of the item, and of a long line its beginning is shown', async () => {
  const wide = Array.from({ length: 400 }, (_, i) => `film ${i}`);
  const row = (user: number) =>
    [`u${user}`, ...wide.map((_, i) => (user === 7 && i === 300 ? '?' : 1 + ((i + user) % 5)))].join(',');
  const text = [['who', ...wide].join(','), ...Array.from({ length: 30 }, (_, user) => row(user))].join('\n');
  const known = { shape: 'matrix', delimiter: ',', header: true, user: 0, item: -1, rating: 1, time: -1 };
  const [only, ...others] = await rejected(text, { mapping: known });
  expect(others).toEqual([]);
  expect(only).toMatchObject({ line: 9, column: 302, name: 'film 300', byte: text.indexOf('u7,') });
  expect(only.text).toBe(row(7).slice(0, 1000));
});

test('what is no text has rows and columns, and no bytes', async () => {
  const parquet = parquetWriteBuffer({
    columnData: [
      { name: 'note', data: Array.from({ length: 30 }, () => 'x') },
      { name: 'user', data: Array.from({ length: 30 }, (_, i) => `u${i % 5}`) },
      { name: 'item', data: Array.from({ length: 30 }, (_, i) => (i === 12 ? '' : `i${i}`)) },
      { name: 'rating', data: Array.from({ length: 30 }, (_, i) => 1 + (i % 5)), type: 'INT32' },
    ],
  });
  const [row, ...others] = await rejected(parquet, {}, 'r.parquet');
  expect(others).toEqual([]);
  expect(row).toMatchObject({ line: 13, column: 3, name: 'item', reason: 'no-item' });
  expect(row.byte).toBe(undefined);
});

test('in a list of JSON the line is the one in which the object begins', async () => {
  const objects = good.map((line) => {
    const [user, item, rating] = line.split(',');
    return `  {\n    "user": "${user}",\n    "item": "${item}",\n    "rating": ${rating}\n  }`;
  });
  objects[4] = '  {\n    "user": "u1",\n    "item": "",\n    "rating": 3\n  }';
  const text = `[\n${objects.join(',\n')}\n]\n`;
  const [row] = await rejected(text, {}, 'r.json');
  expect(text.split('\n')[row.line - 1]).toBe('  {');
  expect(text.split('\n')[row.line + 1]).toBe('    "item": "",');
  expect(row.byte).toBe(undefined);
});

test('while rows that were not taken are looked for, it is told how far that is, with pauses', async () => {
  const part = good
    .map((row) => `${row}\n`)
    .join('')
    .repeat(300);
  const parts = [`${lines[0]}\n`, ...Array.from({ length: 100 }, () => part), 'last,1,\n'];
  const shares: number[] = [];
  let pauses = 0;
  const result = await readFiles(
    [{ name: 'r.csv', file: new Blob(parts) }],
    {},
    (_, share) => void shares.push(share),
    async () => {
      pauses++;
    },
  );
  expect(result.ok && result.rejected[0]?.line).toBe(2 + 30 * 30_000);
  // All of it was read when it began; half of what there was to read then.
  const again = shares.slice(shares.indexOf(1) + 1);
  expect(again.length).toBeGreaterThan(50);
  expect(again[0]).toBeGreaterThanOrEqual(0.5);
  expect(again).toEqual(again.toSorted((a, b) => a - b));
  expect(pauses).toBeGreaterThan(again.length);
});
