import { type Collector, collector } from '../ratings/collector';
import { findColumns, type Preview } from '../ratings/columns';
import type { RejectedRow } from '../ratings/intake';
import {
  type FileReport,
  gathered,
  type ReadOptions,
  type ReadRatings,
  type Refused,
  ratingsReader,
} from '../ratings/read-ratings';
import type { Sliced } from '../ratings/sliced';
import { isTitles, readTitles, type Title } from '../ratings/titles';
import { decoded, type Encoding, NotUtf8 } from './decode';
import { isGzip, isParquet, isZip, type Piece, plain, Refusal } from './pieces';
import type { ReadProgress } from './protocol';

/** More rows than a tab holds: what comes after is not read (see also the memory budget). */
const mostRows = 40_000_000;
/** More users and items than the smallest model of them would fit. */
const mostIds = 8_000_000;
/** Bytes of a file of titles: it is held as a whole. */
const mostTitleBytes = 64 << 20;

/** A file, and what it is called. */
export interface Named {
  readonly file: Blob;
  readonly name: string;
}

/** What belongs together: ratings, and perhaps a test set, and what the items are called. */
export interface Bundle {
  readonly ratings: Named;
  readonly test?: Named | undefined;
  readonly titles?: Named | undefined;
}

/** Files that were brought together, told apart: see `sorted`. */
export type Sorted = Omit<Bundle, 'ratings'> & { readonly ratings: Named | undefined };

/** A bundle that was read, without what only a page needs. */
export interface ReadBundle extends ReadRatings {
  readonly rejected: readonly RejectedRow[];
  readonly rejectedCount: number;
  readonly preview: Preview;
}

/**
 * Reads a ratings file: text (see `ratingsReader`), or text in a gzip or zip archive, or Parquet, told by its bytes,
 * not by its name; in UTF-8, or UTF-16 with or without its mark, or else Windows-1252; a guess is said as
 * `encoding-guessed`. With it a test set of the same form, and titles, from a file or out of the archive. Nothing of
 * the files is held but what is being read. `breathe` is awaited between pieces.
 *
 * Where the manifest of bad files leaves a choice: cut-off archives are refused, not read in part; of several ratings
 * files in an archive none is taken; UTF-16 without its mark is read; more rows than a tab holds are refused, also
 * where they only repeat each other.
 */
export async function readFile(
  { ratings, test, titles }: Bundle,
  options: ReadOptions,
  progress: ReadProgress,
  breathe: () => Promise<void> | undefined,
): Promise<ReadBundle | Refused> {
  /** What proved to be no UTF-8 is read again from the start, with all that came before it. */
  const encodings = new Map<Blob, Encoding>();
  const all = ratings.file.size + (test?.file.size ?? 0);
  for (;;) {
    let at: Named = ratings;
    try {
      const rows = collector();
      const read = (named: Named, before: number, rowsBefore: number) => {
        at = named;
        const said = (count: number, consumed: number) => {
          progress(rowsBefore + count, Math.min(1, (before + consumed) / all));
          return breathe();
        };
        return readOne(named, rows, options, encodings.get(named.file) ?? null, said);
      };
      const first = await read(ratings, 0, 0);
      if (!first.ok) return first;
      const reports = [first];
      if (test) {
        rows.beginTest();
        const second = await read(test, ratings.file.size, first.rowCount);
        if (!second.ok) return second;
        reports.push(second);
      }
      if (titles) at = titles;
      const called = titles ? await titlesOf(titles) : first.titles;
      const result = await inPieces(gathered(rows, ratings.name, reports), breathe);
      return {
        ...result,
        ratings: called ? withTitles(result.ratings, called) : result.ratings,
        rejected: reports.flatMap(({ rejected }) => rejected),
        rejectedCount: reports.reduce((sum, { rejectedCount }) => sum + rejectedCount, 0),
        preview: first.preview,
      };
    } catch (error) {
      if (error instanceof Refusal) return { ok: false, problem: { code: error.code, fileName: at.name } };
      if (!(error instanceof NotUtf8) || encodings.has(at.file)) throw error;
      encodings.set(at.file, 'windows-1252');
    }
  }
}

/** Does long work, breathing at its pauses. */
export async function inPieces<T>(work: Sliced<T>, breathe: () => Promise<void> | undefined): Promise<T> {
  for (;;) {
    const slice = work.next();
    if (slice.done) return slice.value;
    await breathe();
  }
}

type Read = (FileReport & { readonly titles: Map<string, Title> | null }) | Refused;

