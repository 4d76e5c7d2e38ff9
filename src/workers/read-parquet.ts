import { type FileMetaData, parquetMetadataAsync, parquetRead } from 'hyparquet';
import { compressors } from 'hyparquet-compressors';
import type { Collector } from '../ratings/collector';
import { findColumns, guessColumns, missingFrom } from '../ratings/columns';
import { plainBelow } from '../ratings/ids';
import { intake } from '../ratings/intake';
import type { FileReport, ReadOptions, Refused } from '../ratings/read-ratings';
import { Refusal } from './pieces';

/** Rows of a preview, as of a text. */
const previewRows = 20;

/** Claimed counts beyond are not believed. */
const mostColumns = 1000;

/** Rows that are decoded at once: few enough that the worker answers its mail in between. */
const rowsAtOnce = 1 << 20;

/**
 * Reads ratings from a Parquet file by hyparquet, a million rows of a row group after the other: the columns by name as
 * in a text, or as `options` say. Lines are rows, the first being 1. Refuses what is damaged or cut off. Damage within
 * a page can make the library go on forever: whoever waits for this worker has to give it up.
 */
export async function readParquet(
  file: Blob,
  fileName: string,
  rows: Collector,
  options: ReadOptions,
  progress: (rows: number, consumed: number) => Promise<void> | undefined,
): Promise<FileReport | Refused> {
  const buffer = {
    byteLength: file.size,
    slice(start: number, end = file.size) {
      const within = Number.isInteger(start) && Number.isInteger(end) && 0 <= start && end <= file.size;
      if (!within || end < start) throw new RangeError(`no bytes ${start} to ${end} of ${file.size}`);
      return file.slice(start, end).arrayBuffer();
    },
  };
  const refuse = (code: string, more: Partial<Refused['problem']> = {}): Refused => ({
    ok: false,
    problem: { code, fileName, ...more },
  });
  let metadata: FileMetaData;
  try {
    metadata = await parquetMetadataAsync(buffer);
  } catch {
    return refuse('corrupt');
  }
  const names = metadata.schema.filter(({ num_children }) => !num_children).map(({ name }) => name);
  if (names.length > mostColumns) return refuse('corrupt');
  const columnsOf = async (columns: readonly string[], rowStart: number, rowEnd: number) => {
    const parts = new Map<string, ArrayLike<unknown>[]>();
    await parquetRead({
      file: buffer,
      metadata,
      columns: [...columns],
      rowStart,
      rowEnd,
      compressors,
      onChunk: ({ columnName, columnData }) =>
        parts.set(columnName, [...(parts.get(columnName) ?? []), columnData]),
    });
    return columns.map((name) => joined(parts.get(name) ?? []));
  };
  try {
    const total = Number(metadata.num_rows);
    const rowsOf = metadata.row_groups.map(({ num_rows }) => Number(num_rows));
    if (rowsOf.some((count) => !(count >= 0)) || rowsOf.reduce((sum, count) => sum + count, 0) !== total)
      return refuse('corrupt');
    const first = await columnsOf(names, 0, Math.min(previewRows - 1, total));
    const head = Array.from({ length: first[0]?.length ?? 0 }, (_, row) =>
      first.map((column) => textOf(column[row]).slice(0, 100)),
    );
    const shown = [names, ...head];
    const found = options.mapping ?? findColumns(names);
    // Columns that hold no number by place: their names are all there is to go by.
    if (typeof found === 'string' || !found.header) {
      const code = typeof found === 'string' ? found : 'missing-column';
      const mapping = { ...guessColumns(shown), header: true, delimiter: '' };
      return {
        ...refuse(code, code === 'missing-column' ? { missing: missingFrom(names) } : {}),
        preview: { rows: shown, mapping },
      };
    }
    const at = [found.user, found.item, found.rating, found.time].filter((column) => column >= 0);
    const used = [...new Set(at)].map((column) => names[column]);
    const taking = intake(
      rows,
      { user: 0, item: 1, rating: 2, time: found.time < 0 ? -1 : 3, header: true },
      4,
      '',
      options.range ?? null,
    );
    let row = 0;
    for (let group = 0, left = rowsOf[0] ?? 0; group < rowsOf.length; ) {
      const end = row + Math.min(left, rowsAtOnce);
      left -= end - row;
      if (left === 0) left = rowsOf[++group] ?? 0;
      const columns = await columnsOf(used, row, end);
      const fields = at.map((column) => columns[used.indexOf(names[column])]);
      for (let j = 0; j < end - row; j++) {
        const [user, item, rating, time = null] = fields.map((column) => column[j]);
        const when = time === null ? Number.NaN : typeof time === 'string' ? null : secondsOf(time);
        const plain = isPlain(user) && isPlain(item) && typeof rating === 'number' && Math.abs(rating) < 3e38;
        if (plain && when !== null && taking.takePlain(Number(user), Number(item), rating, when, row + j + 1))
          continue;
        taking.take([user, item, rating, when ?? time].map(textOf), row + j + 1);
      }
      row = end;
      await progress(row, (file.size * row) / Math.max(1, total));
    }
    const bad = { count: taking.rejectedCount, lines: taking.rejectedLines() };
    const preview = { rows: shown, mapping: { ...found, delimiter: '' } };
    if (taking.rowCount === taking.rejectedCount)
      return { ...refuse(taking.rowCount > 0 ? 'too-many-bad-rows' : 'no-ratings', bad), preview };
    if (2 * taking.rejectedCount > taking.rowCount) return { ...refuse('too-many-bad-rows', bad), preview };
    return {
      ok: true,
      rowCount: taking.rowCount,
      rejectedCount: taking.rejectedCount,
      rejected: taking.rejected,
      warnings: taking.warnings(),
      preview,
    };
  } catch (error) {
    // What a reader of ours says, or the file itself, is no damage.
    if (error instanceof Refusal || (error as Error).name === 'NotReadableError') throw error;
    return refuse('corrupt');
  }
}

function joined(parts: readonly ArrayLike<unknown>[]): ArrayLike<unknown> {
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
  return typeof time === 'number' || typeof time === 'bigint' ? Number(time) : Number.NaN;
}

function textOf(value: unknown): string {
  if (value === null || value === undefined || (typeof value === 'number' && Number.isNaN(value))) return '';
  if (value instanceof Date) return value.toISOString();
  return typeof value === 'object' ? '' : String(value);
}
