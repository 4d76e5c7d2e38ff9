import { type Account, accounting, type LineKind } from './account';
import type { Collector, PlainColumns } from './collector';
import type { Mapping } from './columns';
import { parseCommaDecimal, parseRating, parseSpelt } from './numbers';
import type { Reason, RejectedRow } from './rejected';
import { shapeOf } from './shapes';
import type { Clockwork } from './times';
import type { Warning, WarningCode } from './warning';

/** All rows that are set aside are counted, but only so many are kept for their download. */
const mostRejected = 100_000;

/** Longer ids are taken too, but it is said that there are such. */
const longestId = 1000;
/** Because of characters without a width two ids may look the same and be different. */
const invisible = /[\u200b-\u200d\u2060\ufeff]/;
/** A number that became a decimal on its way through a table of numbers: 7.0 is 7. */
const wholeDecimal = /^(\d+)\.0$/;

/** Copies at most a thousand characters: a slice would keep the whole text alive that it was cut from. */
export const ownCopy = (text: string) => ` ${text.slice(0, 1000)}`.slice(1);

const beginsQuote = (field: string) => field.trimStart().startsWith('"');

/** How the rows of a file are taken. */
export interface Taking {
  readonly mapping: Mapping;
  readonly header: readonly string[] | null;
  /** Fields of a row; more of them are left out, and said. */
  readonly width: number;
  /** How times are read; null where there are none. */
  readonly clock: Clockwork | null;
  /** What ratings such as 3.5/5 are brought to; null where nobody said that what is no number is to be read. */
  readonly outOf: number | null;
  /** Ids are whole numbers that are written as decimals. */
  readonly wholeIds: boolean;
  /** Ratings outside are set aside; null takes all. */
  readonly range: readonly [number, number] | null;
  /** Whether somebody said how the file is laid out: else what was assumed is said. */
  readonly isSaid: boolean;
}

