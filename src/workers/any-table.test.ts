import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { ReadOptions } from '../ratings/formats/format';
import { readFiles } from '../ratings/formats/read-files';

/** Any table written in any dialect that is known comes back as the same ratings, or as a question whose guess is right. */

/** How often tables are made up; TABLES=5000 makes as many. The seed is always the same. */
const runs = Number(process.env.TABLES ?? 250);

/** What a table is made of: texts, under names, in columns of any order. */
interface Table {
  readonly names: readonly string[];
  readonly rows: readonly (readonly string[])[];
  readonly ratings: readonly string[];
}

interface Writing {
  readonly quote: 'needed' | 'always' | 'backslash';
  readonly lineEnd: string;
  readonly above: readonly string[];
  readonly header: boolean;
}

/** A way to write a table down. */
interface Dialect {
  readonly id: string;
  /** Whether it is without names if `header` is false, and has lines above it. */
  readonly isDelimited: boolean;
  /** Whether it may have decimal commas: who writes JSON, or aligns columns with blanks, has points. */
  readonly hasCommas: boolean;
  write(table: Table, writing: Writing): string;
}

const delimited = (delimiter: string, pad = 0): Dialect => ({
  id: JSON.stringify(delimiter),
  isDelimited: true,
  hasCommas: delimiter !== ' ',
  write({ names, rows }, { quote, lineEnd, above, header }) {
    const field = (text: string) => {
      const isNeeded = text.includes(delimiter) || text.includes('"') || (delimiter === ' ' && text === '');
      if (!isNeeded && quote !== 'always') return text.padEnd(pad);
      return `"${text.replaceAll('"', quote === 'backslash' ? '\\"' : '""')}"`.padEnd(pad);
    };
    const all = header ? [names, ...rows] : rows;
    return [...above, ...all.map((row) => row.map(field).join(delimiter)), ''].join(lineEnd);
  },
});

const objectsOf = ({ names, rows }: Table) =>
  rows.map((row) =>
    Object.fromEntries(
      row.map((text, at) => [names[at], /^-?(0|[1-9]\d*)(\.\d+)?$/.test(text) ? Number(text) : text]),
    ),
  );

const dialects: readonly Dialect[] = [
  ...[',', ';', '\t', '|', '::', '\t\t'].map((delimiter) => delimited(delimiter)),
  delimited(' ', 12),
  {
    id: 'JSON lines',
    isDelimited: false,
    hasCommas: false,
    write: (table, { lineEnd }) =>
      objectsOf(table)
        .map((row) => JSON.stringify(row) + lineEnd)
        .join(''),
  },
  {
    id: 'JSON list',
    isDelimited: false,
    hasCommas: false,
    write: (table) => JSON.stringify(objectsOf(table), null, 1),
  },
];

/** How texts become bytes. */
const encodings: Readonly<Record<string, (text: string) => Uint8Array>> = {
  plain: (text) => Buffer.from(text),
  marked: (text) => Buffer.from(`\ufeff${text}`),
  'utf-16le': (text) => Buffer.from(`\ufeff${text}`, 'utf16le'),
  'utf-16be': (text) => Buffer.from(`\ufeff${text}`, 'utf16le').swap16(),
  gzip: (text) => gzipSync(text),
};

/** What users and items are called. `isNumber`: nothing but its place tells such a column from another of numbers. */
const ids: readonly { readonly isNumber?: true; user(x: number): string; item(y: number): string }[] = [
  { user: (x) => `u${x}`, item: (y) => `i${y}` },
  { isNumber: true, user: (x) => String(x + 1), item: (y) => String(y + 100) },
  { user: (x) => `A${(x * 7919 + 1e6).toString(36)}`, item: (y) => `film ${y}, "the ${y}th"` },
  { user: (x) => `Müller ${x}; Anna`, item: (y) => `映画 ${y}` },
  { user: (x) => `${x}@example.org`, item: (y) => `tt00${y + 100}` },
];