async function readOne(
  { file, name }: Named,
  rows: Collector,
  options: ReadOptions,
  encoding: Encoding | null,
  progress: (rows: number, consumed: number) => Promise<void> | undefined,
): Promise<Read> {
  const head = new Uint8Array(await file.slice(0, 512).arrayBuffer());
  if (isParquet(head)) {
    const { readParquet } = await import('./read-parquet');
    const report = await readParquet(file, name, rows, options, (count, consumed) => {
      refuseTooMany(rows, count);
      return progress(count, consumed);
    });
    return report.ok ? { ...report, titles: null } : report;
  }
  const packed = isGzip(head) || isZip(head);
  // Only who brings an archive loads what unpacks it.
  const { pieces, warnings, titles } = packed
    ? await (await import('./unpack')).unpacked(file, head)
    : { pieces: plain(file), warnings: [], titles: null };
  const reader = ratingsReader(name, rows, options);
  let guess = false;
  for await (const { text, consumed, guessed } of decoded(pieces, packed, encoding)) {
    guess = guessed;
    const refused = reader.push(text);
    if (refused) return refused;
    refuseTooMany(rows, reader.rowCount);
    await progress(reader.rowCount, consumed);
  }
  const report = reader.finish();
  if (!report.ok) return report;
  const odd = [...warnings, ...(guess ? ['encoding-guessed'] : [])].map((code) => ({ code }));
  return {
    ...report,
    warnings: [...odd, ...report.warnings],
    titles: titles ? await titlesIn(titles()) : null,
  };
}

function refuseTooMany(rows: Collector, rowCount: number) {
  if (Math.max(rowCount, rows.count) > mostRows) throw new Refusal('too-large');
  if (rows.idCount > mostIds) throw new Refusal('too-many-ids');
}

async function titlesOf({ file }: Named): Promise<Map<string, Title>> {
  const head = new Uint8Array(await file.slice(0, 512).arrayBuffer());
  if (isGzip(head)) return titlesIn((await (await import('./unpack')).unpacked(file, head)).pieces);
  return titlesIn(plain(file));
}

/** In UTF-8, or else as Windows-1252 (u.item of MovieLens 100K is Latin-1). Empty where it is too long. */
async function titlesIn(pieces: AsyncIterable<Piece>): Promise<Map<string, Title>> {
  const parts: Uint8Array[] = [];
  let length = 0;
  for await (const { bytes } of pieces) {
    length += bytes.length;
    if (length > mostTitleBytes) throw new Refusal('too-large');
    parts.push(bytes);
  }
  const again = async function* () {
    for (const bytes of parts) yield { bytes, consumed: 0 };
  };
  for (const encoding of [null, 'windows-1252'] as const) {
    try {
      let whole = '';
      for await (const { text } of decoded(again(), true, encoding)) whole += text;
      return readTitles(whole);
    } catch (error) {
      if (!(error instanceof NotUtf8)) throw error;
    }
  }
  return new Map();
}

function withTitles<R extends ReadRatings['ratings']>(ratings: R, titles: Map<string, Title>): R {
  const known = ratings.itemIds?.map((id) => titles.get(id) ?? null) ?? null;
  return known?.some((title) => title !== null) ? { ...ratings, itemTitles: known } : ratings;
}

/**
 * Which of the files brought together are the ratings, the test set and the titles: by their names, and by their
 * first lines. A problem's code where that is not clear.
 */
export async function sorted(files: readonly Named[]): Promise<Sorted | string> {
  const titles: Named[] = [];
  const tests: Named[] = [];
  const ratings: Named[] = [];
  for (const named of files) {
    const head = new Uint8Array(await named.file.slice(0, 2048).arrayBuffer());
    const binary = isGzip(head) || isZip(head) || isParquet(head);
    const line = binary ? '' : (new TextDecoder().decode(head).split(/\r\n?|\n/)[0] ?? '');
    if (isTitles(named.name, line)) titles.push(named);
    else if (files.length === 1) ratings.push(named);
    else if (/(^|[._-])(test|valid|validation|probe|holdout)([._-]|$)/i.test(named.name)) tests.push(named);
    else if (binary || typeof findColumns(line.split(/::|[,;\t|]/)) !== 'string') ratings.push(named);
  }
  if (ratings.length > 1 || tests.length > 1 || titles.length > 1) return 'several-ratings-files';
  if (ratings.length === 0 && files.length > 1) return 'no-ratings-among-files';
  return { ratings: ratings[0], test: tests[0], titles: titles[0] };
}