/** Takes rows of one file: those without a user, an item or a finite rating are set aside, counted and located. */
export function intake(
  rows: Collector,
  { mapping, header, width, clock, outOf, wholeIds, range, isSaid }: Taking,
) {
  let rowCount = 0;
  let plainCount = 0;
  let plainUnrated = 0;
  let unratedCount = 0;
  let rejectedCount = 0;
  let skippedRows = 0;
  let unreadTimes = 0;
  let unreadTime = '';
  const rejected: RejectedRow[] = [];
  const lines = accounting();
  const shape = shapeOf(mapping.shape);
  const ratingsIn = shape.reader(mapping, header);
  const unrated = new Set(mapping.unrated);
  const { words } = mapping;
  const scaled = mapping.counts ? Math.log1p : null;
  /** How often there was something odd in rows that were taken all the same, and in which lines first. */
  const oddities = new Map<WarningCode, { count: number; lines: number[] }>();
  const within = (value: number) => !range || (value >= range[0] && value <= range[1]);

  function note(code: WarningCode, line: number) {
    const seen = oddities.get(code) ?? { count: 0, lines: [] };
    seen.count++;
    if (seen.lines.length < 10) seen.lines.push(line);
    oddities.set(code, seen);
  }

  /** The value of a rating's text; null where it is none. */
  function ratingOf(text: string, line: number): number | null {
    const plain = parseRating(text);
    if (plain !== null) return plain;
    const decimal = parseCommaDecimal(text, mapping.delimiter === ',');
    if (decimal !== null) {
      note('comma-decimals', line);
      return decimal;
    }
    if (words) return words[text.toLowerCase()] ?? null;
    const spelt = outOf === null ? null : parseSpelt(text);
    return spelt && (outOf && spelt.outOf > 0 ? (spelt.value * outOf) / spelt.outOf : spelt.value);
  }

  const columnAt = (at: number) => ({ column: at + 1, name: ownCopy(header?.[at] ?? '') });

  function setAside(line: number, reason: Reason, at: number, fields: readonly string[]): LineKind {
    rejectedCount++;
    if (rejected.length < mostRejected)
      rejected.push({ line, reason, ...columnAt(at), fields: fields.map(ownCopy) });
    return 'skipped';
  }

  const idOf = (text: string) => (wholeIds ? text.replace(wholeDecimal, '$1') : text);

  function timeOf(text: string): number {
    if (!clock) return Number.NaN;
    const time = clock.parse(text);
    if (text !== '' && Number.isNaN(time) && unreadTimes++ === 0) unreadTime = ownCopy(text);
    return time;
  }

  /** Takes one rating, which stands in a column; tells what its line is because of it. */
  function takeOne(
    user: string,
    item: string,
    text: string,
    time: string,
    at: number,
    row: readonly string[],
    line: number,
  ): LineKind {
    const value = ratingOf(text, line);
    if (!user) return setAside(line, 'no-user', mapping.user, row);
    if (!item) return setAside(line, 'no-item', mapping.item, row);
    if (value === null) return setAside(line, text === '' ? 'no-rating' : 'not-a-number', at, row);
    if (user.includes('\0')) return setAside(line, 'nul-character', mapping.user, row);
    if (item.includes('\0')) return setAside(line, 'nul-character', mapping.item, row);
    if (unrated.has(value)) {
      unratedCount++;
      return 'unrated';
    }
    if (!within(value) || (scaled && value < 0)) return setAside(line, 'out-of-range', at, row);
    if (invisible.test(user) || invisible.test(item)) note('invisible-characters', line);
    if (Math.max(user.length, item.length) > longestId) note('long-field', line);
    rows.add(idOf(user), idOf(item), scaled ? scaled(value) : value, timeOf(time), line);
    return 'rating';
  }

  /** Takes a row of plain numbers (see `plainRows`). False where the rating is out of range: then it is not taken. */
  function takePlain(user: number, item: number, value: number, time: number, line: number): boolean {
    if (!within(value) || (scaled && value < 0)) return false;
    rowCount++;
    if (unrated.size > 0 && unrated.has(value)) {
      plainUnrated++;
      unratedCount++;
      return true;
    }
    plainCount++;
    rows.addPlain(user, item, scaled ? scaled(value) : value, time, line);
    return true;
  }

  /** First lines of what was set aside. */
  const rejectedLines = () => rejected.slice(0, 10).map(({ line }) => line);

  return {
    /** Rows so far, a header not among them. */
    get rowCount() {
      return rowCount;
    },
    /** Ratings that were set aside, each a row but in a matrix; and rows of which nothing was taken. */
    get rejectedCount() {
      return rejectedCount;
    },
    get skippedRows() {
      return skippedRows;
    },
    rejected: rejected as readonly RejectedRow[],
    /** Takes a row that begins in a line; what this line is. */
    take(row: readonly string[], line: number): void {
      if (row.length > width && row.slice(width).some((field) => field.trim() !== ''))
        note('extra-fields', line);
      const kinds = new Set<LineKind>();
      const other = ratingsIn(row, line, (user, item, text, time, at) =>
        kinds.add(takeOne(user.trim(), item.trim(), text.trim(), time.trim(), at, row, line)),
      );
      if (!other) rowCount++;
      const kind = other ?? kindOf(kinds);
      if (kind === 'skipped') skippedRows++;
      lines.note(kind, line);
    },
    /** Sets a row aside that has no fields to take. */
    reject(line: number, reason: Reason, fields: readonly string[]) {
      rowCount++;
      skippedRows++;
      const at = reason === 'open-quote' && fields.length > 1 ? fields.findIndex(beginsQuote) : -1;
      lines.note(setAside(line, reason, at, fields), line);
    },
    /** Whether rows of plain numbers mean what they say: an id is its number, and a time counts seconds. */
    isPlain: (!clock || clock.isNumber) && !wholeIds,
    takePlain,
    /** Takes many of those, in lines one after the other; returns how many, up to one that is not taken. */
    takeColumns(columns: PlainColumns, line: number): number {
      const { users, items, values, times } = columns;
      if (!range && !scaled && unrated.size === 0) {
        rowCount += users.length;
        plainCount += users.length;
        rows.addColumns(columns, line);
        return users.length;
      }
      for (let j = 0; j < users.length; j++)
        if (!takePlain(users[j], items[j], values[j], times[j], line + j)) return j;
      return users.length;
    },
    rejectedLines,
    count: (code: WarningCode) => oddities.get(code)?.count ?? 0,
    account(): Account {
      if (plainCount > 0) lines.note('rating', 0, plainCount);
      if (plainUnrated > 0) lines.note('unrated', 0, plainUnrated);
      return lines.account();
    },
    warnings(): Warning[] {
      const odd: Warning[] = [...oddities].map(([code, where]) => ({ code, ...where }));
      if (unreadTimes > 0) odd.push({ code: 'times-unread', count: unreadTimes, example: unreadTime });
      if (unratedCount > 0) odd.push({ code: 'not-rated', count: unratedCount });
      if (shape.assumed && !isSaid) odd.push({ code: shape.assumed });
      if (scaled) odd.push({ code: 'taken-as-counts' });
      const skipped = { count: rejectedCount, lines: rejectedLines() };
      return rejectedCount > 0 ? [{ code: 'rows-skipped', ...skipped }, ...odd] : odd;
    },
  };
}
export type Intake = ReturnType<typeof intake>;

/** A line is what the best of its ratings is. */
function kindOf(kinds: ReadonlySet<LineKind>): LineKind {
  return (['rating', 'skipped', 'unrated'] as const).find((kind) => kinds.has(kind)) ?? 'unrated';
}
