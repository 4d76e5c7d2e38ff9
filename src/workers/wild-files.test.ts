import { existsSync, readFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import type { Account } from '../ratings/account';
import type { Mapping } from '../ratings/columns';
import { entryOf, firstOf } from '../ratings/formats/entry';
import type { Named, ReadOptions } from '../ratings/formats/format';
import { opened } from '../ratings/formats/opened';
import { readFiles } from '../ratings/formats/read-files';
import { seededRandom } from '../ratings/random';
import { recognise } from './recognise';

/** Files as people have them, and what a sensible product does: see their manifest, which is not ours. */
const folder = new URL('../../../shared/wildfiles/', import.meta.url);
const isThere = existsSync(folder);
if (!isThere) console.info('Wild files are absent: ../shared/wildfiles');

interface Wild {
  readonly id: string;
  readonly files: readonly string[];
  readonly expect: {
    readonly kind: string;
    readonly users?: number;
    readonly items?: number;
    readonly ratings?: number;
    readonly times?: boolean | string;
    readonly titles?: boolean | string;
    readonly map?: Partial<Mapping>;
    readonly without_zero?: number;
    readonly scale?: readonly [number, number];
  };
}
const manifest: Wild[] = isThere ? JSON.parse(readFileSync(new URL('manifest.json', folder), 'utf8')) : [];

const bringing = (names: readonly string[]) =>
  names.map((name) => ({ name, file: new Blob([readFileSync(new URL(`files/${name}`, folder))]) }));

const reading = (files: readonly Named[], options: ReadOptions = {}) =>
  readFiles(
    files,
    options,
    () => {},
    () => undefined,
  );

/** Recognised, read, and where that asks, read again as it guesses: what came, and what was said and asked. */
async function bring(names: readonly string[]) {
  const bundle = bringing(names);
  const found = await recognise(bundle);
  if (!found.ok) return { refused: found.problem };
  if (found.kind !== 'ratings') return { refused: { code: `a ${found.kind}` } };
  const first = await reading(bundle);
  if (first.ok) return { read: first, bundle, mapping: first.preview.mapping, asked: null };
  const { preview, ...problem } = first.problem;
  if (!preview) return { refused: first.problem };
  const second = await reading(bundle, { mapping: preview.mapping });
  return second.ok
    ? { read: second, bundle, mapping: preview.mapping, asked: problem }
    : { refused: { ...second.problem, askedBefore: problem.code } };
}

/** Read, and where that asks, read as it guesses. */
async function pressed(bundle: readonly Named[]) {
  const first = await reading(bundle);
  return first.ok || !first.problem.preview
    ? first
    : reading(bundle, { mapping: first.problem.preview.mapping });
}

const bytesOf = (name: string) => new Uint8Array(readFileSync(new URL(`files/${name}`, folder)));
const isText = (name: string) => /\.(csv|tsv|txt|dat|inter|mtx|arff)$/.test(name);

/** Physical lines, as any editor counts them. */
function linesOf(bytes: Uint8Array): number {
  const lines = new TextDecoder('windows-1252').decode(bytes).split(/\r\n|\r|\n/);
  return lines.at(-1) === '' ? lines.length - 1 : lines.length;
}

const sumOf = (account: Account) => account.reduce((sum, { count }) => sum + count, 0);

/** Some bytes changed, left out, put in or cut off: quotes, delimiters and line ends among them. */
function mutated(bytes: Uint8Array, random: ReturnType<typeof seededRandom>): Uint8Array {
  let changed = [...bytes];
  for (let change = random.below(4); change >= 0; change--) {
    const at = random.below(changed.length);
    const byte = [34, 44, 59, 9, 10, 13, 92, 32, 48, random.below(256)][random.below(10)];
    const kind = random.below(4);
    if (kind === 0) changed[at] = byte;
    else if (kind === 1) changed.splice(at, 0, byte);
    else if (kind === 2) changed.splice(at, 1 + random.below(30));
    else if (random.below(5) === 0) changed = changed.slice(0, at + 1);
  }
  return Uint8Array.from(changed);
}

/** So many mutations are tried; MUTATIONS=10000 tries as many. The seed is always the same. */
const mutations = Number(process.env.MUTATIONS ?? 330);

/** The text that is packed in a file, where it is one; what is in an archive is taken for its only file. */
async function textIn(name: string): Promise<Uint8Array | null> {
  const { files } = await opened(entryOf(bringing([name])[0]), () => undefined).catch(() => ({ files: [] }));
  if (files.length !== 1 || files[0].entry.file) return null;
  return firstOf(files[0].entry.pieces(), 1 << 24);
}

/** What has to be said of some, or asked. */
const says: Record<string, string> = {
  'bx-ratings': 'maybe-missing-marker',
  anime: 'maybe-missing-marker',
  'food-com': 'maybe-missing-marker',
  letterboxd: 'no-user-column',
  'goodreads-export': 'no-user-column',
  'lastfm-hetrec': 'maybe-counts',
  'lastfm-360k': 'maybe-counts',
  gbk: 'encoding-guessed',
  'out-of': 'spelt-ratings',
  pivot: 'read-as-matrix',
};

/** What is said of those that are refused. */
const refusals: Record<string, string> = {
  'sql-dump': 'sql-dump',
  'steam-pyjson': 'json-file',
  'mal-xml': 'xml-file',
  pairs: 'no-rating-column',
  npz: 'numpy-file',
  sqlite: 'database-file',
  xls: 'old-spreadsheet',
  feather: 'arrow-file',
  xz: 'unsupported-compression',
};

/** Where we do more than the manifest asks: what it would have refused is read, or asked about with a guess. */
const more: Record<string, Partial<Wild['expect']>> = {
  words: { kind: 'ask', users: 20, items: 25, ratings: 110 },
  'parquet-index': { kind: 'accept' },
  'jester-dense': { kind: 'accept' },
  'tar-gz-one': { kind: 'accept' },
};

describe.runIf(isThere)('wild files', () => {
  for (const wild of manifest) {
    const expected = { ...wild.expect, ...more[wild.id] };
    test(`${wild.id}: ${expected.kind}`, async () => {
      const got = await bring(wild.files);
      const answer = got.read ? (got.asked ? 'ask' : 'accept') : 'refuse';
      const why = JSON.stringify(got.refused ?? got.asked ?? got.mapping);
      expect(expected.kind.split('-or-'), why).toContain(answer);
      if (!got.read) return expect(got.refused?.code).toBe(refusals[wild.id]);
      const { ratings, account } = got.read;
      const { users, items, times, titles, map, scale } = expected;
      expect(
        {
          users: users && ratings.userCount,
          items: items && ratings.itemCount,
          ratings: expected.ratings && ratings.ratingCount,
          times: times === true && ratings.times !== null,
          titles: titles === true && ratings.itemTitles !== undefined,
          scale: scale && [ratings.scale.min, ratings.scale.max],
        },
        why,
      ).toEqual({
        ...{ users, items, ratings: expected.ratings, times: times === true, titles: titles === true, scale },
      });
      if (map) expect(got.mapping).toMatchObject(map);
      if (isText(wild.files[0])) expect(sumOf(account)).toBe(linesOf(bytesOf(wild.files[0])));
      const said = [...got.read.warnings.map(({ code }) => code), got.asked?.code];
      if (says[wild.id]) expect(said).toContain(says[wild.id]);
      if (wild.id === 'bx-ratings') {
        const without = await reading(got.bundle, { mapping: { ...got.mapping, unrated: [0] } });
        expect(without.ok && without.ratings.ratingCount).toBe(expected.without_zero);
      }
    });
  }

  test(`in ${mutations} mutations of them, every line of what is taken is accounted for`, async () => {
    const random = seededRandom(14);
    let taken = 0;
    for (let turn = 0; turn < mutations; turn++) {
      const { id, files } = manifest[turn % manifest.length];
      const [first, ...others] = files;
      if (first.endsWith('.parquet')) continue;
      const text = isText(first) ? bytesOf(first) : await textIn(first);
      const bytes = mutated(text ?? bytesOf(first), random);
      const file = isText(first) || !text ? bytes : gzipSync(bytes);
      const got = await pressed([{ name: first, file: new Blob([file as BlobPart]) }, ...bringing(others)]);
      if (!got.ok) continue;
      taken++;
      const { account, ratings, preview } = got;
      const whole = text ? linesOf(bytes) : sumOf(account);
      const rated = account.find(({ kind }) => kind === 'rating')?.count;
      const isMatrix = preview.mapping.shape === 'matrix';
      const where = `${id}, turn ${turn}: ${JSON.stringify(account)}`;
      expect(sumOf(account), where).toBe(whole);
      if (!isMatrix) expect(rated, where).toBe(ratings.ratingCount);
      // Each row that was not taken is found where a line begins.
      for (const { byte = 0 } of got.rejected) expect([undefined, 10, 13], where).toContain(bytes[byte - 1]);
    }
    console.info(`${taken} of ${mutations} mutations were taken`);
    expect(taken).toBeGreaterThan(0.3 * mutations);
  }, 3_600_000);
});
