import { gzipSync } from 'node:zlib';
import { TextReader, Uint8ArrayReader, Uint8ArrayWriter, ZipWriter } from '@zip.js/zip.js';
import { parquetWriteBuffer } from 'hyparquet-writer';
import { packTar } from 'modern-tar';
import { describe, expect, test } from 'vitest';
import type { Named, ReadOptions } from './format';
import { readFiles } from './read-files';

const named = (name: string, content: string | Uint8Array | ArrayBuffer): Named => ({
  name,
  file: new Blob([content as BlobPart]),
});

/** What came of files, in short: what was read, or why not. */
async function gist(files: Named | readonly Named[], options: ReadOptions = {}) {
  const result = await readFiles(
    Array.isArray(files) ? files : [files],
    options,
    () => {},
    () => undefined,
  );
  if (!result.ok) {
    const { code, candidates } = result.problem;
    return candidates ? { code, candidates } : code;
  }
  const { name, ratingCount, testCount, itemTitles } = result.ratings;
  const titled = itemTitles?.filter((title) => title !== null).length;
  const warnings = result.warnings.map(({ code, names }) => [code, ...(names ?? [])].join(' '));
  return {
    ...{ name, ratings: ratingCount },
    ...(testCount ? { test: testCount } : {}),
    ...(titled ? { titled } : {}),
    ...(warnings.length > 0 ? { warnings } : {}),
  };
}

type Contents = Readonly<Record<string, string | Uint8Array | ArrayBuffer>>;

async function zipped(contents: Contents): Promise<Uint8Array<ArrayBuffer>> {
  const zip = new ZipWriter(new Uint8ArrayWriter());
  for (const [name, content] of Object.entries(contents))
    await zip.add(
      name,
      typeof content === 'string'
        ? new TextReader(content)
        : new Uint8ArrayReader(new Uint8Array(content as ArrayBuffer)),
    );
  return await zip.close();
}

const tarred = (contents: Contents) =>
  packTar(
    Object.entries(contents).map(([name, content]) => ({
      header: { name, size: content instanceof ArrayBuffer ? content.byteLength : content.length },
      body: content,
    })),
  );

const header = 'userId,movieId,rating,timestamp\n';
/** So many ratings from the first on. */
const rows = (count: number, first = 0) =>
  Array.from({ length: count }, (_, i) => first + i)
    .map((i) => `${1 + (i % 7)},${10 + Math.floor(i / 7)},${1 + (i % 5)},${900 + i}\n`)
    .join('');
const ratings = header + rows(30);
const movies = 'movieId,title,genres\n10,Heat (1995),Action\n11,Fargo (1996),Comedy|Crime\n';
const readme = 'About this data set.\nIt holds ratings, of users, by 5 stars.\n';

