import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { collector, type ReadRatings } from '../collector';
import type { Read } from '../problem';
import { sampleCsv } from '../sample';
import { settle } from '../sliced';
import type { FileReport, ReadOptions } from './format';
import { textReader } from './text';

/** Reads a text cut into pieces of so many characters. */
function read(text: string, size = text.length, options: ReadOptions = {}, name = 'ratings') {
  const rows = collector();
  const reader = textReader(name, rows, options);
  for (let at = 0; at < text.length; at += size) {
    const refused = reader.push(text.slice(at, at + size));
    if (refused) return refused;
  }
  const report = reader.finish();
  if (!report.ok) return report;
  return { ...report, ...settle(rows.finish(name, report.warnings)) };
}

const gist = (result: Read<FileReport & ReadRatings>) => {
  if (!result.ok) return result.problem.code;
  const { users, items, values, userIds, itemIds } = result.ratings;
  return Array.from(values, (value, j) => `${userIds?.[users[j]]} ${itemIds?.[items[j]]} ${value}`);
};
const linesOf = (rows: readonly unknown[]) => rows.map((row) => `${JSON.stringify(row)}\n`).join('');
const fixture = (name: string) =>
  readFileSync(new URL(`../../workers/fixtures/${name}`, import.meta.url), 'utf8');

test('the same ratings are the same RatingSet, as CSV and as JSON lines, however they are cut', () => {
  const id = fc.oneof(
    fc.nat(40),
    fc.bigInt({ min: -(2n ** 70n), max: 2n ** 70n }),
    fc.constantFrom('007', ' 7 ', '', 'a,b', '"quoted"', '\\', '{"user":1}', 'é', '\u200b', '1e3'),
    fc.string({ unit: 'grapheme', maxLength: 8 }).filter((text) => !/[\r\n]/.test(text)),
  );
  const rating = fc.oneof(
    fc.integer({ min: 0, max: 10 }),
    fc.double({ noNaN: true, noDefaultInfinity: true }),
    fc.constantFrom('4.5', '', 'bad', '1,5'),
  );
  const time = fc.oneof(
    fc.nat(2_000_000_000),
    fc.constantFrom('2015-03-02', '2015-03-02 10:00:00', '', 1.5e12),
  );
  const quoted = (value: unknown) => `"${String(value).replaceAll('"', '""')}"`;
  const written = (value: unknown) => (typeof value === 'bigint' ? String(value) : JSON.stringify(value));
  fc.assert(
    fc.property(
      fc.array(fc.tuple(id, id, rating, time), { minLength: 1, maxLength: 60 }),
      fc.integer({ min: 1, max: 50 }),
      (rows, size) => {
        // A comma is the delimiter here, and a decimal comma in JSON lines: semicolons leave that to both.
        const csv = `user;item;rating;time\n${rows.map((row) => row.map(quoted).join(';')).join('\n')}`;
        const json = rows
          .map(([user, item, value, when]) =>
            [`{"rating":${written(value)}`, `"time": ${written(when)}`, `"user":${written(user)}`]
              .concat(`"item":${written(item)}}`)
              .join(', '),
          )
          .join('\n');
        const [ours, theirs] = [read(json, size, {}, 'r.jsonl'), read(csv, size)];
        expect(gist(ours)).toEqual(gist(theirs));
        if (!ours.ok || !theirs.ok) return;
        expect({ ...ours.ratings, name: '' }).toEqual({ ...theirs.ratings, name: '' });
        expect(ours.rejected.map(({ reason }) => reason)).toEqual(
          theirs.rejected.map(({ reason }) => reason),
        );
        expect(ours.warnings.map(({ code, count }) => [code, count])).toEqual(
          theirs.warnings.map(({ code, count }) => [code, count]),
        );
      },
    ),
    { seed: 5, numRuns: 300 },
  );
});

test('a long file too', () => {
  const [header, ...lines] = sampleCsv(3).slice(0, 400_000).split('\n').slice(0, -1);
  const names = header.split(',');
  const rows = lines.map((line) =>
    Object.fromEntries(line.split(',').map((text, f) => [names[f], Number(text)])),
  );
  const csv = read([header, ...lines].join('\n'));
  expect(csv).toMatchObject({ ok: true, rowCount: lines.length });
  for (const size of [7, 4096, 1 << 20]) {
    const result = read(linesOf(rows), size);
    expect(result.ok && csv.ok && result.ratings).toEqual(csv.ok && csv.ratings);
  }
});

