import { existsSync, readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { collector, type ReadRatings } from '../collector';
import type { Read } from '../problem';
import { sampleCsv } from '../sample';
import { settle } from '../sliced';
import type { ReadOptions } from './format';
import { sniffBytes } from './sniff';
import { textReader } from './text';

/** Reads a text cut into pieces of so many characters. */
function read(text: string, size = text.length, options: ReadOptions = {}): Read<ReadRatings> {
  const rows = collector();
  const reader = textReader('ratings.csv', rows, options);
  for (let at = 0; at < text.length; at += size) {
    const refused = reader.push(text.slice(at, at + size));
    if (refused) return refused;
  }
  const report = reader.finish();
  return report.ok ? { ok: true, ...settle(rows.finish('ratings.csv', report.warnings)) } : report;
}

/** The ratings as text, or the code of the refusal. */
function summary(result: Read<ReadRatings>) {
  if (!result.ok) return result.problem.code;
  const { users, items, values, userIds, itemIds } = result.ratings;
  return Array.from(values, (value, j) => `${userIds?.[users[j]]} ${itemIds?.[items[j]]} ${value}`);
}

const five = ['1 10 4', '1 20 3.5', '2 10 5', '3 30 0.5', '3 10 1'];

describe('formats', () => {
  const table = (separator: string) =>
    five.map((row) => [...row.split(' '), '900'].join(separator)).join('\n');
  test.each([
    ['MovieLens ratings.csv', `userId,movieId,rating,timestamp\n${table(',')}\n`],
    ['u.data', table('\t')],
    ['ratings.dat', table('::')],
    ['semicolons', `user;item;rating;time\n${table(';')}`],
    ['pipes', table('|')],
    ['spaces', table(' ')],
    ['a byte order mark', `\ufeffuserId,movieId,rating,timestamp\n${table(',')}`],
    ['CRLF', `userId,movieId,rating,timestamp\r\n${table(',').replaceAll('\n', '\r\n')}\r\n`],
    ['old Mac line ends', table(',').replaceAll('\n', '\r')],
    ['blank lines', `\n\n${table(',').replaceAll('\n', '\n\n')}\n\n`],
    ['quotes', table(',').replaceAll(/[\d.]+/g, '"$&"')],
    [
      'upper case names in another order',
      `RATING,MOVIE_ID,USER_ID\n${five.map((row) => row.split(' ').reverse().join(',')).join('\n')}`,
    ],
  ])('reads %s', (_, text) => expect(summary(read(text))).toEqual(five));
});

test('the answer does not depend on how the text is cut', () => {
  const text =
    'userId,movieId,rating,timestamp\r\n1,"a\nb",4,5\r\n1,x,bad,6\r\n2,"say ""hi""",3,7\r\n2,z,2,8';
  const whole = read(text);
  expect(summary(whole)).toEqual(['1 a\nb 4', '2 say "hi" 3', '2 z 2']);
  for (const size of [1, 2, 3, 7, 50]) expect(read(text, size)).toEqual(whole);
  const long = sampleCsv(3).slice(0, 200_000);
  const expected = read(long);
  for (const size of [7, 4096, 65_536]) expect(read(long, size)).toEqual(expected);
});

test('any table of ids and numbers is read as it was written, however it is cut', () => {
  const id = fc.stringMatching(/^[a-z0-9][a-z0-9 "\n]{0,6}[a-z0-9]$/);
  const rating = fc.integer({ min: -40, max: 40 }).map((n) => n / 4);
  fc.assert(
    fc.property(
      fc.array(fc.tuple(id, id, rating), { minLength: 1, maxLength: 30 }),
      fc.integer({ min: 1, max: 40 }),
      (rows, size) => {
        const quoted = (text: string) => `"${text.replaceAll('"', '""')}"`;
        const text = `user,item,rating\n${rows.map(([u, i, r]) => `${quoted(u)},${quoted(i)},${r}`).join('\n')}`;
        const result = read(text, size);
        const expected = new Map(rows.map(([u, i, r]) => [JSON.stringify([u, i]), r]));
        expect(result.ok).toBe(true);
        if (!result.ok) return;
        const { users, items, values, userIds, itemIds } = result.ratings;
        expect(
          new Map(
            Array.from(values, (r, j) => [JSON.stringify([userIds?.[users[j]], itemIds?.[items[j]]]), r]),
          ),
        ).toEqual(expected);
      },
    ),
    { seed: 5 },
  );
});

describe('refusals', () => {
  test.each([
    ['', 'empty-file'],
    ['\n\n\n', 'empty-file'],
    ['userId,movieId,rating\n', 'no-ratings'],
    ['movieId,title,genres\n1,Toy Story,Animation', 'missing-column'],
    ['userId,userId,movieId,rating\n1,2,3,4', 'ambiguous-columns'],
    ['userId,movieId,rating\n1,2,x\n1,3,y\n1,4,3', 'too-many-bad-rows'],
    ['<!doctype html><html></html>', 'html-file'],
    ['{"a": 1}', 'json-file'],
    ['\0\0\0\0\0\0', 'binary-file'],
    [`userId,movieId,rating\n1,2,"${'x'.repeat(1 << 21)}`, 'line-too-long'],
  ])('%j', (text, code) => {
    expect(summary(read(text))).toBe(code);
    expect(summary(read(text, 4099))).toBe(code);
  });

  test('by the first bytes', () => {
    expect(sniffBytes(new Uint8Array([0x89, 0x50, 0x4e, 0x47]))).toBe('image-file');
    expect(sniffBytes(new Uint8Array([0x28, 0xb5, 0x2f, 0xfd]))).toBe('unsupported-compression');
    // One archive is unpacked; one within another is not.
    expect(sniffBytes(new Uint8Array([0x1f, 0x8b, 8]))).toBe('nested-archive');
    expect(sniffBytes(new TextEncoder().encode('userId,movieId'))).toBeNull();
  });
});

test('skipped rows are counted and located by physical line', () => {
  const result = read('user,item,rating\na,x,1\n\na,"y\ny",2\na,z,\n,z,3\nb,z,1e999\nb,x,4\nb,y,2\nc,x,1');
  expect(result).toMatchObject({
    ok: true,
    warnings: [{ code: 'rows-skipped', count: 3, lines: [6, 7, 8] }],
  });
});

test('ids are text', () => {
  expect(
    summary(read('7,1,3\n007,1,4\n9007199254740993,1,5\n9007199254740992,1,2\n__proto__,constructor,1')),
  ).toHaveLength(5);
});

test('of a repeated rating the last by time stands, else the last in the file', () => {
  expect(summary(read('user,item,rating,time\na,x,1,20\na,y,3,5\na,x,2,10'))).toEqual(['a x 1', 'a y 3']);
  expect(summary(read('user,item,rating\na,x,1\na,y,3\na,x,2'))).toEqual(['a y 3', 'a x 2']);
});

test('the sample is what it says', () => {
  const result = read(sampleCsv(1), 1 << 16);
  expect(result.ok).toBe(true);
  if (!result.ok) return;
  const { userCount, itemCount, ratingCount, scale, times } = result.ratings;
  expect({ userCount, ratingCount, scale, warnings: result.warnings }).toEqual({
    userCount: 600,
    ratingCount: 60_000,
    scale: { min: 0.5, max: 5, step: 0.5 },
    warnings: [],
  });
  expect(itemCount).toBeGreaterThan(1900);
  expect(times).not.toBeNull();
  expect(sampleCsv(1)).toBe(sampleCsv(1));
  expect(sampleCsv(2)).not.toBe(sampleCsv(1));
});

test('somebody who is asked can say which column is which', () => {
  const text = 'a;b;c;d\n5;Ann;1999-12-31;Dune\n3;Bob;2000-01-01 00:00:10;Dune\n4;Ann;2000-01-02;Emma\n';
  const refused = read(text);
  expect(refused).toMatchObject({
    ok: false,
    problem: {
      code: 'missing-column',
      missing: ['user', 'item', 'rating'],
      preview: {
        rows: [
          ['a', 'b', 'c', 'd'],
          ['5', 'Ann', '1999-12-31', 'Dune'],
          ['3', 'Bob', '2000-01-01 00:00:10', 'Dune'],
          ['4', 'Ann', '2000-01-02', 'Emma'],
        ],
        mapping: { user: 1, item: 3, rating: 0, time: 2, header: true, delimiter: ';' },
      },
    },
  });
  if (refused.ok || !refused.problem.preview) return;
  const result = read(text, 3, { mapping: refused.problem.preview.mapping });
  expect(summary(result)).toEqual(['Ann Dune 5', 'Bob Dune 3', 'Ann Emma 4']);
  expect(result.ok && result.ratings.times).toEqual({
    at: Uint32Array.of(0, 86_410, 172_800),
    origin: 946_598_400,
    unit: 1,
  });
  const other = { user: 3, item: 1, rating: 0, time: -1, header: false, delimiter: ';' };
  expect(read(text, text.length, { mapping: other })).toMatchObject({
    ok: true,
    ratings: { ratingCount: 3, times: null },
    warnings: [{ code: 'rows-skipped', count: 1, lines: [1] }],
  });
});

test('a preview shows twenty rows, a header among them, and no endless field', () => {
  const rows = Array.from({ length: 90 }, (_, i) => `${i},${'x'.repeat(500)},3`);
  const result = read(`user,item,rating\n${rows.join('\n')}`, 1000);
  expect(result.ok).toBe(true);
  const reader = textReader('r.csv', collector());
  reader.push(`user,item,rating\n${rows.join('\n')}`);
  const report = reader.finish();
  expect(report.ok && report.preview.rows).toHaveLength(20);
  expect(report.ok && Math.max(...report.preview.rows.flat().map(({ length }) => length))).toBe(100);
});

test('rows that are not taken are kept with their lines and reasons', () => {
  const collected = collector();
  const reader = textReader('r.csv', collected);
  reader.push('user,item,rating\na,x,1\n,x,2\na,,2\na,y,\na,z,bad\nb,x,2\nb,y,1\nb,z,1\nc,z,2\n');
  expect(reader.finish()).toMatchObject({
    ok: true,
    rowCount: 9,
    rejectedCount: 4,
    rejected: [
      { line: 3, reason: 'no-user', fields: ['', 'x', '2'] },
      { line: 4, reason: 'no-item', fields: ['a', '', '2'] },
      { line: 5, reason: 'no-rating', fields: ['a', 'y', ''] },
      { line: 6, reason: 'not-a-number', fields: ['a', 'z', 'bad'] },
    ],
  });
});

test('a file that is refused for its rows says what the first of them are', () => {
  expect(read('user,item,rating\na,x,good\na,y,\nb,x,3')).toMatchObject({
    ok: false,
    problem: {
      code: 'too-many-bad-rows',
      rejected: [
        { line: 2, reason: 'not-a-number', fields: ['a', 'x', 'good'] },
        { line: 3, reason: 'no-rating', fields: ['a', 'y', ''] },
      ],
    },
  });
});

test('ratings far from all others are said with their lines, and can be left out', () => {
  const rows = Array.from({ length: 300 }, (_, i) => `${i % 20},${i},${1 + (i % 5)}`);
  rows.splice(40, 0, '3,900,55', '3,901,-9');
  const text = `user,item,rating\n${rows.join('\n')}`;
  expect(read(text)).toMatchObject({
    warnings: [{ code: 'off-scale', count: 2, lines: [42, 43], usual: [1, 5] }],
    ratings: { ratingCount: 302, scale: { min: -9, max: 55 } },
  });
  expect(read(text, 50, { range: [1, 5] })).toMatchObject({
    warnings: [{ code: 'rows-skipped', count: 2, lines: [42, 43] }],
    ratings: { ratingCount: 300, scale: { min: 1, max: 5, step: 1 } },
  });
});

test('repeated ratings are said with the lines of those that lost', () => {
  expect(read('user,item,rating,time\na,x,1,20\na,y,3,5\n\na,x,2,10\na,y,4,5')).toMatchObject({
    warnings: [{ code: 'duplicates', count: 2, lines: [3, 5] }, { code: 'single-user' }],
  });
});

test('times in milliseconds, in halves, and over centuries are in seconds; some without: none', () => {
  const times = (...column: string[]) => {
    const result = read(`user,item,rating,time\n${column.map((time, i) => `u,${i},1,${time}`).join('\n')}`);
    if (!result.ok) throw new Error(result.problem.code);
    const { times } = result.ratings;
    return times && Array.from(times.at, (at) => times.origin + times.unit * at);
  };
  expect(times('1260759144', '1260759205')).toEqual([1260759144, 1260759205]);
  expect(times('1260759144000', '1260759205500')).toEqual([1260759144, 1260759205.5]);
  expect(times('0.5', '2')?.map((time) => time.toFixed(6))).toEqual(['0.500000', '2.000000']);
  expect(times('-60000000000', '90000000000')?.map((time) => Math.round(time / 100))).toEqual([
    -600_000_000, 900_000_000,
  ]);
  expect(times('1260759144', '', '1260759205')).toBeNull();
  expect(read('user,item,rating,time\na,x,1,5\na,y,1,')).toMatchObject({
    warnings: [{ code: 'single-user' }, { code: 'some-times' }],
  });
});

const movieLens = new URL('../../../../shared/data/ml-latest-small/ratings.csv', import.meta.url);
if (!existsSync(movieLens)) console.info('MovieLens is absent: ../shared/data/ml-latest-small/ratings.csv');
test.runIf(existsSync(movieLens))('real MovieLens', () => {
  const result = read(readFileSync(movieLens, 'utf8'), 1 << 16);
  expect(result).toMatchObject({
    ok: true,
    warnings: [],
    ratings: {
      ratingCount: 100_004,
      userCount: 671,
      itemCount: 9066,
      scale: { min: 0.5, max: 5, step: 0.5 },
    },
  });
});

test('a matrix whose lines are longer than what is read at once is told as one', () => {
  const items = Array.from({ length: 9000 }, (_, c) => `film ${c}`);
  const lines = Array.from({ length: 30 }, (_, r) =>
    [`u${r}`, ...items.map((_, c) => ((c * 7 + r * 3) % 11 === 0 ? 1 + ((c + r) % 5) : ''))].join(','),
  );
  const rows = collector();
  const reader = textReader('wide.csv', rows);
  const text = `who,${items.join(',')}\n${lines.join('\n')}\n`;
  for (let at = 0; at < text.length; at += 30_000) reader.push(text.slice(at, at + 30_000));
  const read = reader.finish();
  const preview = read.ok ? read.preview : read.problem.preview;
  expect(preview?.mapping).toMatchObject({
    delimiter: ',',
    shape: 'matrix',
    user: 0,
    rating: 1,
    header: true,
  });
});
