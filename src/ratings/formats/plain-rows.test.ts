import fc from 'fast-check';
import { expect, test } from 'vitest';
import { collector } from '../collector';
import type { Role } from '../columns';
import { settle } from '../sliced';
import type { ReadOptions } from './format';
import { plainRows, type ReadsPlainRows } from './plain-rows';
import { readFiles } from './read-files';
import { textReader } from './text';

const encoder = new TextEncoder();
const roles: readonly Role[] = ['user', 'item', 'rating', 'time'];

/** What is taken of a text, and the rest. */
function plain(text: string, { roles: fields = roles, delimiter = ',' } = {}) {
  const read = plainRows(encoder.encode(text), { roles: fields, delimiter });
  const rows = [...read.users].map((user, j) => [user, read.items[j], read.values[j], read.times[j]]);
  return { rows, rest: text.slice(read.end) };
}

test('takes rows of plain numbers, and stops before the first that is anything else', () => {
  expect(plain('1,20,4.5,900\n2,3,-1,0\n')).toEqual({
    rows: [
      [1, 20, 4.5, 900],
      [2, 3, -1, 0],
    ],
    rest: '',
  });
  for (const odd of [
    '007,1,2,3',
    '"1",1,2,3',
    ' 1,1,2,3',
    '1,1,2',
    '1,1,2,3,4',
    '1,1,,3',
    '1,1,2.,3',
    '1,1,.5,3',
    '1,1,1e3,3',
    '1,1,1234567890123456,3',
    '16777216,1,2,3',
    '1,a,2,3',
    '',
  ])
    expect(plain(`1,1,1,1\n${odd}\n2,2,2,2\n`)).toEqual({
      rows: [[1, 1, 1, 1]],
      rest: `${odd}\n2,2,2,2\n`,
    });
  expect(plain('1,1,1,1\n2,2,2,2').rest).toBe('2,2,2,2');
  expect(plain('1::2::3::4\n', { roles, delimiter: '::' }).rows).toEqual([[1, 2, 3, 4]]);
  expect(plain('1:2:3:4\n', { roles, delimiter: '::' }).rows).toEqual([]);
});

test('numbers come out as Number would read them', () => {
  const digits = fc.stringMatching(/^(0|[1-9]\d{0,7})(\.\d{1,7})?$/);
  fc.assert(
    fc.property(digits, fc.boolean(), (text, negative) => {
      const written = negative ? `-${text}` : text;
      expect(plain(`1,2,${written},3\n`).rows[0][2]).toBe(Number(written));
    }),
    { seed: 6, numRuns: 2000 },
  );
});

test('takes Windows line ends, runs of blanks, and fields that are of no use, if they are UTF-8', () => {
  expect(plain('1,1,1,1\r\n2,2,2,2\r3,3,3,3\r\n')).toEqual({
    rows: [[1, 1, 1, 1]],
    rest: '2,2,2,2\r3,3,3,3\r\n',
  });
  expect(plain('1  1 2   3\n', { roles, delimiter: ' ' }).rows).toEqual([[1, 1, 2, 3]]);
  const named: readonly Role[] = ['user', 'none', 'item', 'rating'];
  expect(plain('1,Ünal,2,3\n', { roles: named, delimiter: ',' }).rows).toEqual([[1, 2, 3, Number.NaN]]);
  const latin = Uint8Array.from('1,\xdcnal,2,3\n', (character) => character.charCodeAt(0));
  expect(plainRows(latin, { roles: named, delimiter: ',' })).toMatchObject({
    users: new Uint32Array(0),
    end: 0,
  });
});

const readAll = (bytes: Uint8Array, reads: ReadsPlainRows, options: ReadOptions) =>
  readFiles(
    [{ name: 'r.csv', file: new Blob([bytes as BlobPart]) }],
    options,
    () => {},
    () => undefined,
    reads,
  );

/** The same of a text by the tokeniser. */
function byLibrary(text: string, options: ReadOptions) {
  const rows = collector();
  const reader = textReader('r.csv', rows, options);
  reader.push(text);
  const report = reader.finish();
  if (!report.ok) return report.problem.code;
  const { ratings, warnings } = settle(rows.finish('r.csv', report.warnings));
  return { ratings, warnings, rejectedCount: report.rejectedCount };
}

/** As a helper does it: later, and not in the order in which it was asked. */
const byAnother =
  (seed: number): ReadsPlainRows =>
  async (bytes, form) => {
    for (let turn = 0; turn < (seed * bytes.length) % 7; turn++)
      await new Promise((next) => setImmediate(next));
    return plainRows(bytes.slice(), form);
  };
/** In most places plain numbers, in some what the tokeniser has to look at. */
const tables = fc.record({
  rows: fc.array(
    fc.tuple(
      fc.oneof(
        { weight: 60, arbitrary: fc.nat(40).map(String) },
        fc.constantFrom('007', 'x', '', ' 3', '"4"', '"a,b"', '"a\nb"', '20000000', 'é', '1e1', '"5'),
      ),
      fc.oneof({ weight: 60, arbitrary: fc.nat(99).map(String) }, fc.constantFrom('', 'y', '"6"')),
      fc.oneof(
        { weight: 60, arbitrary: fc.constantFrom('1', '2.5', '-3', '4.75', '0') },
        fc.constantFrom('', 'bad', '+1', '1e-2', '.5', '99'),
      ),
      fc.oneof({ weight: 60, arbitrary: fc.nat(99).map(String) }, fc.constantFrom('', '2004-01-01', '1\n')),
    ),
    { minLength: 40, maxLength: 120 },
  ),
  delimiter: fc.constantFrom(',', ';', '\t', '|', '::'),
  lineEnd: fc.constantFrom('\n', '\r\n'),
  encoding: fc.constantFrom('utf-8', 'latin-1', 'utf-16'),
  seed: fc.integer({ min: 1, max: 9 }),
});

type Table = typeof tables extends fc.Arbitrary<infer T> ? T : never;

function written({ rows, delimiter, lineEnd, encoding, seed }: Table): Uint8Array {
  const head = Array.from({ length: 4000 }, (_, i) => [i % 50, i % 37, i % 5, i].join(delimiter));
  // Long enough that it comes in several chunks, and that some of them begin with what is plain.
  const many = Array.from({ length: 12 + seed }, () => head).flat();
  const odd = rows.map((fields) => fields.join(delimiter));
  const lines = [...head, ...odd, ...many, ...odd.slice(0, 10 * seed), ...many, ...odd];
  const text = ['user', 'item', 'rating', 'time'].join(delimiter) + lineEnd + lines.join(lineEnd) + lineEnd;
  return Buffer.from(text, encoding === 'utf-16' ? 'utf16le' : encoding === 'latin-1' ? 'latin1' : 'utf8');
}

test('one reader, two, and the library alone take the same ratings, with the same audit and the same lines', async () => {
  await fc.assert(
    fc.asyncProperty(tables, fc.boolean(), async (table, isWithin) => {
      const bytes = written(table);
      const options: ReadOptions = isWithin ? { range: [0, 5] } : {};
      const alone = await readAll(bytes, plainRows, options);
      expect(await readAll(bytes, byAnother(table.seed), options)).toEqual(alone);
      if (table.encoding !== 'utf-8') return;
      const tokenised = byLibrary(new TextDecoder().decode(bytes), options);
      if (alone.ok) expect(alone).toMatchObject(tokenised as object);
      else expect(alone.problem.code).toBe(tokenised);
    }),
    { seed: 7, numRuns: 6 },
  );
});
