/** Why a row is not taken, in words. */
export const reasonWords = {
  'no-user': 'no user',
  'no-item': 'no item',
  'no-rating': 'no rating',
  'not-a-number': 'a rating that is no number',
  'nul-character': 'an id with a NUL character',
  'out-of-range': 'a rating out of range',
  /** It could not be split into fields: what there is of it stands in one. */
  malformed: 'cannot be read',
  'open-quote': 'a quote that nobody closes',
} as const;

/** Why a row is not taken. */
export type Reason = keyof typeof reasonWords;

/** A row that was not taken. */
export interface RejectedRow {
  /** The physical line of a text, else the row; 1-based. */
  readonly line: number;
  readonly reason: Reason;
  /** Because of which column, 1-based, and its name, where it has one; 0 where it is all of the row. */
  readonly column: number;
  readonly name: string;
  /** Each at most a thousand characters of it. */
  readonly fields: readonly string[];
  /** The file it is in, within its archive. */
  readonly file?: string;
  /** Of a text: where the line begins, in bytes from 0, once unpacked; and what stands there, of a long one the beginning. */
  readonly byte?: number;
  readonly text?: string;
}

/** Rows that were not taken: how many, and the first 100,000 of them. */
export interface Rejected {
  readonly count: number;
  readonly rows: readonly RejectedRow[];
}

/** What stands in a row that was not taken: as it is written, or else what its fields are. */
export const writtenIn = ({ text, fields }: RejectedRow): string => text ?? fields.join(', ');

/** Rejected rows as a table, under the names of its columns; which file they are of only where there are several. */
export function rejectedTable(rows: readonly RejectedRow[]): (string | number | null)[][] {
  const isOne = new Set(rows.map(({ file }) => file)).size < 2;
  const table = rows.map((row) => [
    ...(isOne ? [] : [row.file ?? '']),
    ...[row.line, row.byte ?? null, row.column || null, row.name, reasonWords[row.reason], writtenIn(row)],
  ]);
  return [[...(isOne ? [] : ['file']), 'line', 'byte', 'column', 'name', 'reason', 'text'], ...table];
}
