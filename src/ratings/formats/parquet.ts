import type { FileMetaData, SchemaTree } from 'hyparquet';
import type { Mapping } from '../columns';
import { decide } from '../decide';
import { plainBelow } from '../ids';
import { type Intake, intake } from '../intake';
import { type DataCode, type FileProblem, ReadRefusal } from '../problem';
import { failure } from '../result';
import { shapeOf } from '../shapes';
import { clockworkOf, epoch } from '../times';
import { codeFor } from './chunks';
import type { TableFormat } from './format';
import { previewRows, reportOf, sampleRows, textOf } from './table';

/** Claimed counts beyond are not believed. */
const mostColumns = 1000;

/** Rows that are decoded at once: few enough that the worker answers its mail in between. */
const rowsAtOnce = 1 << 20;

/**
 * Parquet, by hyparquet: a million rows of a row group after the other, the columns by name as in a text, or as the
 * options say. Lines are rows, the first being 1. Refuses what is damaged or cut off. Damage within a page can make the
 * library go on forever: whoever waits for this worker has to give it up.
 */
export const parquet: TableFormat = {
  kind: 'table',
  id: 'parquet',
  words: 'Parquet',
  recognise: ({ bytes }) => bytes[0] === 0x50 && bytes[1] === 0x41 && bytes[2] === 0x52 && bytes[3] === 0x31,
  async read({ file, name: fileName }, rows, options, progress) {
    const refused = (code: DataCode, more: Partial<FileProblem> = {}) => failure(code, { fileName, ...more });
    const contents = await opened(file);
    if (!contents) return refused(await codeFor(file, 'corrupt'));
    const { names, total, inGroups } = contents;
    try {
      const first = await contents.columns(names, 0, Math.min(sampleRows, total));
      const head = Array.from({ length: first[0]?.length ?? 0 }, (_, row) =>
        first.map((column) => shownOf(column[row]).slice(0, 100)),
      );
      const sample = [names, ...head];
      const known = options.mapping ?? options.known ?? {};
      const { mapping: found, doubt, missing } = decide(sample, '', known, true);
      const preview = { rows: sample.slice(0, previewRows), mapping: found };
      if (doubt && !options.mapping)
        return refused(doubt, { ...(doubt === 'missing-column' ? { missing } : {}), preview });
      const times = head.map((row) => row[found.time] ?? '').filter((text) => text !== '');
      const taking = intake(rows, {
        ...{ mapping: found, header: names, width: names.length },
        ...{ outOf: null, wholeIds: false, range: options.range ?? null },
        isSaid: options.mapping !== undefined,
        clock: found.time < 0 ? null : clockworkOf(times, found.dates),
      });
      const wanted = columnsOf(found, names.length);
      let row = 0;
      for (const count of portionsOf(inGroups)) {
        const columns = await contents.columns(
          wanted.map((at) => names[at]),
          row,
          row + count,
        );
        takeRows(taking, found, new Map(wanted.map((at, i) => [at, columns[i]])), count, row);
        row += count;
        await progress(row, (file.size * row) / Math.max(1, total));
      }
      return reportOf(fileName, taking, preview, true);
    } catch (error) {
      // What a reader of ours says is no damage.
      if (error instanceof ReadRefusal) throw error;
      return refused(await codeFor(file, 'corrupt'));
    }
  },
};

type Column = ArrayLike<unknown>;

/** What a file holds by its own account, and how its columns are read; null where it makes no sense. */
async function opened(file: Blob) {
  // Only who brings such a file loads what reads it.
  const { parquetMetadataAsync, parquetRead, parquetSchema } = await import('hyparquet');
  const { compressors } = await import('hyparquet-compressors');
  const buffer = {
    byteLength: file.size,
    slice(start: number, end = file.size) {
      const within = Number.isInteger(start) && Number.isInteger(end) && 0 <= start && end <= file.size;
      if (!within || end < start) throw new RangeError(`no bytes ${start} to ${end} of ${file.size}`);
      return file.slice(start, end).arrayBuffer();
    },
  };
  let metadata: FileMetaData;
  try {
    metadata = await parquetMetadataAsync(buffer);
  } catch {
    return null;
  }
  const paths = leavesOf(parquetSchema(metadata));
  const names = paths.map((path) => path.join('.'));
  if (names.length > mostColumns) return null;
  const total = Number(metadata.num_rows);
  const inGroups = metadata.row_groups.map(({ num_rows }) => Number(num_rows));
  if (inGroups.some((count) => !(count >= 0)) || inGroups.reduce((sum, count) => sum + count, 0) !== total)
    return null;
  return {
    names,
    total,
    inGroups,
    async columns(wanted: readonly string[], rowStart: number, rowEnd: number): Promise<Column[]> {
      const at = wanted.map((name) => paths[names.indexOf(name)]);
      const parts = new Map<string, Column[]>();
      await parquetRead({
        file: buffer,
        metadata,
        columns: [...new Set(at.map(([column]) => column))],
        rowStart,
        rowEnd,
        compressors,
        // Whole pages come, each column's own: what is before the first row, or after the last, is not wanted.
        onChunk({ columnName, columnData, rowStart: from, rowEnd: to }) {
          const part = columnData.slice(
            Math.max(0, rowStart - from),
            columnData.length - Math.max(0, to - rowEnd),
          );
          parts.set(columnName, [...(parts.get(columnName) ?? []), part]);
        },
      });
      return at.map(([column, ...within]) => inside(joined(parts.get(column) ?? []), within));
    },
  };
}

