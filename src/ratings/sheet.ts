import { type Named, nameScore } from './column-names';
import { parseCommaDecimal, parseRating, parseSpelt, wordsWorth } from './numbers';
import { isMoment } from './times';

/** What some rows show of a column. */
export interface Column {
  readonly at: number;
  /** How well its name fits (see `nameScore`); 0 where there are no names. */
  score(role: Named): number;
  /** Its texts that are not empty, without the blanks around them, in the order of the rows. */
  readonly texts: readonly string[];
  /** Different texts. */
  readonly distinct: number;
  /** Its numbers, where all texts are numbers; else null. */
  readonly numbers: readonly number[] | null;
  /** Whether it counts the rows. */
  readonly isCounting: boolean;
  /** Whether all texts could be moments, and none is a small number. */
  readonly isTime: boolean;
}

/** The first rows of a table, with what its columns are like. */
export interface Sheet {
  readonly header: readonly string[] | null;
  /** Without the header. */
  readonly rows: readonly (readonly string[])[];
  readonly columns: readonly Column[];
}

const isMissing = (text: string) => text === '' || /^(nan|null|na|n\/a|none|-)$/i.test(text);

/** The value of a text, however it is spelt; null where it is no number. */
export const numberOf = (text: string): number | null =>
  parseRating(text) ?? parseCommaDecimal(text, false) ?? parseSpelt(text)?.value ?? null;

const isNumber = (text: string) => parseRating(text) !== null || parseCommaDecimal(text, false) !== null;

function columnOf(rows: Sheet['rows'], at: number, name: string | undefined): Column {
  const texts = rows.map((row) => row[at]?.trim() ?? '').filter((text) => !isMissing(text));
  const numbers = texts.length > 0 && texts.every(isNumber) ? texts.map((text) => numberOf(text) ?? 0) : null;
  const scores = new Map<Named, number>();
  return {
    at,
    texts,
    numbers,
    score(role) {
      const known = scores.get(role) ?? (name === undefined ? 0 : nameScore(name, role));
      scores.set(role, known);
      return known;
    },
    distinct: new Set(texts).size,
    isCounting: numbers !== null && numbers.length > 2 && numbers.every((n, j) => n === numbers[0] + j),
    isTime: texts.length > 0 && texts.every(isMoment),
  };
}

/** The number of fields that most rows have, at least two of them where there are so many. */
function widthOf(rows: Sheet['rows']): number {
  const counts = new Map<number, number>();
  for (const { length } of rows) counts.set(length, (counts.get(length) ?? 0) + 1);
  return [...counts].reduce((best, next) => (next[1] > best[1] ? next : best), [0, 0])[0];
}

/** Whether the first of some rows names the columns: it has names that are known, or words above numbers. */
function isHeader([first, ...rest]: Sheet['rows']): boolean {
  const roles = ['user', 'item', 'rating', 'time'] as const;
  if (roles.some((role) => first.some((name) => nameScore(name, role) >= 4))) return true;
  if (first.some(isNumber) || new Set(first).size < first.length) return false;
  // What stands below again is no name.
  if (first.some((name, at) => name.trim() !== '' && rest.some((row) => row[at] === name))) return false;
  if (roles.filter((role) => first.some((name) => nameScore(name, role) >= 2)).length > 1) return true;
  return first.some((name, at) => {
    const texts = rest.map((row) => row[at]?.trim() ?? '').filter((text) => !isMissing(text));
    return name.trim() !== '' && texts.length > 0 && texts.every((text) => isNumber(text) || isMoment(text));
  });
}

/**
 * Looks at the first rows of a table.
 *
 * @param header whether the first row names the columns, where that is known
 */
export function sheetOf(rows: Sheet['rows'], header?: boolean): Sheet {
  const isNamed = header ?? isHeader(rows);
  const body = isNamed ? rows.slice(1) : rows;
  const width = Math.max(widthOf(body), isNamed ? rows[0].length : 0);
  const names = isNamed ? rows[0] : null;
  const columns = Array.from({ length: width }, (_, at) => columnOf(body, at, names?.[at]));
  return { header: names, rows: body, columns };
}

/**
 * The same rows, where their header has a name less than they have fields and the first field counts them: R writes row
 * names so, which have no name of their own. Else the rows as they are.
 */
export function withRowNames(rows: Sheet['rows']): Sheet['rows'] {
  const [header, ...body] = rows;
  if (body.length < 2 || body.some((row) => row.length !== header.length + 1) || !isHeader(rows)) return rows;
  const names = columnOf(body, 0, undefined);
  return names.isCounting ? [['', ...header], ...body] : rows;
}

/** Whether a column has values that ratings can be: not all the same or all different, and none too large. */
export function isRatingLike({ texts, numbers, distinct, isCounting, isTime }: Column): boolean {
  if (texts.length === 0 || isCounting || isTime) return false;
  if (!numbers) return texts.every((text) => numberOf(text) !== null) || wordsWorth(texts) !== null;
  if (texts.length > 20 && (distinct === 1 || (distinct === texts.length && numbers.every(Number.isInteger))))
    return false;
  return numbers.every((n) => Math.abs(n) <= 1000);
}

/** Whether a column can be users or items: it repeats, but is not always the same. */
export function isEntityLike({ texts, numbers, distinct, isCounting, isTime }: Column): boolean {
  if (texts.length === 0 || isCounting || isTime) return false;
  if (numbers?.some((n) => !Number.isInteger(n))) return false;
  if (texts.length > 20 && (distinct < 3 || distinct > 0.98 * texts.length)) return false;
  return texts.reduce((sum, { length }) => sum + length, 0) < 100 * texts.length;
}