describe('of the files in an archive', () => {
  test('the only one is taken, whatever it is called', async () => {
    expect(await gist(named('archive.zip', await zipped({ 'Reviews.csv': ratings })))).toEqual({
      ...{ name: 'archive.zip', ratings: 30 },
    });
  });

  test('the likeliest is: called as MovieLens calls it, then known by its columns, then to be asked about', async () => {
    const other = header + rows(9);
    const some = 'place,day,sum\nParis,1,4\nRome,2,5\n';
    const unclear = 'who,what,how\na,x,4\nb,x,5\na,y,3\n';
    const of = async (contents: Contents) => gist(named('a.zip', await zipped(contents)));
    const nine = { name: 'a.zip', ratings: 9 };
    expect(await of({ 'ratings_small.csv': ratings, 'ratings.csv': other })).toEqual(nine);
    expect(await of({ 'big.csv': some + some, 'reviews.csv': other, 'README.md': readme })).toEqual(nine);
    expect(await of({ 'README.md': readme, 'table.csv': unclear })).toBe('missing-column');
    expect(await of({ 'README.md': readme, 'NOTES.md': readme })).toBe('no-ratings-file-in-zip');
  });

  test('of several that are as likely it is asked which, and the answer is read', async () => {
    const zip = named('a.zip', await zipped({ 'one.csv': ratings, 'two.csv': header + rows(9) }));
    expect(await gist(zip)).toEqual({ code: 'several-candidates', candidates: ['one.csv', 'two.csv'] });
    expect(await gist(zip, { chosen: 'two.csv' })).toEqual({ name: 'a.zip', ratings: 9 });
    const brought = [named('one.csv', ratings), named('two.csv', header + rows(9))];
    expect(await gist(brought)).toMatchObject({ code: 'several-candidates' });
    expect(await gist(brought, { chosen: 'one.csv' })).toMatchObject({ name: 'one.csv', ratings: 30 });
  });

  test('titles are those that are called so, or that have an id of the ratings', async () => {
    const of = async (contents: Contents) => gist(named('a.zip', await zipped(contents)));
    const metadata = 'adult,id,title\nFalse,10,Not this\n';
    expect(await of({ 'ratings.csv': ratings, 'movies_metadata.csv': metadata })).not.toHaveProperty(
      'titled',
    );
    expect(await of({ 'ratings.csv': ratings, 'films.csv': movies })).toHaveProperty('titled', 2);
  });

  test('one that is damaged does not keep another from being read', async () => {
    const whole = await zipped({ 'notes.txt': readme, 'ratings.csv': ratings });
    const bad = whole.slice();
    bad[45] ^= 0x55;
    expect(await gist(named('a.zip', bad))).toEqual({ name: 'a.zip', ratings: 30 });
    expect(await gist(named('a.zip', await zipped({ 'a.zip': whole, 'ratings.csv': ratings })))).toEqual({
      ...{ name: 'a.zip', ratings: 30 },
    });
  });

  test('Parquet and gzip are read too, an archive of the same kind is not', async () => {
    const columns = [
      ['user', [1, 2, 3]],
      ['item', [1, 1, 2]],
      ['rating', [3, 4, 5]],
    ] as const;
    const parquet = parquetWriteBuffer({
      columnData: columns.map(([name, data]) => ({ name, data: [...data], type: 'INT32' })),
    });
    expect(await gist(named('a.zip', await zipped({ 'r.parquet': parquet })))).toMatchObject({ ratings: 3 });
    expect(await gist(named('a.zip', await zipped({ 'r.csv.gz': gzipSync(ratings) })))).toMatchObject({
      ratings: 30,
    });
    expect(await gist(named('a.zip', await zipped({ 'b.zip': await zipped({ 'r.csv': ratings }) })))).toBe(
      'nested-archive',
    );
  });
});

describe('parts are read as one', () => {
  const spark = (n: number) => `out/part-0000${n}-1f0c-4c00-c000.csv`;

  test('each with a header of its own, or none but the first; in their order', async () => {
    const parts = { 'out/_SUCCESS': '', [spark(0)]: header + rows(10), [spark(1)]: header + rows(10, 10) };
    const ten = { ...parts, [spark(10)]: header + rows(5, 20), 'out/.part.crc': 'x' };
    expect(await gist(named('a.zip', await zipped(ten)))).toEqual({ name: 'a.zip', ratings: 25 });
    const split = { 'r_1.csv': header + rows(10), 'r_2.csv': rows(10, 10), 'r_10.csv': rows(10, 20) };
    expect(await gist(named('a.zip', await zipped(split)))).toEqual({ name: 'a.zip', ratings: 30 });
    const brought = Object.entries(split).map(([name, content]) => named(name, content));
    expect(await gist(brought)).toEqual({ name: 'r_1.csv and 2 more', ratings: 30 });
  });

  test('but folds of the same ratings are not', async () => {
    const folds = { 'u1.base': rows(10), 'u2.base': rows(10, 5) };
    expect(await gist(named('a.zip', await zipped(folds)))).toMatchObject({ code: 'several-candidates' });
  });
});

