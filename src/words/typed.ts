/** What somebody typed, read as a number; or why it is not. */
export type Typed =
  | { readonly kind: 'number'; readonly value: number }
  | { readonly kind: 'none' }
  /** It may be either of two numbers, as people write them in different countries. */
  | { readonly kind: 'ambiguous'; readonly either: readonly [string, string] };

/** Whether this reader's language writes one half as '0,5'. */
const writesComma = () => new Intl.NumberFormat().format(0.5).includes(',');

/** The digit that a decimal digit of any script stands for: each script has its ten in a row, from …0 or …6 on. */
function digitOf(character: string): string {
  // Those of mathematical alphabets are not meant as numbers.
  if (character.length > 1) return character;
  const code = character.charCodeAt(0);
  const row = code - (code % 16);
  const zero = /\p{Nd}/u.test(String.fromCharCode(row)) ? row : row + 6;
  return String(code - zero);
}

/** Digits, signs and separators of all scripts as ASCII; thousands that can be nothing else are left out. */
function inAscii(text: string): string {
  return text
    .replace(/\p{Cf}/gu, '')
    .trim()
    .replace(/\p{Nd}/gu, digitOf)
    .replace(/[−－‒–—﹣]/g, '-')
    .replace(/[٫．]/g, '.')
    .replace(/[，、]/g, ',')
    .replace(/\s*[%٪％]$/, '')
    .replace(/(?<=\d)[\p{Zs}'’٬](?=\d{3}(?!\d))/gu, '');
}

const plain = /^[+-]?(\d+(\.\d*)?|\.\d+)(e[+-]?\d+)?$/i;
/** Three digits after a single separator, and up to three before it that are not a zero. */
const perhapsThousands = /^[+-]?[1-9]\d{0,2}[.,]\d{3}$/;
const grouped = { ',': /^[+-]?\d{1,3}(,\d{2,3})*,\d{3}(\.\d+)?$/, '.': /^[+-]?\d{1,3}(\.\d{3})+(,\d+)?$/ };

/**
 * Reads a number as people write it: '1.5' and '1,5', '1 000', '1’000', '1,000,000.5', '1.000.000,5', '1e-4', '१.५',
 * '١٫٥', and '20 %'. Never guesses: what may be two numbers is told as such.
 *
 * @param whole only whole numbers are meant, so that three digits after a separator are thousands
 * @param comma whether this reader writes decimals with a comma
 */
export function readTyped(text: string, whole: boolean, comma = writesComma()): Typed {
  const ascii = inAscii(text);
  const separators = new Set(ascii.replace(/[^.,]/g, ''));
  if (perhapsThousands.test(ascii)) {
    const [thousands, decimals] = [ascii.replace(/[.,]/, ''), ascii.replace(',', '.')];
    if (whole) return numberOf(thousands);
    if (ascii.includes(',') || comma)
      return { kind: 'ambiguous', either: [thousands, String(Number(decimals))] };
  }
  const last = ascii[Math.max(ascii.lastIndexOf('.'), ascii.lastIndexOf(','))];
  if (separators.size === 2 || (separators.size === 1 && ascii.split(last).length > 2)) {
    const thousands = separators.size === 2 ? (last === '.' ? ',' : '.') : (last as ',' | '.');
    if (!grouped[thousands].test(ascii)) return { kind: 'none' };
    return numberOf(ascii.replaceAll(thousands, '').replace(',', '.'));
  }
  return numberOf(ascii.replace(',', '.'));
}

function numberOf(ascii: string): Typed {
  const value = plain.test(ascii) ? Number(ascii) : Number.NaN;
  return Number.isFinite(value) ? { kind: 'number', value } : { kind: 'none' };
}

/** Which numbers can be typed somewhere. */
export interface NumberBounds {
  readonly min: number;
  readonly max: number;
  readonly whole?: boolean | undefined;
}

/**
 * What is taken of what somebody typed: the number, or the nearest within the bounds; null: nothing, and all stays as
 * it is. What was not taken as typed is said in words.
 */
export function takeTyped(text: string, { min, max, whole = false }: NumberBounds, comma = writesComma()) {
  const typed = readTyped(text, whole, comma);
  const refused = (words: string) => ({ value: null, words });
  if (typed.kind === 'none') return refused(`“${text}” is not a number.`);
  if (typed.kind === 'ambiguous')
    return refused(`“${text}” may be ${typed.either.join(' or ')}: write it like one of these.`);
  const { value } = typed;
  if (whole && !Number.isInteger(value)) return refused(`${text} is not a whole number.`);
  if (value > max) return { value: max, words: `${text} is too much: ${plainly(max)} is the most.` };
  if (value < min) return { value: min, words: `${text} is too little: ${plainly(min)} is the least.` };
  return { value, words: '' };
}

/** A bound, as it could be typed. */
const plainly = (value: number): string => String(Number(value.toPrecision(6)));
