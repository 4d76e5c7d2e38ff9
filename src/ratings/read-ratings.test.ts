import { existsSync, readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type ReadResult, ratingsReader } from './read-ratings';
import { sampleCsv } from './sample';
import { sniffBytes } from './sniff';

/** Reads a text cut into pieces of so many characters. */
function read(text: string, size = text.length, name = 'ratings.csv'): ReadResult {
  const reader = ratingsReader(name);
  for (let at = 0; at < text.length; at += size) {
    const problem = reader.push(text.slice(at, at + size));
    if (problem) return { ok: false, problem };
  }
  return reader.finish();
}

/** The ratings as text, or the code of the refusal. */
function summary(result: ReadResult) {
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
    expect(sniffBytes(new Uint8Array([0x1f, 0x8b, 8]))).toBe('archive');
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

const movieLens = new URL('../../../shared/data/ml-latest-small/ratings.csv', import.meta.url);
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
