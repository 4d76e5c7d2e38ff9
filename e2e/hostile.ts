import { readFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import {
  BlobReader,
  type FileEntry,
  Uint8ArrayReader,
  Uint8ArrayWriter,
  ZipReader,
  ZipWriter,
} from '@zip.js/zip.js';
import { parquetWriteBuffer } from 'hyparquet-writer';
import { packTar } from 'modern-tar';
import type { Random } from '../src/ratings/random';

/** What is valid, made hostile: links, run files, Parquet and archives with something in them changed. The same seed changes the same. */

type Bytes = Uint8Array<ArrayBuffer>;
type Files = Map<string, Bytes>;

const bytesOf = (content: string | Uint8Array): Bytes =>
  typeof content === 'string' ? new TextEncoder().encode(content) : Uint8Array.from(content);
const fixture = (path: string) => bytesOf(readFileSync(new URL(path, import.meta.url)));
const oneOf = <T>(random: Random, list: readonly T[]): T => list[random.below(list.length)];

/** Numbers at which lengths, counts and offsets break. */
const edges = [0, 1, 0x7f, 0x80, 0xff, 0xffff, 0x7fffffff, 0x80000000, 0xffffffff];

type Change = (bytes: Bytes, random: Random, other: Bytes) => Bytes;
const joined = (...parts: Uint8Array[]) => Uint8Array.from(parts.flatMap((part) => [...part]));
/** Anywhere, but oftener near the ends, where headers and lists of contents are. */
function placeIn({ length }: Bytes, random: Random): number {
  const at = random.below(Math.max(1, length));
  const near = random.below(Math.min(96, Math.max(1, length)));
  return [at, near, Math.max(0, length - 1 - near)][random.below(3)];
}
const poked = (bytes: Bytes, at: number, values: readonly number[]) => {
  const changed = bytes.slice();
  values.forEach((value, i) => {
    if (at + i < changed.length) changed[at + i] = value;
  });
  return changed;
};
const changes: readonly Change[] = [
  // A bit.
  (bytes, random) => {
    const at = placeIn(bytes, random);
    return poked(bytes, at, [bytes[at] ^ (1 << random.below(8))]);
  },
  // A byte.
  (bytes, random) =>
    poked(bytes, placeIn(bytes, random), [oneOf(random, [0, 0x7f, 0x80, 0xff, random.below(256)])]),
  // A length of four bytes, one way round or the other.
  (bytes, random) => {
    const edge = oneOf(random, edges);
    const values = [0, 8, 16, 24].map((by) => (edge >>> by) & 0xff);
    return poked(bytes, placeIn(bytes, random), random.below(2) ? values : values.reverse());
  },
  // A length as Parquet writes it, seven bits a byte.
  (bytes, random) => poked(bytes, placeIn(bytes, random), [0xff, 0xff, 0xff, 0xff, 0x0f]),
  // Cut off.
  (bytes, random) => bytes.slice(0, placeIn(bytes, random)),
  // A piece left out.
  (bytes, random) => {
    const at = placeIn(bytes, random);
    return joined(bytes.subarray(0, at), bytes.subarray(at + 1 + random.below(40)));
  },
  // A piece once more.
  (bytes, random) => {
    const at = placeIn(bytes, random);
    const end = at + 1 + random.below(200);
    return joined(bytes.subarray(0, end), bytes.subarray(at));
  },
  // The rest of another.
  (bytes, random, other) =>
    joined(bytes.subarray(0, placeIn(bytes, random)), other.subarray(placeIn(other, random))),
];

/** One change, or a few. */
function changed(bytes: Bytes, random: Random, other: Bytes): Bytes {
  let result = bytes;
  for (let left = random.below(3) * random.below(3); left >= 0; left--)
    result = oneOf(random, changes)(result, random, other);
  return result;
}

async function zipped(files: Files, level = 6): Promise<Bytes> {
  const zip = new ZipWriter(new Uint8ArrayWriter(), { useWebWorkers: false, level });
  for (const [name, bytes] of files) await zip.add(name, new Uint8ArrayReader(bytes));
  return bytesOf(await zip.close());
}

async function unzipped(bytes: Bytes): Promise<Files> {
  const reader = new ZipReader(new BlobReader(new Blob([bytes])), { useWebWorkers: false });
  const files: Files = new Map();
  for (const entry of await reader.getEntries())
    files.set(entry.filename, bytesOf(await (entry as FileEntry).getData(new Uint8ArrayWriter())));
  return files;
}

const tarred = async (files: Files) =>
  bytesOf(await packTar([...files].map(([name, body]) => ({ header: { name, size: body.length }, body }))));

const count = 40;
const rows = Array.from({ length: count }, (_, i) => [
  1 + (i % 9),
  10 + (i % 7),
  1 + (i % 5),
  1e9 + 1000 * i,
]);
const csv = bytesOf(['userId,movieId,rating,timestamp', ...rows.map((row) => row.join())].join('\n'));
const movies = bytesOf('movieId,title,genres\n10,Heat (1995),Action\n11,"Fargo, <b>or</b> (1996)",=1+1\n');

async function spreadsheet(): Promise<Bytes> {
  const cells = (row: readonly number[], r: number) =>
    row.map((value, c) => `<c r="${'ABCD'[c]}${r + 2}"><v>${value}</v></c>`).join('');
  const heads = ['userId', 'movieId', 'rating', 'timestamp'];
  const head = heads.map((_, i) => `<c r="${'ABCD'[i]}1" t="s"><v>${i}</v></c>`).join('');
  const body = rows.map((row, r) => `<row r="${r + 2}">${cells(row, r)}</row>`).join('');
  const parts = {
    '[Content_Types].xml': '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>',
    'xl/workbook.xml':
      '<workbook xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets><sheet name="One" sheetId="1" r:id="rId1"/></sheets></workbook>',
    'xl/_rels/workbook.xml.rels':
      '<Relationships><Relationship Id="rId1" Target="worksheets/sheet1.xml"/></Relationships>',
    'xl/sharedStrings.xml': `<sst>${heads.map((name) => `<si><t>${name}</t></si>`).join('')}</sst>`,
    'xl/worksheets/sheet1.xml': `<worksheet><sheetData><row r="1">${head}</row>${body}</sheetData></worksheet>`,
  };
  return zipped(new Map(Object.entries(parts).map(([name, text]) => [name, bytesOf(text)])));
}

/** Ways of packing, of what may be packed itself. */
const packings: Readonly<Record<string, (name: string, bytes: Bytes) => Promise<Bytes>>> = {
  gz: async (_, bytes) => bytesOf(gzipSync(bytes)),
  'members.gz': async (_, bytes) =>
    joined(gzipSync(bytes.subarray(0, bytes.length >> 1)), gzipSync(bytes.subarray(bytes.length >> 1))),
  zip: (name, bytes) =>
    zipped(
      new Map([
        [name, bytes],
        ['movies.csv', movies],
      ]),
    ),
  'stored.zip': (name, bytes) => zipped(new Map([[name, bytes]]), 0),
  tar: (name, bytes) =>
    tarred(
      new Map([
        ['d/movies.csv', movies],
        [`d/${name}`, bytes],
      ]),
    ),
  xlsx: spreadsheet,
};

/** One to three packings around ratings, changed within, without, or both. */
export async function hostileArchive(random: Random): Promise<Bytes> {
  let bytes = csv;
  let name = 'ratings.csv';
  const depth = 1 + random.below(3);
  const used = new Set<string>();
  const within = random.below(depth + 1);
  for (let layer = 0; layer <= depth; layer++) {
    // What is around a change is whole, so that somebody gets to it.
    if (layer === within || random.below(4) === 0) bytes = changed(bytes, random, layer ? csv : movies);
    if (layer === depth) break;
    // Nobody packs what is packed the same way; some do, for harm.
    const fitting = Object.keys(packings).filter(
      (each) => random.below(8) === 0 || !used.has(each.slice(-2)),
    );
    const packing = oneOf(random, fitting.slice(0, layer === 0 ? 6 : 5));
    used.add(packing.slice(-2));
    bytes = await packings[packing](name, bytes);
    name = `${name}.${packing}`;
  }
  return bytes;
}

const column = (name: string, at: number, type: string) => ({
  name,
  type: type as 'INT32',
  data: rows.map((row) =>
    type === 'STRING' ? `n${row[at]}` : type === 'TIMESTAMP' ? new Date(1000 * row[at]) : row[at],
  ),
});
const parquets: readonly Bytes[] = [
  ['INT32', 'INT32', 'INT32', 'TIMESTAMP'],
  ['STRING', 'STRING', 'DOUBLE', 'INT32'],
  ['INT32', 'STRING', 'FLOAT', 'DOUBLE'],
].flatMap((types) =>
  (['UNCOMPRESSED', 'SNAPPY'] as const).map((codec) =>
    bytesOf(
      new Uint8Array(
        parquetWriteBuffer({
          codec,
          rowGroupSize: codec === 'SNAPPY' ? 15 : 1000,
          columnData: ['userId', 'movieId', 'rating', 'timestamp'].map((name, at) =>
            column(name, at, types[at]),
          ),
        }),
      ),
    ),
  ),
);
const written = [
  ...parquets,
  fixture('../src/ratings/formats/fixtures/nested.parquet'),
  fixture('../src/ratings/formats/fixtures/structs.parquet'),
];

export const hostileParquet = async (random: Random): Promise<Bytes> =>
  changed(oneOf(random, written), random, oneOf(random, written));

const saved = ['runs/forked.zip', 'runs/held-out.zip', 'runs/of-a-file.zip']
  .map((path) => fixture(`fixtures/${path}`))
  .concat([fixture('../src/files/fixtures/run-writer.zip')]);

/** Values that no manifest has at their place. */
const values = '-1 0 1e9 1e308 -0 2147483648 0.5 null true "" "a" [] {} [[[]]] NaN 1e999'.split(' ');

/** A text of JSON, or an address, with something in it changed. */
function changedText(text: string, random: Random, tokens: RegExp, put: readonly string[]): string {
  const found = [...text.matchAll(tokens)];
  if (found.length === 0) return text;
  const { index, 0: token } = oneOf(random, found);
  const piece = text.slice(index, index + 1 + random.below(80));
  const another = oneOf(random, found)[0];
  const instead = [
    oneOf(random, put),
    oneOf(random, put),
    another,
    another,
    '',
    token + token,
    piece + token,
  ];
  return text.slice(0, index) + oneOf(random, instead) + text.slice(index + token.length);
}

/** A saved run, packed well, that is not whole within; or packed badly. It is called as it is told. */
export async function hostileRun(random: Random, name: string): Promise<Bytes> {
  const bytes = oneOf(random, saved);
  if (random.below(3) === 0) return changed(bytes, random, oneOf(random, saved));
  const files = await unzipped(bytes);
  for (let left = random.below(3); left >= 0; left--) {
    const [path, content] = oneOf(random, [...files]);
    const kind = random.below(8);
    if (kind === 0) files.delete(path);
    else if (kind === 1) files.set(path, oneOf(random, [...files])[1]);
    else if (kind === 2) files.set(oneOf(random, [`../${path}`, `x/${path}`, '__proto__']), content);
    else if (kind < 5 && path.endsWith('.npy'))
      files.set(path, changed(content, random, oneOf(random, [...files])[1]));
    else {
      const manifest = new TextDecoder().decode(files.get('manifest.json') ?? bytesOf('{}'));
      const tokens = random.below(4)
        ? /(?<=[:[,]\s*)(-?[\d.]+(e-?\d+)?|"[^"]*"|null)(?=\s*[,\]}])/g
        : /"\w+"/g;
      files.set('manifest.json', bytesOf(changedText(manifest, random, tokens, values)));
    }
  }
  const manifest = files.get('manifest.json');
  if (manifest)
    files.set(
      'manifest.json',
      bytesOf(new TextDecoder().decode(manifest).replace(/(?<="name": ")[^"]*/, name)),
    );
  return zipped(files, 0);
}

const recorded: { link: string }[] = JSON.parse(
  new TextDecoder().decode(fixture('../src/fixtures/bits/bits.json')),
);
const links: readonly string[] = recorded.flatMap(({ link }) => [
  link,
  `${link}&marks=als+2+sgd+0.5%3AFirst%0Aals+1%3ASecond&search.method=als&search.folds=3&search.rank=2+4&search.lambda=0.05+0.1&orderBy=factor&window=1+20+3+30`,
]);

/** What stands in links for harm. */
const harm = [
  ...[
    '1e9',
    '-1',
    'NaN',
    '1e309',
    '0x40',
    '2.7',
    '８',
    '%',
    '%00',
    '%E0%A4%A',
    '<img src=x onerror=alert(1)>',
  ],
  ...[
    '__proto__',
    'constructor',
    'javascript:alert(1)',
    'https://evil.example/',
    '&&',
    '==',
    'null',
    '\u202e',
  ],
  'x'.repeat(70_000),
];

/** A link with something in it changed. Made-up ratings of it are few. */
export async function hostileLink(random: Random): Promise<string> {
  let link = oneOf(random, links);
  if (random.below(4) === 0) link += `&${oneOf(random, links)}`;
  for (let left = random.below(4); left >= 0; left--)
    link = changedText(link, random, /[^&=.,;:~!*]+/g, harm);
  return link.replace(/sample-(million|full)/g, 'sample-small');
}
