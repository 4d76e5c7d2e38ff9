import type { RejectedRow } from '../rejected';
import type { Chunk } from './chunks';
import { type Encoding, encodingOf } from './decode';
import { linesIn } from './dialect';
import { firstOf } from './entry';
import type { Entry } from './format';

/** Bytes of a row that are shown. */
const mostShown = 1000;

/**
 * Rows that were not taken, with where they stand in a text: it is read once more for that, as far as the last of them,
 * because while it was read nobody knew which they would be.
 *
 * @param said told how many bytes were read again; what it returns is awaited
 */
export async function located(
  rows: readonly RejectedRow[],
  entry: Entry,
  encoding: Encoding,
  said: Said,
): Promise<RejectedRow[]> {
  const places = await placesOf(rows, entry.pieces(), encoding, said);
  return rows.map((row) => ({ ...row, ...places.get(row.line) }));
}

/** The encoding in which a text is read that nobody has to guess about. */
export const encodingIn = async (entry: Entry): Promise<Encoding> =>
  encodingOf(await firstOf(entry.pieces(), 512)).name;

type Said = (consumed: number) => Promise<void> | undefined;

interface Place {
  readonly byte: number;
  readonly text: string;
}

/** Where rows begin, by their lines, and what stands there: those of a row over several lines one below the other. */
async function placesOf(
  rows: readonly RejectedRow[],
  pieces: AsyncIterable<Chunk>,
  encoding: Encoding,
  said: Said,
): Promise<Map<number, Place>> {
  const linesOf = ({ line, fields }: RejectedRow) =>
    Array.from({ length: linesIn(fields) }, (_, below) => line + below);
  const found = await linesAt(new Set(rows.flatMap(linesOf)), pieces, encoding, said);
  return new Map(
    rows.flatMap((row): [number, Place][] => {
      const lines = linesOf(row).flatMap((line) => found.get(line) ?? []);
      const text = lines.map((each) => each.text).join('\n');
      return lines.length > 0 ? [[row.line, { byte: lines[0].byte, text: text.slice(0, mostShown) }]] : [];
    }),
  );
}

/** Some lines of a text, 1-based. */
async function linesAt(
  wanted: ReadonlySet<number>,
  pieces: AsyncIterable<Chunk>,
  encoding: Encoding,
  said: Said,
): Promise<Map<number, Place>> {
  const found = new Map<number, Place>();
  const unitAt = unitsOf(encoding);
  let line = 1;
  let begin = 0;
  let at = 0;
  let wasReturn = false;
  let kept: number[] = [];

  function end() {
    if (wanted.has(line)) {
      const text = new TextDecoder(encoding).decode(Uint8Array.from(kept), { stream: true });
      found.set(line, { byte: begin, text: text.replace(/[\r\n]+$/, '') });
    }
    line++;
    kept = [];
  }

  for await (const { bytes, consumed } of pieces) {
    let isWanted = wanted.has(line);
    for (const byte of bytes) {
      const unit = unitAt(byte, at++);
      if (isWanted && kept.length < mostShown) kept.push(byte);
      if (unit !== 10 && unit !== 13) {
        if (unit >= 0) wasReturn = false;
        continue;
      }
      // A line end of two characters is one.
      if (unit === 10 && wasReturn) kept = [];
      else end();
      begin = at;
      wasReturn = unit === 13;
      isWanted = wanted.has(line);
    }
    if (found.size === wanted.size) return found;
    await said(consumed);
  }
  if (at > begin) end();
  return found;
}

/** Tells the character that ends with a byte, as far as it may be a line end; −1 within one. */
function unitsOf(encoding: Encoding): (byte: number, at: number) => number {
  if (!encoding.startsWith('utf-16')) return (byte) => byte;
  let first = 0;
  return (byte, at) => {
    if (at % 2 === 1) return encoding === 'utf-16le' ? first + 256 * byte : 256 * first + byte;
    first = byte;
    return -1;
  };
}
