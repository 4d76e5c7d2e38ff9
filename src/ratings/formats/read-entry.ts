import { type Collector, collector } from '../collector';
import type { Mapping, Preview } from '../columns';
import { type Read, ReadRefusal } from '../problem';
import { readTitles, type Title } from '../titles';
import { type Chunk, joined } from './chunks';
import { decoderOf, type Encoding, NotUtf8 } from './decode';
import { fileOf, headOf, wholeLines } from './entry';
import type { Entry, FileReport, Format, Progress, ReadOptions } from './format';
import { formatOf } from './index';
import { encodingIn, located } from './located';
import type { ReadsPlainRows } from './plain-rows';
import { readText } from './read-text';
import { previewRows } from './table';
import { textReader } from './text';

/** More rows than a tab holds: what comes after is not read (see also the memory budget). */
const mostRows = 40_000_000;
/** More users and items than the smallest model of them would fit. */
const mostIds = 8_000_000;

/** Reads one file into `rows`, whatever it is written in. Throws a ReadRefusal, and NotUtf8 where no encoding is known. */
export async function readEntry(
  entry: Entry,
  rows: Collector,
  options: ReadOptions,
  encoding: Encoding | null,
  progress: Progress,
  reads: ReadsPlainRows,
): Promise<Read<FileReport>> {
  const format = formatOf(await headOf(entry));
  const read = await readRows(entry, format, rows, options, encoding, progress, reads);
  const rejected = (read.ok ? read : read.problem).rejected ?? [];
  if (rejected.length === 0) return read;
  const isLines = format?.kind === 'text' && format.isLines && !entry.isMade;
  const said = (consumed: number) => progress(rows.count, consumed, entry.size);
  const places = isLines
    ? await located(rejected, entry, encoding ?? (await encodingIn(entry)), said)
    : rejected;
  const found = { rejected: places.map((row) => ({ ...row, file: entry.name })) };
  return read.ok ? { ...read, ...found } : { ok: false, problem: { ...read.problem, ...found } };
}

async function readRows(
  entry: Entry,
  format: Format | undefined,
  rows: Collector,
  options: ReadOptions,
  encoding: Encoding | null,
  progress: Progress,
  reads: ReadsPlainRows,
): Promise<Read<FileReport>> {
  if (format?.kind === 'table') {
    const named = { file: await fileOf(entry), name: entry.from.name };
    const share = entry.size / Math.max(1, named.file.size);
    return format.read(named, rows, options, (count, consumed) => {
      refuseTooMany(rows, count);
      return progress(count, consumed * share);
    });
  }
  return readText(entry, rows, options, encoding, reads, (count, consumed) => {
    refuseTooMany(rows, count);
    return progress(count, consumed);
  });
}

function refuseTooMany(rows: Collector, rowCount: number) {
  if (Math.max(rowCount, rows.count) > mostRows) throw new ReadRefusal('too-large');
  if (rows.idCount > mostIds) throw new ReadRefusal('too-many-ids');
}

/** Bytes that a preview is made of, where lines are long. */
const previewBytes = 1 << 22;

/** How a text begins, read with what is known of it beforehand; null where nothing can be shown. */
export async function previewOf(entry: Entry, known: Partial<Mapping>): Promise<Preview | null> {
  const short = await headOf(entry);
  if (formatOf(short)?.kind === 'table') return null;
  const head = short.text.split('\n').length > previewRows ? short : await headOf(entry, previewBytes);
  const reader = textReader(entry.from.name, collector(), { known }, entry.name);
  reader.push(wholeLines(head));
  const report = reader.finish();
  return (report.ok ? report.preview : report.problem.preview) ?? null;
}

/** Bytes of files of titles: they are held as a whole. */
const mostTitleBytes = 64 << 20;

/** What items are called, in UTF-8, or else as Windows-1252 (u.item of MovieLens 100K is Latin-1). */
export async function titlesIn(entries: readonly Entry[]): Promise<Map<string, Title>> {
  const called = new Map<string, Title>();
  let room = mostTitleBytes;
  for (const entry of entries) {
    const parts = await bytesOf(entry, room);
    room -= parts.reduce((sum, { bytes }) => sum + bytes.length, 0);
    for (const [id, title] of titlesOf(parts)) called.set(id, title);
  }
  return called;
}

async function bytesOf({ pieces }: Entry, most: number): Promise<Chunk[]> {
  const parts: Chunk[] = [];
  let length = 0;
  for await (const chunk of pieces()) {
    length += chunk.bytes.length;
    if (length > most) throw new ReadRefusal('too-large');
    parts.push(chunk);
  }
  return parts;
}

function titlesOf(parts: readonly Chunk[]): Map<string, Title> {
  const bytes = joined(parts.map((part) => part.bytes));
  for (const encoding of [null, 'windows-1252'] as const) {
    try {
      const { decode } = decoderOf(bytes, true, encoding);
      return readTitles(decode(bytes) + decode());
    } catch (error) {
      if (!(error instanceof NotUtf8)) throw error;
    }
  }
  return new Map();
}