describe('what is packed in a way that is not read', () => {
  test.each([
    [12, 'bzip2'],
    [14, 'LZMA'],
    [93, 'Zstandard'],
    [77, 'method 77'],
  ])('a ZIP of method %i is called so: %s', async (method, packing) => {
    const zip = await zipped({ 'ratings.csv': ratings });
    const view = new DataView(zip.buffer);
    for (let at = 0; at < zip.length - 4; at++) {
      // The method stands in the header of the file, and in the list of all files.
      if (view.getUint32(at, true) === 0x04034b50) view.setUint16(at + 8, method, true);
      if (view.getUint32(at, true) === 0x02014b50) view.setUint16(at + 10, method, true);
    }
    expect(await problemOf('a.zip', zip)).toEqual({ code: 'unsupported-zip', fileName: 'a.zip', packing });
  });

  test.each([
    ['28b52ffd', 'Zstandard'],
    ['425a683931', 'bzip2'],
    ['fd377a585a00', 'xz'],
    ['377abcaf271c', '7-Zip'],
  ])('so is a file that begins with %s: %s', async (begins, packing) => {
    const bytes = Uint8Array.from([...Buffer.from(begins, 'hex'), ...new TextEncoder().encode(ratings)]);
    const expected = { code: 'unsupported-compression', fileName: 'r.csv', packing };
    expect(await problemOf('r.csv', bytes)).toEqual(expected);
  });
});

async function problemOf(name: string, bytes: Uint8Array) {
  const result = await readFiles(
    [named(name, bytes)],
    {},
    () => {},
    () => undefined,
  );
  return result.ok ? null : result.problem;
}

test('of files that are brought together it is said which are of no use', async () => {
  const files = Object.entries({
    ...{
      'ratings.dat': rows(30).replaceAll(',', '::'),
      'users.dat': '1::F::1::10::48067\n2::M::56::16::70072\n',
    },
    ...{ 'movies.dat': '10::Heat (1995)::Action\n', 'r_1.test.dat': rows(4, 40).replaceAll(',', '::') },
  }).map(([name, content]) => named(name, content));
  expect(await gist(files)).toEqual({
    ...{ name: 'ratings.dat', ratings: 34, test: 4, titled: 1 },
    warnings: ['set-aside users.dat'],
  });
});

test('titles that were brought for it take the place of those that came with the ratings', async () => {
  const brought = [named('ratings.csv', ratings), named('movies.csv', movies)];
  const later = { ...named('u.item', '11|Fargo (1996)|x\n'), as: 'titles' as const };
  expect(await gist(brought)).toMatchObject({ titled: 2 });
  expect(await gist([...brought, later])).toMatchObject({ titled: 1 });
});

test('titles with quoted headers are known among the ratings, also where ids became decimals', async () => {
  const titles = named('r_movies.csv', '"movieId","title"\n"10","Heat"\n"11","Fargo"\n');
  const quoted = named('r_ratings.csv', `"userId","movieId","rating","timestamp"\n${rows(30)}`);
  expect(await gist([titles, quoted])).toEqual({ name: 'r_ratings.csv', ratings: 30, titled: 2 });
  const floats = named('f.csv', header + rows(30).replace(/^(\d+),(\d+),/gm, '$1.0,$2.0,'));
  expect(await gist([floats, titles])).toMatchObject({ ratings: 30, titled: 2 });
});

