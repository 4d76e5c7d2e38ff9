import { type Collector, collector, type ReadRatings } from '../collector';
import type { Mapping, Preview } from '../columns';
import type { RejectedRow } from '../intake';
import { type Read, ReadRefusal } from '../problem';
import { failure } from '../result';
import type { Sliced } from '../sliced';
import { readTitles, type Title } from '../titles';
import type { WarningCode } from '../warning';
import { type Chunk, plain } from './chunks';
import { decoded, type Encoding, NotUtf8 } from './decode';
import type { FileReport, Format, Head, Named, Progress, ReadOptions } from './format';
import { formatOf, textEndings } from './index';
import { textReader } from './text';

/** More rows than a tab holds: what comes after is not read (see also the memory budget). */
const mostRows = 40_000_000;
/** More users and items than the smallest model of them would fit. */
const mostIds = 8_000_000;

/** What belongs together: ratings, and perhaps a test set, and what the items are called. */
export interface Bundle {
  readonly ratings: Named;
  readonly test?: Named | undefined;
  readonly titles?: Named | undefined;
}

/** A bundle that was read, without what only a page needs. */
export interface ReadBundle extends ReadRatings {
  readonly rejected: readonly RejectedRow[];
  readonly rejectedCount: number;
  readonly preview: Preview;
}

/**
 * Reads a ratings file: text (see `textReader`), or text in a gzip or zip archive, or Parquet, told by its bytes,
 * not by its name; in UTF-8, or UTF-16 with or without its mark, or else Windows-1252; a guess is said as
 * `encoding-guessed`. With it a test set of the same form, and titles, from a file or out of the archive. Nothing of
 * the files is held but what is being read. `breathe` is awaited between pieces.
 *
 * Where the manifest of bad files leaves a choice: cut-off archives are refused, not read in part; of several ratings
 * files in an archive none is taken; UTF-16 without its mark is read; more rows than a tab holds are refused, also
 * where they only repeat each other.
 */
export async function readFiles(
  { ratings, test, titles }: Bundle,
  options: ReadOptions,
  progress: (rows: number, share: number) => void,
  breathe: () => Promise<void> | undefined,
): Promise<Read<ReadBundle>> {
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
      const warnings = reports.flatMap((report) => report.warnings);
      const result = await inPieces(rows.finish(ratings.name, warnings), breathe);
      return {
        ok: true,
        ...result,
        ratings: called ? withTitles(result.ratings, called) : result.ratings,
        rejected: reports.flatMap(({ rejected }) => rejected),
        rejectedCount: reports.reduce((sum, { rejectedCount }) => sum + rejectedCount, 0),
        preview: first.preview,
      };
    } catch (error) {
      if (error instanceof ReadRefusal) return failure(error.code, { fileName: at.name });
      if (!(error instanceof NotUtf8) || encodings.has(at.file)) throw error;
      encodings.set(at.file, 'windows-1252');
    }
  }
}

/** How a text begins, read with what is known of it beforehand; null where nothing can be shown. */
export async function previewFile(named: Named, known: Partial<Mapping>): Promise<Preview | null> {
  const format = formatOf(await headOf(named));
  if (format?.kind === 'table') return null;
  const { isPacked, pieces, name } = await opened(named, format);
  const reader = textReader(named.name, collector(), { known }, name);
  let length = 0;
  try {
    for await (const { text } of decoded(pieces, isPacked, null)) {
      reader.push(text.slice(0, headBytes - length));
      length += text.length;
      if (length >= headBytes) break;
    }
  } catch (error) {
    if (error instanceof ReadRefusal) return null;
    if (!(error instanceof NotUtf8)) throw error;
  }
  const report = reader.finish();
  return (report.ok ? report.preview : report.problem.preview) ?? null;
}

/** The text of a file, out of the archive where it is in one. */
async function opened(named: Named, format: Format | undefined) {
  return format?.kind === 'archive'
    ? { isPacked: true, ...(await format.open(named, textEndings)) }
    : { isPacked: false, name: named.name, pieces: plain(named.file), warnings: [], titles: null };
}

/** Does long work, breathing at its pauses. */
export async function inPieces<T>(work: Sliced<T>, breathe: () => Promise<void> | undefined): Promise<T> {
  for (;;) {
    const slice = work.next();
    if (slice.done) return slice.value;
    await breathe();
  }
}

type ReadOne = FileReport & { readonly titles: Map<string, Title> | null };

async function readOne(
  named: Named,
  rows: Collector,
  options: ReadOptions,
  encoding: Encoding | null,
  progress: Progress,
): Promise<Read<ReadOne>> {
  const { name } = named;
  const format = formatOf(await headOf(named));
  if (format?.kind === 'table') {
    const report = await format.read(named, rows, options, (count, consumed) => {
      refuseTooMany(rows, count);
      return progress(count, consumed);
    });
    return report.ok ? { ...report, titles: null } : report;
  }
  const { isPacked, pieces, warnings, titles, ...inner } = await opened(named, format);
  const reader = textReader(name, rows, options, inner.name);
  let isGuess = false;
  for await (const { text, consumed, guessed } of decoded(pieces, isPacked, encoding)) {
    isGuess = guessed;
    const refused = reader.push(text);
    if (refused) return refused;
    refuseTooMany(rows, reader.rowCount);
    await progress(reader.rowCount, consumed);
  }
  const report = reader.finish();
  if (!report.ok) return report;
  const odd: WarningCode[] = isGuess ? [...warnings, 'encoding-guessed'] : [...warnings];
  return {
    ...report,
    warnings: [...odd.map((code) => ({ code })), ...report.warnings],
    titles: titles ? await titlesIn(titles()) : null,
  };
}

function refuseTooMany(rows: Collector, rowCount: number) {
  if (Math.max(rowCount, rows.count) > mostRows) throw new ReadRefusal('too-large');
  if (rows.idCount > mostIds) throw new ReadRefusal('too-many-ids');
}

async function titlesOf(named: Named): Promise<Map<string, Title>> {
  const format = formatOf(await headOf(named));
  if (format?.kind !== 'archive') return titlesIn(plain(named.file));
  const { titles, pieces } = await format.open(named, textEndings);
  return titlesIn(titles ? titles() : pieces);
}

/** Bytes of a file of titles: it is held as a whole. */
const mostTitleBytes = 64 << 20;

/** In UTF-8, or else as Windows-1252 (u.item of MovieLens 100K is Latin-1). Empty where it is too long. */
async function titlesIn(pieces: AsyncIterable<Chunk>): Promise<Map<string, Title>> {
  const parts: Uint8Array[] = [];
  let length = 0;
  for await (const { bytes } of pieces) {
    length += bytes.length;
    if (length > mostTitleBytes) throw new ReadRefusal('too-large');
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

/** Bytes of a head: enough for a first line. */
const headBytes = 1 << 16;

/** How a file begins. Its text is taken for UTF-8, or else for Windows-1252: that will do to tell what it is. */
export async function headOf({ file, name }: Named): Promise<Head> {
  const bytes = new Uint8Array(await file.slice(0, headBytes).arrayBuffer());
  let text: string;
  try {
    text = new TextDecoder('utf-8', { fatal: true }).decode(bytes, { stream: true });
  } catch {
    text = new TextDecoder('windows-1252').decode(bytes);
  }
  return { name, bytes, text: text.replace(/\r\n?/g, '\n') };
}