/** The columns that have values of their own, by their paths: those in groups too, but lists and maps as one. */
function leavesOf({ children }: SchemaTree): string[][] {
  return children.flatMap((child) => {
    const { repetition_type, converted_type, logical_type } = child.element;
    const holdsMany =
      repetition_type === 'REPEATED' || ['LIST', 'MAP'].includes(logical_type?.type ?? converted_type ?? '');
    return child.children.length === 0 || holdsMany ? [[...child.path]] : leavesOf(child);
  });
}

/** What stands at a path within each value of a column. */
function inside(column: Column, path: readonly string[]): Column {
  if (path.length === 0) return column;
  const step = (value: unknown, name: string) =>
    value === null || value === undefined ? null : (value as Record<string, unknown>)[name];
  return Array.from(column, (value) => path.reduce(step, value));
}

/** For a preview: a list is shown, though it is nothing that a rating has. */
const shownOf = (value: unknown) => (Array.isArray(value) ? value.map(textOf).join('|') : textOf(value));

/** How many rows are read at once: those of a group, or some of them. */
function* portionsOf(inGroups: readonly number[]): Generator<number> {
  for (const count of inGroups)
    for (let from = 0; from < count; from += rowsAtOnce) yield Math.min(rowsAtOnce, count - from);
}

/** The columns that are read: those of a rating, or in a matrix those of all. */
function columnsOf({ shape, user, item, rating, time }: Mapping, count: number): number[] {
  if (shapeOf(shape).each === 'cell') return [...Array(count).keys()];
  return [...new Set([user, item, rating, time])].filter((at) => at >= 0);
}

/** Takes so many rows of some columns, by their places. */
function takeRows(
  taking: Intake,
  mapping: Mapping,
  columns: ReadonlyMap<number, Column>,
  count: number,
  before: number,
) {
  const { user, item, rating, time } = mapping;
  const [users, items, ratings, times] = [user, item, rating, time].map((at) => columns.get(at));
  const isRows = shapeOf(mapping.shape).each === 'row' && users && items && ratings;
  for (let j = 0; j < count; j++) {
    const line = before + j + 1;
    const at = times?.[j] ?? null;
    const when = at === null ? Number.NaN : typeof at === 'string' ? null : secondsOf(at);
    if (isRows && when !== null && isPlain(users[j]) && isPlain(items[j]) && isRating(ratings[j]))
      if (taking.takePlain(Number(users[j]), Number(items[j]), ratings[j] as number, when, line)) continue;
    const row: string[] = [];
    for (const [place, column] of columns) row[place] = textOf(column[j]);
    if (when !== null && time >= 0) row[time] = textOf(when);
    taking.take(row, line);
  }
}

const isRating = (value: unknown) => typeof value === 'number' && Math.abs(value) < 3e38;

function joined(parts: readonly Column[]): Column {
  return parts.length === 1 ? parts[0] : parts.flatMap((part) => Array.from(part));
}

const isPlain = (id: unknown) =>
  (typeof id === 'number' || typeof id === 'bigint') &&
  id >= 0 &&
  id < plainBelow &&
  (typeof id === 'bigint' || Number.isInteger(id));

/** Seconds (or milliseconds) of a time that is no text. */
function secondsOf(time: unknown): number {
  if (time instanceof Date) return time.getTime() / 1000;
  return typeof time === 'number' || typeof time === 'bigint' ? epoch(Number(time)) : Number.NaN;
}
