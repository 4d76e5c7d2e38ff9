import fc from 'fast-check';
import { expect, test } from 'vitest';
import { collector } from '../collector';
import type { Role } from '../columns';
import { settle } from '../sliced';
import { plainRows } from './plain-rows';
import { textReader } from './text';

const encoder = new TextEncoder();
const roles: readonly Role[] = ['user', 'item', 'rating', 'time'];

/** What is taken of a text, and the rest. */
function plain(text: string, { roles: fields = roles, delimiter = ',' } = {}) {
  const rows: number[][] = [];
  const bytes = encoder.encode(text);
  const end = plainRows(bytes, bytes.length, fields, delimiter, (...row) => rows.push(row) > 0);
  return { rows, rest: text.slice(end) };
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

/** Read by the library alone: a quoted header makes no difference to it, a blank in the last field keeps rows from being plain. */
test('rows read without the library are what the library reads', () => {
  const field = fc.oneof(
    { weight: 8, arbitrary: fc.nat(40).map(String) },
    fc.constantFrom('007', 'x', '', ' 3', '"4"', '"a,b"', '20000000', 'é', '1e1', '4.5.'),
  );
  const rating = fc.oneof(
    { weight: 8, arbitrary: fc.constantFrom('1', '2.5', '-3', '4.75', '0') },
    fc.constantFrom('', 'bad', '+1', '1e-2', '.5'),
  );
  const row = fc.tuple(field, field, rating, fc.nat(99).map(String));
  fc.assert(
    fc.property(
      fc.array(row, { minLength: 40, maxLength: 120 }),
      fc.constantFrom(',', ';', '\t', '|', '::'),
      fc.integer({ min: 1, max: 9 }),
      (rows, delimiter, seed) => {
        const head = Array.from({ length: 4000 }, (_, i) => [i % 50, i % 37, i % 5, i].join(delimiter));
        const lines = [...head, ...rows.map((fields) => fields.join(delimiter)), ...head.slice(0, 50 * seed)];
        const read = (end: string) => {
          const collected = collector();
          const reader = textReader('r.csv', collected);
          const text = `${['user', 'item', 'rating', 'time'].join(delimiter)}\n${lines.join(`${end}\n`)}${end}\n`;
          // Pieces large enough that some begin with what is plain.
          for (let at = 0; at < text.length; at += 20_000) reader.push(text.slice(at, at + 20_000));
          const report = reader.finish();
          return report.ok
            ? {
                ok: true as const,
                report: { ...report, preview: null },
                ...settle(collected.finish('r.csv')),
              }
            : report;
        };
        const fast = read('');
        const slow = read(' ');
        if (fast.ok && slow.ok) {
          const trimmed = slow.report.rejected.map((row) => ({
            ...row,
            fields: row.fields.map((text, f) => (f === row.fields.length - 1 ? text.trimEnd() : text)),
          }));
          expect(fast).toEqual({ ...slow, report: { ...slow.report, rejected: trimmed } });
        } else expect(fast.ok).toBe(slow.ok);
      },
    ),
    { seed: 7, numRuns: 25 },
  );
});