test('it is told by its first line, and by its name where that is broken', () => {
  const rows = [1, 2, 3].map((user) => ({ user, item: 'x', rating: user }));
  const expected = ['1 x 1', '2 x 2', '3 x 3'];
  expect(gist(read(`\n \n${linesOf(rows)}`, 3))).toEqual(expected);
  expect(gist(read(`{"user": 0, "item\n${linesOf(rows)}`))).toBe('json-file');
  expect(gist(read(`{"user": 0, "item\n${linesOf(rows)}`, 3, {}, 'r.ndjson'))).toEqual(expected);
  // A first line that is longer than what is looked at.
  const long = linesOf(rows.map((row) => ({ text: 'x'.repeat(1 << 17), ...row })));
  expect(gist(read(long, 4099, {}, 'r.jsonl'))).toEqual(expected);
  // The name does not make a table of what is none, nor JSON of a table.
  expect(gist(read('user,item,rating\n1,x,1\n2,x,2', 3, {}, 'r.jsonl'))).toEqual(expected.slice(0, 2));
  expect(gist(read('<!doctype html>', 3, {}, 'r.jsonl'))).toBe('html-file');
  expect(gist(read('{\n"user": 1\n}', 3, {}, 'r.jsonl'))).toBe('json-file');
  expect(gist(read(`${linesOf(rows)}{"user": "${'x'.repeat(1 << 21)}`, 1 << 16))).toBe('line-too-long');
});

test('rows that are not taken say where they are, and why', () => {
  const broken = read(fixture('207_broken_lines.jsonl'), 7);
  expect(broken).toMatchObject({
    rowCount: 7,
    rejectedCount: 2,
    rejected: [
      { line: 6, reason: 'malformed', fields: ['{"userId": 4, "movieId": 10, "rati'] },
      { line: 7, reason: 'malformed', fields: ['not JSON'] },
    ],
    warnings: [{ code: 'rows-skipped', count: 2, lines: [6, 7] }],
  });
  expect(read(fixture('208_nested_values.jsonl'), 7)).toMatchObject({
    rejected: [
      { line: 6, reason: 'no-user' },
      { line: 7, reason: 'no-rating' },
    ],
  });
  // Of arrays, a row that cannot be read may come before the first that says how many fields there are.
  expect(read('[broken\n[1, 2, 3]\n[2, 2, 4]\n{}', 2, {}, 'r.jsonl')).toMatchObject({
    rowCount: 4,
    rejected: [
      { line: 1, reason: 'malformed' },
      { line: 4, reason: 'no-user' },
    ],
  });
});

test('somebody who is asked can say which name is which, and see what was read', () => {
  const text = fixture('212_unknown_names.jsonl');
  const refused = read(text, 3);
  expect(refused).toMatchObject({
    ok: false,
    problem: {
      code: 'missing-column',
      missing: ['user', 'item', 'rating'],
      preview: { mapping: { user: 0, item: 1, rating: 2, header: true } },
    },
  });
  if (refused.ok || !refused.problem.preview) return;
  const { rows, mapping } = refused.problem.preview;
  expect(rows.slice(0, 2)).toEqual([
    ['who', 'what', 'how'],
    ['u1', 'i10', '4'],
  ]);
  const result = read(text, 3, { mapping });
  expect(gist(result)).toEqual(['u1 i10 4', 'u1 i20 3.5', 'u2 i10 5', 'u3 i30 0.5', 'u3 i10 1']);
  expect(result.ok && result.preview).toEqual({ rows, mapping: { ...mapping, delimiter: '' } });
  // The other way round, and without what is too large.
  const turned = { ...mapping, user: 1, item: 0 };
  expect(gist(read(text, 3, { mapping: turned, range: [0, 4] }))).toHaveLength(4);
});

test('a line with more names than a table has does not make all others wide', () => {
  const many = Object.fromEntries(Array.from({ length: 50_000 }, (_, i) => [`name ${i}`, i]));
  const result = read(
    linesOf([
      { user: 1, item: 2, rating: 3, ...many },
      { user: 2, item: 2, rating: 4 },
    ]),
  );
  expect(gist(result)).toEqual(['1 2 3', '2 2 4']);
  expect(result.ok && result.preview.rows[0]).toHaveLength(1000);
});

test('a list in brackets is read like lines, over as many lines as it likes, however it is cut', () => {
  const rows = [
    { user: { id: 'a"}' }, item: 'x', rating: 1, tags: ['p', 'q'] },
    { user: { id: 'b' }, item: '{y', rating: 2, tags: [] },
    { user: { id: 'b' }, item: 'x', rating: 3, tags: null },
  ];
  const expected = ['a"} x 1', 'b {y 2', 'b x 3'];
  for (const text of [
    JSON.stringify(rows),
    JSON.stringify(rows, null, 2),
    `\n ${JSON.stringify(rows, null, 1)}\n`,
  ])
    for (const size of [1, 2, 7, text.length]) expect(gist(read(text, size))).toEqual(expected);
  expect(read(JSON.stringify(rows).slice(0, -30))).toMatchObject({
    ok: true,
    ratings: { ratingCount: 2 },
    warnings: [{ code: 'rows-skipped', count: 1, lines: [1] }],
  });
});