describe('tar', () => {
  const contents = { 'ml/README': readme, 'ml/movies.csv': movies, 'ml/ratings.csv': ratings };
  const expected = { ratings: 30, titled: 2 };

  test('is read as it is and in gzip, titles after the ratings or before them', async () => {
    const tar = await tarred(contents);
    expect(await gist(named('ml.tar', tar))).toMatchObject({ name: 'ml.tar', ...expected });
    expect(await gist(named('ml.tar.gz', gzipSync(tar)))).toMatchObject({ name: 'ml.tar.gz', ...expected });
    expect(await gist(named('ml.tgz', gzipSync(await tarred({ 'r.csv': ratings }))))).toMatchObject({
      ratings: 30,
    });
  });

  test('what is packed in it is unpacked once', async () => {
    const many = header.replace('\n', ',note\n') + rows(60_000).replace(/\n/g, `,${'x'.repeat(20)}\n`);
    const packed = gzipSync(await tarred({ 'r.csv': many }), { level: 0 });
    // Of many parts, each of which is read by itself.
    const file = new Blob(
      Array.from({ length: 64 }, (_, i) =>
        packed.subarray((i * packed.length) / 64, ((i + 1) * packed.length) / 64),
      ),
    );
    let read = 0;
    const counted = file.stream.bind(file);
    file.stream = () =>
      counted().pipeThrough(
        new TransformStream({
          transform(bytes: Uint8Array<ArrayBuffer>, controller) {
            read += bytes.length;
            controller.enqueue(bytes);
          },
        }),
      );
    expect(await gist({ name: 'r.tar.gz', file })).toMatchObject({ ratings: 60_000 });
    expect(read / file.size).toBeLessThan(1.5);
  });

  test('its parts are read as one', async () => {
    const parts = { 'p/part-1': header + rows(10), 'p/part-0': header + rows(10, 10), 'movies.csv': movies };
    expect(await gist(named('p.tgz', gzipSync(await tarred(parts))))).toMatchObject({
      ...{ ratings: 20, titled: 2 },
    });
  });

  test('cut off or changed anywhere it is read or refused in words', async () => {
    const tar = await tarred({ 'ratings.csv': ratings });
    for (let length = 513; length < tar.length - 1024; length += 97)
      expect(await gist(named('r.tar', tar.slice(0, length)))).toBe('truncated');
    for (let at = 0; at < 512; at += 5) {
      const changed = tar.slice();
      changed[at] ^= 0x55;
      expect(['corrupt', 'truncated', 'binary-file']).toContain(await gist(named('r.tar', changed)));
    }
  });

  test('a header that claims more than there is, or names without end, holds nothing', async () => {
    const long = await tarred({ 'ratings.csv': ratings });
    const claims = (size: string) => {
      const changed = long.slice();
      changed.set(new TextEncoder().encode(size), 124);
      changed.fill(32, 148, 156);
      const sum = changed.subarray(0, 512).reduce((all, byte) => all + byte, 0);
      changed.set(new TextEncoder().encode(`${sum.toString(8).padStart(6, '0')}\0 `), 148);
      return changed;
    };
    expect(await gist(named('r.tar', claims('77777777777')))).toBe('truncated');
    const many = await tarred(Object.fromEntries(Array.from({ length: 1001 }, (_, i) => [`${i}.csv`, 'x'])));
    expect(await gist(named('r.tar', many))).toBe('too-large');
  });
});

