import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { ReadOptions } from '../ratings/formats/format';
import { readFiles } from '../ratings/formats/read-files';

/** Any table written in any dialect that is known comes back as the same ratings, or as a question whose guess is right. */

interface Dialect {
  readonly delimiter: string;
  readonly quote: 'needed' | 'always' | 'backslash';
  readonly decimal: '.' | ',';
  readonly lineEnd: '\n' | '\r\n';
  readonly above: readonly string[];
  readonly header: boolean;
}

const dialects: fc.Arbitrary<Dialect> = fc.record({
  delimiter: fc.constantFrom(',', ';', '\t', '|', '::'),
  quote: fc.constantFrom('needed', 'always', 'backslash'),
  decimal: fc.constantFrom('.', ','),
  lineEnd: fc.constantFrom('\n', '\r\n'),
  above: fc.constantFrom([], ['Ratings of the club'], ['Ratings of the club', 'Exported 2024-05-01', '']),
  header: fc.boolean(),
});

/**
 * Noise between the columns that count: what such tables have beside them. Without names nothing tells other numbers from
 * ratings, nor other words that repeat from items: there the noise is what always is the same, or never.
 */
const noises: readonly { readonly name: string; readonly isPlain?: true; at(row: number): string }[] = [
  { name: 'comment', at: (row) => ['fine', 'so "so"', 'a, b; c', 'ok'][row % 4] },
  { name: 'category', isPlain: true, at: () => 'film' },
  { name: 'helpful_votes', at: (row) => String((row * 7) % 90) },
  { name: 'review_id', isPlain: true, at: (row) => `R${1000 + row * 37}X` },
  { name: 'average_rating', at: (row) => (3 + (row % 9) / 10).toFixed(2) },
];

interface Table {
  readonly rows: readonly (readonly [user: number, item: number, rating: number])[];
  readonly columns: readonly string[];
  readonly names: readonly [user: string, item: string, rating: string, time: string];
}

const tables: fc.Arbitrary<Table> = fc.record({
  rows: fc
    .uniqueArray(fc.tuple(fc.nat(11), fc.nat(17)), {
      selector: ([user, item]) => `${user} ${item}`,
      minLength: 40,
      maxLength: 90,
    })
    .map((pairs) =>
      pairs.map(([user, item]) => [user + 1, 100 + item, (1 + ((7 * user + 3 * item) % 10)) / 2] as const),
    ),
  columns: fc
    .shuffledSubarray([...noises.keys()].map(String), { maxLength: 3 })
    .chain((noise) =>
      fc.shuffledSubarray(['user', 'item', 'rating', 'time', ...noise], { minLength: 4 + noise.length }),
    ),
  names: fc.constantFrom(
    ['userId', 'movieId', 'rating', 'timestamp'],
    ['reviewer', 'asin', 'overall', 'unixReviewTime'],
    ['user_id:token', 'item_id:token', 'rating:float', 'timestamp:float'],
    ['Nutzer', 'Film', 'Bewertung', 'Datum'],
    ['critic_name', 'book', 'review_score', 'review_date'],
  ),
});

const roles = ['user', 'item', 'rating', 'time'];

function written({ rows, columns: all, names }: Table, dialect: Dialect): string {
  const columns = dialect.header
    ? all
    : all.filter((column) => roles.includes(column) || noises[Number(column)].isPlain);
  const { delimiter, quote, decimal, lineEnd, above, header } = dialect;
  const field = (text: string) => {
    const isNeeded = text.includes(delimiter) || text.includes('"') || text.includes('\n');
    if (!isNeeded && quote !== 'always') return text;
    return `"${text.replaceAll('"', quote === 'backslash' ? '\\"' : '""')}"`;
  };
  const cell = (column: string, row: Table['rows'][number], at: number) => {
    const [user, item, rating] = row;
    const mine: Record<string, string> = {
      ...{ user: `u${user}`, item: `i${item}`, time: String(1_200_000_000 + at * 86_399) },
      rating: String(rating).replace('.', decimal),
    };
    return mine[column] ?? noises[Number(column)].at(at);
  };
  const nameOf = (column: string) => names[roles.indexOf(column)] ?? noises[Number(column)].name;
  const lines = rows.map((row, at) => columns.map((column) => field(cell(column, row, at))).join(delimiter));
  const head = header ? [columns.map((column) => field(nameOf(column))).join(delimiter)] : [];
  return [...above, ...head, ...lines, ''].join(lineEnd);
}

const read = (text: string, options: ReadOptions = {}) =>
  readFiles(
    [{ name: 'r.csv', file: new Blob([text]) }],
    options,
    () => {},
    () => undefined,
  );

test('any table in any dialect comes back as it was, or as a question whose guess is right', async () => {
  await fc.assert(
    fc.asyncProperty(tables, dialects, async (table, dialect) => {
      const text = written(table, dialect);
      const first = await read(text);
      const result =
        first.ok || !first.problem.preview
          ? first
          : await read(text, { mapping: first.problem.preview.mapping });
      if (!result.ok) throw new Error(`${result.problem.code}\n${text.slice(0, 600)}`);
      const { users, items, values, userIds, itemIds } = result.ratings;
      const got = Array.from(values, (value, j) => `${userIds?.[users[j]]} ${itemIds?.[items[j]]} ${value}`);
      const expected = table.rows.map(([user, item, rating]) => `u${user} i${item} ${rating}`);
      if (dialect.header) expect(got, text.slice(0, 600)).toEqual(expected);
      // Without names, nothing says which side rates the other.
      else expect(got.map(sides), text.slice(0, 600)).toEqual(expected.map(sides));
      expect(result.account.reduce((sum, { count }) => sum + count, 0)).toBe(
        text.split(dialect.lineEnd).length - 1,
      );
    }),
    { seed: 14, numRuns: 150 },
  );
}, 120_000);

const sides = (rating: string) => rating.split(' ').toSorted().join(' ');
