import type { DateOrder } from './times';

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
  readonly shape?: string;
  /** In dates such as 9/6/2005. */
  readonly dates?: DateOrder;
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

/** Names of fields as they are compared: without capitals, blanks, quotes and other marks between the words. */
export const plainNames = (fields: readonly string[]): string[] =>
  fields.map((field) => field.toLowerCase().replace(/["_\s.-]/g, ''));

/** What delimits the fields of a line: of those that occur in it, the one that is least likely to be part of a field. */
export function delimiterOf(line: string): string {
  return ['::', '\t', ';', '|', ','].find((candidate) => line.includes(candidate)) ?? ' ';
}

/** Tells what each field is, in rows of so many fields. */
export function rolesOf(columns: Columns, width: number): Role[] {
  const roles: Role[] = Array.from({ length: width }, () => 'none');
  for (const role of ['user', 'item', 'rating', 'time'] as const)
    if (columns[role] >= 0) roles[columns[role]] = role;
  return roles;
}