/** A workbook with these sheets, of which cells are numbers, or strings: some of them shared. */
async function workbook(sheets: Readonly<Record<string, readonly (readonly (string | number)[])[]>>) {
  const names = Object.keys(sheets);
  const shared: string[] = [];
  const cell = (value: string | number, row: number, column: number) => {
    const at = `${String.fromCharCode(65 + column)}${row + 1}`;
    if (typeof value === 'number') return `<c r="${at}"><v>${value}</v></c>`;
    if (column % 2) return `<c r="${at}" t="inlineStr"><is><t>${value}</t></is></c>`;
    return `<c r="${at}" t="s"><v>${shared.push(value) - 1}</v></c>`;
  };
  const bodies = Object.values(sheets).map((rows) =>
    rows
      .map((row, r) => `<row r="${r + 1}">${row.map((value, c) => cell(value, r, c)).join('')}</row>`)
      .join(''),
  );
  const type = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
  const relation = (id: string, kind: string, target: string) =>
    `<Relationship Id="${id}" Type="${type}/${kind}" Target="${target}"/>`;
  return await zipped({
    '[Content_Types].xml': '<Types/>',
    'xl/_rels/workbook.xml.rels': `<Relationships>${[
      ...names.map((_, i) => relation(`r${i}`, 'worksheet', `worksheets/sheet${i}.xml`)),
      relation('s', 'sharedStrings', '/xl/sharedStrings.xml'),
    ].join('')}</Relationships>`,
    'xl/workbook.xml': `<workbook><sheets>${names
      .map((name, i) => `<sheet name="${name}" sheetId="${i}" r:id="r${i}"/>`)
      .join('')}</sheets></workbook>`,
    'xl/sharedStrings.xml': `<sst>${shared.map((text) => `<si><r><t>${text}</t></r><rPh><t>x</t></rPh></si>`).join('')}</sst>`,
    ...Object.fromEntries(
      bodies.map((body, i) => [
        `xl/worksheets/sheet${i}.xml`,
        `<worksheet><sheetData>${body}</sheetData></worksheet>`,
      ]),
    ),
  });
}

describe('a spreadsheet', () => {
  const table = [
    ['user', 'film', 'rating'],
    ...Array.from({ length: 12 }, (_, i) => [`u${i % 3}`, `F${i}, the &quot;film&quot;`, 1 + (i % 5)]),
  ];

  test('is read from the sheet that has ratings', async () => {
    const file = named('r.xlsx', await workbook({ About: [['Ratings'], ['of 2019']], Data: table }));
    const result = await readFiles(
      [file],
      { mapping: { user: 0, item: 1, rating: 2, time: -1, header: true, delimiter: ',' } },
      () => {},
      () => undefined,
    );
    if (!result.ok) throw new Error(result.problem.code);
    expect(result.ratings).toMatchObject({ name: 'r.xlsx', ratingCount: 12, userIds: ['u0', 'u1', 'u2'] });
    expect(result.ratings.itemIds?.[3]).toBe('F3, the "film"');
    expect(Array.from(result.ratings.values.subarray(0, 3))).toEqual([1, 2, 3]);
  });

  test('which of several sheets has them is asked', async () => {
    const file = named('r.xlsx', await workbook({ One: table, Two: table }));
    expect(await gist(file)).toEqual({ code: 'several-candidates', candidates: ['One', 'Two'] });
  });

  test('of another office is refused in words, and so is a damaged one', async () => {
    const other = await zipped({ '[Content_Types].xml': '<Types/>', 'word/document.xml': '<w/>' });
    expect(await gist(named('r.docx', other))).toBe('spreadsheet-file');
    const bad = await workbook({ Data: table }).then((bytes) => bytes.slice(0, -40));
    expect(await gist(named('r.xlsx', bad))).toBe('truncated');
  });

  test('with rows or columns that no sheet has is refused before they are made', async () => {
    const of = async (sheet: string) =>
      gist(
        named(
          'r.xlsx',
          await zipped({
            '[Content_Types].xml': '<Types/>',
            'xl/_rels/workbook.xml.rels': '<R><Relationship Id="a" Target="s.xml"/></R>',
            'xl/workbook.xml': '<w><sheet name="S" r:id="a"/></w>',
            'xl/s.xml': sheet,
          }),
        ),
      );
    expect(await of('<w><row r="1073741824"/></w>')).toBe('corrupt');
    expect(await of('<w><row r="5"/><row r="4"/></w>')).toBe('corrupt');
    expect(await of('<w><row r="1"><c r="ZZZ1"><v>1</v></c></row></w>')).toBe('corrupt');
    expect(await of(`<w><row r="1"><c r="A1" t="str"><v>${'a'.repeat(20 << 20)}</v></c></row></w>`)).toBe(
      'corrupt',
    );
    expect(await of('<w><row r="1"><c r="A1"><v>1</v></row></w>')).toBe('corrupt');
  });
});
