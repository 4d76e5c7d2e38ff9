import { Refusal } from './refusal';

/** 'x93NUMPY', version, length: what is there before the header's text in version 1. */
const prologue = 10;
const magic = [0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59];
/** More than any header that says float32 and three lengths. */
const longestHeader = 4096;

/**
 * The header of an array in C order, as numpy writes it (format 1.0); its data follow.
 *
 * @param kind what numpy calls it: little-endian float32, or texts of so many letters
 */
export function npyHeader(shape: readonly number[], kind = '<f4'): Uint8Array<ArrayBuffer> {
  const lengths = shape.length === 1 ? `${shape[0]},` : shape.join(', ');
  const text = `{'descr': '${kind}', 'fortran_order': False, 'shape': (${lengths}), }`;
  const length = Math.ceil((prologue + text.length + 1) / 64) * 64;
  const header = new Uint8Array(length).fill(0x20);
  header.set([...magic, 1, 0, (length - prologue) & 255, (length - prologue) >> 8]);
  header.set(new TextEncoder().encode(text), prologue);
  header[length - 1] = 0x0a;
  return header;
}

/** A whole array of texts, each in as many 32-bit letters as the longest has. */
export function npyTexts(texts: readonly string[]): [Uint8Array<ArrayBuffer>, Uint32Array<ArrayBuffer>] {
  const letters = texts.map((text) => Array.from(text, (letter) => letter.codePointAt(0) ?? 0));
  const longest = letters.reduce((most, { length }) => Math.max(most, length), 1);
  const all = new Uint32Array(texts.length * longest);
  for (const [i, codes] of letters.entries()) all.set(codes, i * longest);
  return [npyHeader([texts.length], `<U${longest}`), all];
}

/**
 * The shape that a file begins with, and where its data begin; null as long as the header is not there as a whole.
 * Throws a Refusal: `corrupt` for what is no NPY file, `bad-value` for numbers of another kind or order.
 */
export function npyShape(head: Uint8Array): { shape: number[]; dataAt: number } | null {
  if (magic.some((byte, i) => i < head.length && head[i] !== byte)) throw new Refusal('corrupt');
  if (head.length < 12) return null;
  const wide = head[6] >= 2;
  if (head[6] < 1 || head[6] > 3) throw new Refusal('corrupt');
  const textAt = wide ? 12 : prologue;
  const length = head[8] + 256 * head[9] + (wide ? 65536 * head[10] + 16777216 * head[11] : 0);
  if (length > longestHeader) throw new Refusal('corrupt');
  const dataAt = textAt + length;
  if (head.length < dataAt) return null;
  const text = new TextDecoder().decode(head.subarray(textAt, dataAt));
  const field = (name: string, value: string) =>
    new RegExp(`['"]${name}['"]\\s*:\\s*${value}`).exec(text)?.[1];
  const kind = field('descr', `['"]([^'"]*)['"]`);
  const order = field('fortran_order', '(True|False)');
  const lengths = field('shape', '\\(([\\d\\s,]*)\\)');
  if (kind === undefined || order === undefined || lengths === undefined) throw new Refusal('corrupt');
  if (kind !== '<f4' || order !== 'False') throw new Refusal('bad-value');
  return {
    shape: lengths
      .split(',')
      .filter((part) => part.trim())
      .map(Number),
    dataAt,
  };
}

/** Throws a Refusal where a number is not finite. */
export function checkFinite(values: Float32Array): void {
  for (const value of values) if (!Number.isFinite(value)) throw new Refusal('bad-value');
}