const scales: readonly ((step: number) => number)[] = [
  (step) => (1 + (step % 10)) / 2,
  (step) => 1 + (step % 5),
  (step) => 1 + (step % 10),
  (step) => 5 * (step % 21),
  (step) => (((step * 37) % 201) - 100) / 10,
];

const second = 1_200_000_000;
const iso = (row: number) => new Date(1000 * (second + 86_399 * row)).toISOString();
const times: readonly ((row: number) => string)[] = [
  (row) => String(second + 86_399 * row),
  (row) => String(1000 * (second + 86_399 * row)),
  (row) => iso(row),
  (row) => iso(row).slice(0, 19).replace('T', ' '),
  (row) => iso(row).slice(0, 10),
  (row) => iso(row).slice(0, 10).replaceAll('-', ''),
  (row) => iso(row).slice(0, 10).split('-').toReversed().join('.'),
];

/**
 * Noise between the columns that count: what such tables have beside them. Without names nothing tells other numbers from
 * ratings, nor other words that repeat from items: there the noise is what always is the same, or never.
 */
const noises: readonly {
  readonly name: string;
  readonly isPlain?: true;
  at(row: number, item: number): string;
}[] = [
  { name: 'comment', at: (row) => ['fine', 'so "so"', 'a, b; c', 'ok'][row % 4] },
  { name: 'category', isPlain: true, at: () => 'film' },
  { name: 'helpful_votes', at: (row) => String((row * 7) % 90) },
  { name: 'review_id', isPlain: true, at: (row) => `R${1000 + row * 37}X` },
  { name: 'average_rating', at: (row) => (3 + (row % 9) / 10).toFixed(2) },
  { name: '', at: (row) => String(row) },
  { name: 'genres', at: (_, item) => ['Comedy|Drama', 'Drama', 'War|Drama|Crime'][item % 3] },
  { name: 'title', at: (_, item) => `The ${item}th` },
  { name: 'verified', at: (row) => (row % 3 ? 'Y' : 'N') },
  { name: 'price', at: (_, item) => (9.99 + item).toFixed(2) },
  { name: 'empty', at: () => '' },
];

/** Names of user, item, rating and time. */
const languages = [
  ['userId', 'movieId', 'rating', 'timestamp'],
  ['reviewer', 'asin', 'overall', 'unixReviewTime'],
  ['user_id:token', 'item_id:token', 'rating:float', 'timestamp:float'],
  ['Nutzer', 'Film', 'Bewertung', 'Datum'],
  ['critic_name', 'book', 'review_score', 'review_date'],
  ['usuario', 'película', 'calificación', 'fecha'],
  ['utilisateur', 'livre', 'note', 'date'],
  ['utente', 'prodotto', 'voto', 'data'],
  ['gebruiker', 'boek', 'beoordeling', 'datum'],
  ['пользователь', 'фильм', 'оценка', 'дата'],
  ['用户', '电影', '评分', '时间'],
  ['USER-ID', 'ISBN', 'Book-Rating', 'when'],
  ['profileName', 'song', 'stars', 'created_at'],
] as const;

/** As many words as columns could be their names, where blanks delimit. */
const title = 'What the members of the club have said of films and of books so far';

const roles = ['user', 'item', 'rating', 'time'];

const made = fc.record({
  pairs: fc.uniqueArray(fc.tuple(fc.nat(11), fc.nat(17)), {
    selector: ([user, item]) => `${user} ${item}`,
    minLength: 40,
    maxLength: 90,
  }),
  named: fc.constantFrom(...ids),
  scale: fc.constantFrom(...scales),
  time: fc.constantFrom(...times),
  isTimed: fc.boolean(),
  noise: fc.shuffledSubarray([...noises.keys()].map(String), { maxLength: 4 }),
  order: fc.infiniteStream(fc.double({ min: 0, max: 1, noNaN: true })).map((stream) => [...stream.take(8)]),
  decimal: fc.constantFrom('.', ','),
  language: fc.constantFrom(...languages),
  dialect: fc.constantFrom(...dialects),
  encoding: fc.constantFrom(...Object.keys(encodings)),
  writing: fc.record({
    quote: fc.constantFrom('needed', 'always', 'backslash'),
    lineEnd: fc.constantFrom('\n', '\r\n', '\r'),
    above: fc.constantFrom([], [title], [title, 'Exported 2024-05-01', '']),
    header: fc.boolean(),
  }),
});
type Made = typeof made extends fc.Arbitrary<infer T> ? T : never;

