import type { Role } from '../columns';
import { plainBelow } from '../ids';

/**
 * Reads rows of plain numbers out of ASCII bytes[0…length), and calls `add` with each: whole ids below 2²⁴ without leading
 * zeros, decimals of at most 15 digits (so that a quotient of two exact numbers is the nearest float64, as Number
 * would give it), no blanks, no quotes, as many fields as there are roles, a line end. Returns where the first row
 * that is anything else begins: the tokeniser goes on there. A tenth of the time that it takes.
 *
 * @param roles what the fields of a row are
 * @param delimiter what delimits them: one character, or twice the same
 * @param add returns false to leave this row, and what follows, to the tokeniser
 */
export function plainRows(
  bytes: Uint8Array,
  length: number,
  roles: readonly Role[],
  delimiter: string,
  add: (user: number, item: number, value: number, time: number) => boolean,
): number {
  const separator = delimiter.charCodeAt(0);
  const separatorLength = delimiter.length;
  const last = roles.length - 1;
  for (let begin = 0; begin < length; ) {
    let p = begin;
    let user = 0;
    let item = 0;
    let value = 0;
    let time = Number.NaN;
    for (let field = 0; field <= last; field++) {
      const role = roles[field];
      let c = bytes[p];
      if (role === 'none') {
        while (c !== separator && c >= 32 && c !== quote) c = bytes[++p];
      } else {
        const negative = role === 'rating' && c === minus;
        if (negative) c = bytes[++p];
        const first = p;
        let number = 0;
        while (c >= zero && c <= nine) {
          number = 10 * number + (c - zero);
          c = bytes[++p];
        }
        let digits = p - first;
        if (digits === 0) return begin;
        if (role === 'rating') {
          if (c === point) {
            c = bytes[++p];
            while (c >= zero && c <= nine) {
              number = 10 * number + (c - zero);
              c = bytes[++p];
            }
            const decimals = p - first - digits - 1;
            if (decimals === 0 || decimals > 15) return begin;
            digits += decimals;
            number /= powers[decimals];
          }
          value = negative ? -number : number;
        } else if (role === 'time') time = number;
        else {
          if (number >= plainBelow || (digits > 1 && bytes[first] === zero)) return begin;
          if (role === 'user') user = number;
          else item = number;
        }
        if (digits > 15) return begin;
      }
      if (field < last) {
        if (c !== separator) return begin;
        if (separatorLength === 2 && bytes[++p] !== separator) return begin;
        p++;
      } else if (c !== lineEnd || p >= length) return begin;
    }
    if (!add(user, item, value, time)) return begin;
    begin = p + 1;
  }
  return length;
}

const zero = 48;
const nine = 57;
const point = 46;
const minus = 45;
const quote = 34;
const lineEnd = 10;
const powers = Array.from({ length: 16 }, (_, n) => 10 ** n);
