import type { ShapeId } from './shapes';

/** What a field of a row is. */
export type Role = 'none' | 'user' | 'item' | 'rating' | 'time';

/** The positions of the fields in a row; `time` is −1 where there is none. */
export interface Columns {
  readonly user: number;
  readonly item: number;
  readonly rating: number;
  readonly time: number;
  /** Whether the first row names the columns. */
  readonly header: boolean;
}

/** How a text is written, and what its values mean. What is absent is as it usually is. */
interface Dialect {
  /** Empty where nothing delimits the fields, as in JSON; a blank stands for any run of them. */
  readonly delimiter: string;
  /** Physical lines above the table: titles, notes, `sep=;`. */
  readonly above?: number;
  /** How ratings stand in it (see `shapes`); a rating a row where it is absent. */
  readonly shape?: ShapeId;
  /** In dates such as 9/6/2005. */
  readonly dates?: 'day-first' | 'month-first';
  /** Values that mean "not rated": these are left out, and counted. */
  readonly unrated?: readonly number[];
  /** What ratings that are words are worth, by the word in lower case. */
  readonly words?: Readonly<Record<string, number>>;
  /** Ratings are counts: log(1 + count) is taken instead. */
  readonly counts?: boolean;
}

/** How a text is laid out: what somebody can say of it, and what a reader answers. */
export interface Mapping extends Columns, Dialect {}

/** The first rows of a table, and what its columns seem to be, for a user to look at. */
export interface Preview {
  /** Fields of at most twenty rows, a header among them, each cut at 100 characters. */
  readonly rows: readonly (readonly string[])[];
  /** How it was read. Where that was not clear it is a guess, and −1 stands for what could not be guessed. */
  readonly mapping: Mapping;
}

const names = {
  user: 'user userid uid username customer customerid reviewer reviewerid'.split(' '),
  item: [
    ...'item itemid movie movieid iid product productid book bookid isbn song songid'.split(' '),
    ...'track trackid asin businessid joke jokeid game gameid'.split(' '),
  ],
  rating: 'rating score stars value bookrating overall'.split(' '),
  time: 'timestamp time ts date unixtime unixreviewtime datetime'.split(' '),
};

/** Names of fields as they are compared: without capitals, blanks, quotes and other marks between the words. */
export const plainNames = (fields: readonly string[]): string[] =>
  fields.map((field) => field.toLowerCase().replace(/["_\s.-]/g, ''));

const number = /^[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?$/;

/** The value of a rating that is text; null where that is no finite number. */
export function parseRating(text: string): number | null {
  return number.test(text) && Math.abs(Number(text)) < 3e38 ? Number(text) : null;
}

const isoDate = /^\d{4}-\d\d-\d\d([T ]\d\d:\d\d(:\d\d(\.\d+)?)?( ?UTC|Z|[+-]\d\d:?\d\d)?)?$/;

/** The seconds (or milliseconds) since 1970 of a time that is text: a number, or a date as in ISO 8601; else NaN. */
export function parseTime(text: string): number {
  if (!isoDate.test(text)) return parseRating(text) ?? Number.NaN;
  const [day, rest = '00:00'] = text.replace(/ ?UTC$/, 'Z').split(/[T ]/);
  // A time without a zone is taken for UTC, so that a file means the same everywhere.
  return Date.parse(`${day}T${rest}${/(Z|[+-]\d\d:?\d\d)$/.test(rest) ? '' : 'Z'}`) / 1000;
}

/** What delimits the fields of a line: of those that occur in it, the one that is least likely to be part of a field. */
export function delimiterOf(line: string): string {
  return ['::', '\t', ';', '|', ','].find((candidate) => line.includes(candidate)) ?? ' ';
}

const known = ['user', 'item', 'rating', 'time'] as const;

/** Which fields of a header have a name that is known, for each role. */
function namedFields(header: readonly string[]): Record<(typeof known)[number], number[]> {
  const fields = plainNames(header);
  const at = (role: (typeof known)[number]) =>
    fields.flatMap((field, i) => (names[role].includes(field) ? [i] : []));
  return { user: at('user'), item: at('item'), rating: at('rating'), time: at('time') };
}

/**
 * Finds the columns by name; else by place (user, item, rating, time) where the third field is a number.
 *
 * @param named the first row is nothing but names
 */
export function findColumns(
  first: readonly string[],
  named = false,
): Columns | 'missing-column' | 'ambiguous-columns' | 'no-ratings' {
  const { user, item, rating, time } = namedFields(first);
  if (user.length + item.length + rating.length > 0) {
    if (user.length > 1 || item.length > 1 || rating.length > 1) return 'ambiguous-columns';
    if (user.length === 0 || item.length === 0 || rating.length === 0) return 'missing-column';
    return { user: user[0], item: item[0], rating: rating[0], time: time[0] ?? -1, header: true };
  }
  if (first.length < 3) return 'no-ratings';
  if (named || parseRating(first[2].trim()) === null) return 'missing-column';
  return { user: 0, item: 1, rating: 2, time: first.length > 3 ? 3 : -1, header: false };
}

/** Which of user, item and rating a header does not name. */
export function missingFrom(first: readonly string[]): string[] {
  const named = namedFields(first);
  return ['user', 'item', 'rating'].filter((role) => named[role as 'user'].length === 0);
}

/**
 * Guesses what the columns of some rows are where their names do not tell. The time is the last column of large numbers
 * or dates, the rating the last of numbers up to a thousand, and user and item are the first two that are left. −1
 * stands for what no column looks like.
 */
export function guessColumns(rows: readonly (readonly string[])[]): Columns {
  const first = rows[0] ?? [];
  const named = namedFields(first);
  const isNumber = (text: string | undefined) => parseRating(text?.trim() ?? '') !== null;
  const body = rows.slice(1);
  const header = body.length > 0 && first.some((text, i) => !isNumber(text) && isNumber(body[0][i]));
  const data = header || body.length === 0 ? body : rows;
  const column = (i: number) => data.map((row) => row[i]?.trim() ?? '').filter((text) => text !== '');
  const taken = new Set(known.flatMap((role) => named[role].slice(0, 1)));
  const places = first.map((_, i) => i);
  /** The column of that name; else the first in an order, of those that are left, that has nothing but such texts. */
  const take = (role: (typeof known)[number], order: readonly number[], fits: (text: string) => boolean) => {
    const isFit = (texts: readonly string[]) => texts.length > 0 && texts.every(fits);
    const at = named[role][0] ?? order.find((i) => !taken.has(i) && isFit(column(i))) ?? -1;
    taken.add(at);
    return at;
  };
  const isTime = (text: string) => Number.isFinite(parseTime(text)) && !(Math.abs(Number(text)) < 1e8);
  const isRating = (text: string) => isNumber(text) && Math.abs(Number(text)) <= 1000;
  const time = take('time', places.toReversed(), isTime);
  const rating = take('rating', places.toReversed(), isRating);
  const user = take('user', places, () => true);
  const item = take('item', places, () => true);
  return { user, item, rating, time, header };
}

/** Tells what each field is, in rows of so many fields. */
export function rolesOf(columns: Columns, width: number): Role[] {
  const roles: Role[] = Array.from({ length: width }, () => 'none');
  for (const role of known) if (columns[role] >= 0) roles[columns[role]] = role;
  return roles;
}