/** Puts the columns in their order, as far as that can be found out from what stands in them. */
function tableOf(it: Made, isNamed: boolean): Table {
  const { named, scale, time, isTimed, language, decimal, dialect } = it;
  const noise = it.noise.filter((one) => isNamed || noises[Number(one)].isPlain);
  const all = [...roles.slice(0, isTimed ? 4 : 3), ...noise];
  const isFree = isNamed || !named.isNumber;
  const order = isFree ? all.toSorted((a, b) => it.order[all.indexOf(a)] - it.order[all.indexOf(b)]) : all;
  const value = ([user, item]: readonly [number, number]) => scale(7 * user + 3 * item);
  const texts = (pair: readonly [number, number], at: number): Record<string, string> => ({
    user: named.user(pair[0]),
    item: named.item(pair[1]),
    rating: dialect.hasCommas ? String(value(pair)).replace('.', decimal) : String(value(pair)),
    time: time(at),
  });
  return {
    names: order.map((one) => language[roles.indexOf(one)] ?? noises[Number(one)].name),
    rows: it.pairs.map((pair, at) =>
      order.map((one) => texts(pair, at)[one] ?? noises[Number(one)].at(at, pair[1])),
    ),
    ratings: it.pairs.map(
      (pair) => `${named.user(pair[0])} · ${named.item(pair[1])} · ${Math.fround(value(pair))}`,
    ),
  };
}

async function read(content: Uint8Array, options: ReadOptions = {}) {
  return readFiles(
    [{ name: 'r.txt', file: new Blob([content as BlobPart]) }],
    options,
    () => {},
    () => undefined,
  );
}

/** Read, and where that asks, read as it guesses. */
async function pressed(content: Uint8Array) {
  const first = await read(content);
  return first.ok || !first.problem.preview
    ? first
    : read(content, { mapping: first.problem.preview.mapping });
}

test('any table in any dialect comes back as it was, or as a question whose guess is right', async () => {
  await fc.assert(
    fc.asyncProperty(made, async (it) => {
      const isNamed = it.writing.header || !it.dialect.isDelimited;
      const table = tableOf(it, isNamed);
      const text = it.dialect.write(table, it.writing);
      const shown = `${it.dialect.id} ${it.encoding}\n${text.slice(0, 800)}`;
      const result = await pressed(encodings[it.encoding](text));
      if (!result.ok) throw new Error(`${result.problem.code} ${shown}`);
      const { users, items, values, userIds, itemIds } = result.ratings;
      const got = Array.from(
        values,
        (value, j) => `${userIds?.[users[j]]} · ${itemIds?.[items[j]]} · ${value}`,
      );
      if (isNamed) expect(got, shown).toEqual(table.ratings);
      // Without names, nothing says which side rates the other.
      else expect(got.map(sides), shown).toEqual(table.ratings.map(sides));
      expect(result.ratings.times !== null, shown).toBe(it.isTimed);
      const lines =
        it.dialect.id === 'JSON list' ? table.rows.length : text.split(it.writing.lineEnd).length - 1;
      expect(
        result.account.reduce((sum, { count }) => sum + count, 0),
        shown,
      ).toBe(lines);
    }),
    { seed: 14, numRuns: runs, endOnFailure: true },
  );
}, 3_600_000);

const sides = (rating: string) => rating.split(' · ').toSorted().join(' ');
