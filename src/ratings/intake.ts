import type { Collector } from './collector';
import { type Columns, parseRating, parseTime } from './columns';
import type { Warning, WarningCode } from './warning';

/** A row that was not taken: its line, why, and its fields. */
export interface RejectedRow {
  readonly line: number;
  readonly reason: Reason;
  readonly fields: readonly string[];
}

/** Why a row is not taken. */
export type Reason =
  | 'no-user'
  | 'no-item'
  | 'no-rating'
  | 'not-a-number'
  | 'nul-character'
  | 'out-of-range'
  /** It could not be split into fields: what there is of it stands in one. */
  | 'malformed';

/** All rows that are set aside are counted, but only so many are kept for their download. */
const mostRejected = 100_000;

/** Longer ids are taken too, but it is said that there are such. */
const longestId = 1000;
const commaDecimal = /^[+-]?\d+,\d+$/;
/** Because of characters without a width two ids may look the same and be different. */
const invisible = /[\u200b-\u200d\u2060\ufeff]/;

/** Copies at most a thousand characters: a slice would keep the whole text alive that it was cut from. */
export const ownCopy = (text: string) => ` ${text.slice(0, 1000)}`.slice(1);

/**
 * Takes rows of one file: those without a user, an item or a finite rating are set aside, counted and located.
 *
 * @param width fields of a row; more of them are left out, and said
 * @param range ratings outside are set aside; null takes all
 */
export function intake(
  rows: Collector,
  columns: Columns,
  width: number,
  delimiter: string,
  range: readonly [number, number] | null,
) {
  let rowCount = 0;
  let rejectedCount = 0;
  const rejected: RejectedRow[] = [];
  /** How often there was something odd in rows that were taken all the same, and in which lines first. */
  const oddities = new Map<WarningCode, { count: number; lines: number[] }>();
  const within = (value: number) => !range || (value >= range[0] && value <= range[1]);

  function note(code: WarningCode, line: number) {
    const seen = oddities.get(code) ?? { count: 0, lines: [] };
    seen.count++;
    if (seen.lines.length < 10) seen.lines.push(line);
    oddities.set(code, seen);
  }

  /** The value of a rating's text, in which a comma may be decimal where it is not the delimiter. */
  function ratingOf(text: string, line: number): number | null {
    if (delimiter === ',' || !commaDecimal.test(text)) return parseRating(text);
    note('comma-decimals', line);
    return parseRating(text.replace(',', '.'));
  }

  function setAside(line: number, reason: Reason, fields: readonly string[]) {
    rejectedCount++;
    if (rejected.length < mostRejected) rejected.push({ line, reason, fields: fields.map(ownCopy) });
  }

  /** First lines of what was set aside. */
  const rejectedLines = () => rejected.slice(0, 10).map(({ line }) => line);

  return {
    /** Rows so far, a header not among them. */
    get rowCount() {
      return rowCount;
    },
    get rejectedCount() {
      return rejectedCount;
    },
    rejected: rejected as readonly RejectedRow[],
    take(row: readonly string[], line: number) {
      rowCount++;
      const user = row[columns.user]?.trim();
      const item = row[columns.item]?.trim();
      const text = row[columns.rating]?.trim() ?? '';
      const value = ratingOf(text, line);
      if (row.length > width && row.slice(width).some((field) => field.trim() !== ''))
        note('extra-fields', line);
      if (!user) return setAside(line, 'no-user', row);
      if (!item) return setAside(line, 'no-item', row);
      if (value === null) return setAside(line, text === '' ? 'no-rating' : 'not-a-number', row);
      if (user.includes('\0') || item.includes('\0')) return setAside(line, 'nul-character', row);
      if (!within(value)) return setAside(line, 'out-of-range', row);
      if (invisible.test(user) || invisible.test(item)) note('invisible-characters', line);
      if (Math.max(user.length, item.length) > longestId) note('long-field', line);
      const time = columns.time < 0 ? Number.NaN : parseTime(row[columns.time]?.trim() ?? '');
      rows.add(user, item, value, time, line);
    },
    /** Sets a row aside that has no fields to take. */
    reject(line: number, reason: Reason, fields: readonly string[]) {
      rowCount++;
      setAside(line, reason, fields);
    },
    /** Takes a row of plain numbers (see `plainRows`). False where the rating is out of range: then it is not taken. */
    takePlain(user: number, item: number, value: number, time: number, line: number): boolean {
      if (!within(value)) return false;
      rowCount++;
      rows.addPlain(user, item, value, time, line);
      return true;
    },
    rejectedLines,
    count: (code: WarningCode) => oddities.get(code)?.count ?? 0,
    warnings(): Warning[] {
      const odd = [...oddities].map(([code, where]) => ({ code, ...where }));
      return rejectedCount > 0
        ? [{ code: 'rows-skipped', count: rejectedCount, lines: rejectedLines() }, ...odd]
        : odd;
    },
  };
}
export type Intake = ReturnType<typeof intake>;
