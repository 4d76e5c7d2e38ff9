import type { PlainColumns } from '../collector';
import type { Role } from '../columns';
import { plainBelow } from '../ids';

/** What rows of plain numbers are like. */
export interface PlainForm {
  /** What their fields are. */
  readonly roles: readonly Role[];
  /** What delimits them: one character, or twice the same; a blank stands for any run of blanks. */
  readonly delimiter: string;
}

/** Rows of plain numbers that were found in some bytes. */
export interface PlainRows extends PlainColumns {
  /** Where the first row that is anything else begins: the tokeniser goes on there. */
  readonly end: number;
}

/** Who reads rows of plain numbers out of bytes, from the first on; another thread may. The bytes stay as they are. */
export type ReadsPlainRows = (bytes: Uint8Array, form: PlainForm) => PlainRows | Promise<PlainRows>;

const columnsOf = (length: number) => ({
  users: new Uint32Array(length),
  items: new Uint32Array(length),
  values: new Float64Array(length),
  times: new Float64Array(length),
});

/** What rows are read into, before it is known how many they are. */
let room = columnsOf(0);

const firstOf = ({ users, items, values, times }: PlainColumns, count: number): PlainColumns => ({
  users: users.slice(0, count),
  items: items.slice(0, count),
  values: values.slice(0, count),
  times: times.slice(0, count),
});

/**
 * Reads rows of plain numbers out of UTF-8: whole ids below 2²⁴ without leading zeros, decimals of at most 15 digits (so
 * that a quotient of two exact numbers is the nearest float64, as Number would give it), no blanks, no quotes, as many
 * fields as there are roles, a line end. A tenth of the time that the tokeniser takes.
 */
export function plainRows(bytes: Uint8Array, { roles, delimiter }: PlainForm, from = 0): PlainRows {
  const places = Int32Array.from(roles, (role) => placeOf[role]);
  const separator = delimiter.charCodeAt(0);
  // A row takes a digit and a separator a field at least.
  const most = Math.ceil((bytes.length - from) / (2 * roles.length));
  if (room.users.length < most) room = columnsOf(most);
  // Behind the last line end nothing is looked at: so nothing is ever read beyond the end of the bytes, which is slow.
  const limit = bytes.lastIndexOf(lineEnd) + 1;
  let count = 0;
  let end = from;
  while (end < limit) {
    const next = readRow(bytes, end, places, separator, delimiter.length, room, count);
    if (next === 0) break;
    end = next;
    count++;
  }
  const isText = !roles.includes('none') || isUtf8(bytes.subarray(from, end));
  return isText ? { ...firstOf(room, count), end } : { ...firstOf(room, 0), end: from };
}

/** Reads the row that begins at `begin` into the columns at `at`; returns where the next one begins, 0 where it is not plain. */
function readRow(
  bytes: Uint8Array,
  begin: number,
  places: Int32Array,
  separator: number,
  separatorLength: number,
  { users, items, values, times }: PlainColumns,
  at: number,
): number {
  const last = places.length - 1;
  let p = begin;
  times[at] = Number.NaN;
  for (let field = 0; field <= last; field++) {
    const place = places[field];
    let c = bytes[p];
    if (place < 0) while (c !== separator && c >= 32 && c !== quote) c = bytes[++p];
    else {
      const isNegative = place === rating && c === minus;
      if (isNegative) c = bytes[++p];
      const first = p;
      let number = 0;
      while (c >= zero && c <= nine) {
        number = 10 * number + (c - zero);
        c = bytes[++p];
      }
      let digits = p - first;
      if (digits === 0) return 0;
      if (place === rating) {
        if (c === point) {
          c = bytes[++p];
          while (c >= zero && c <= nine) {
            number = 10 * number + (c - zero);
            c = bytes[++p];
          }
          const decimals = p - first - digits - 1;
          if (decimals === 0 || decimals > 15) return 0;
          digits += decimals;
          number /= powers[decimals];
        }
        values[at] = isNegative ? -number : number;
      } else if (place === time) times[at] = number;
      else {
        if (number >= plainBelow || (digits > 1 && bytes[first] === zero)) return 0;
        if (place === user) users[at] = number;
        else items[at] = number;
      }
      if (digits > 15) return 0;
    }
    if (field < last) {
      if (c !== separator) return 0;
      if (separatorLength === 2 && bytes[++p] !== separator) return 0;
      p++;
      if (separator === blank) while (bytes[p] === blank) p++;
    } else {
      if (c === carriageReturn) c = bytes[++p];
      if (c !== lineEnd) return 0;
    }
  }
  return p + 1;
}

/** Who decodes text finds out which encoding it may be. */
function isUtf8(bytes: Uint8Array): boolean {
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    return true;
  } catch {
    return false;
  }
}

/** What a field is, as a number, which is compared faster than text. */
const placeOf: Readonly<Record<Role, number>> = { none: -1, user: 0, item: 1, rating: 2, time: 3 };
const { user, rating, time } = placeOf;

const zero = 48;
const nine = 57;
const point = 46;
const minus = 45;
const quote = 34;
const blank = 32;
const lineEnd = 10;
const carriageReturn = 13;
const powers = Array.from({ length: 16 }, (_, n) => 10 ** n);
