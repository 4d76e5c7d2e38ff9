import { ReadRefusal } from '../problem';
import type { Chunk } from './chunks';
import { refusalBy } from './sniff';

export type Encoding = 'utf-8' | 'utf-16le' | 'utf-16be' | 'gb18030' | 'windows-1251' | 'windows-1252';

/** Somewhere in the file is what no UTF-8 has: it has to be read once more, as what it seems to be. */
export class NotUtf8 extends Error {
  constructor(readonly seems: Encoding) {
    super(seems);
  }
}

/** Makes text of the bytes of a file, piece by piece; of none, what is left at the end. */
export interface Decoder {
  readonly encoding: Encoding;
  readonly guessed: boolean;
  /** Throws NotUtf8. */
  decode(bytes?: Uint8Array): string;
}

/**
 * Tells by the first bytes of a file how it becomes text: from UTF-8, or UTF-16 with or without its mark; from anything
 * else only where that is known. UTF-8 that is known to have bad bytes has the replacement character for them. Throws a
 * ReadRefusal of what is no text.
 */
export function decoderOf(first: Uint8Array, packed: boolean, known: Encoding | null): Decoder {
  const odd = refusalBy(first);
  // What is said of a picture, that it could be dropped as one, holds for none within an archive.
  if (odd) throw packed && odd.code === 'image-file' ? new ReadRefusal('binary-file') : odd;
  const { name, guessed } = known ? { name: known, guessed: known !== 'utf-8' } : encodingOf(first);
  const decoder = new TextDecoder(name, { fatal: known === null });
  return {
    encoding: name,
    guessed,
    decode(bytes) {
      try {
        return decoder.decode(bytes, { stream: bytes !== undefined });
      } catch {
        throw new NotUtf8(seemingEncoding(bytes ?? new Uint8Array(0)));
      }
    },
  };
}

/** The same pieces; the first is long enough to tell what it is, where there is so much. */
export async function* heads(pieces: AsyncIterable<Chunk>): AsyncGenerator<Chunk, void, undefined> {
  let first: Uint8Array | null = new Uint8Array(0);
  let last = 0;
  for await (const { bytes, consumed } of pieces) {
    last = consumed;
    if (!first) {
      yield { bytes, consumed };
      continue;
    }
    const joined: Uint8Array = new Uint8Array(first.length + bytes.length);
    joined.set(first);
    joined.set(bytes, first.length);
    first = joined;
    if (joined.length < 64) continue;
    yield { bytes: joined, consumed };
    first = null;
  }
  if (first && first.length > 0) yield { bytes: first, consumed: last };
}

/** By its mark, or by where its zero bytes are; UTF-8 until it proves not to be. */
export function encodingOf(head: Uint8Array): { name: Encoding; guessed: boolean } {
  if (head[0] === 0xff && head[1] === 0xfe) return { name: 'utf-16le', guessed: false };
  if (head[0] === 0xfe && head[1] === 0xff) return { name: 'utf-16be', guessed: false };
  const zeros = [0, 0];
  const length = Math.min(head.length, 512) & ~1;
  for (let i = 0; i < length; i++) if (head[i] === 0) zeros[i & 1]++;
  const mostly = 0.8 * (length / 2);
  if (zeros[1] > mostly && zeros[0] === 0) return { name: 'utf-16le', guessed: true };
  if (zeros[0] > mostly && zeros[1] === 0) return { name: 'utf-16be', guessed: true };
  return { name: 'utf-8', guessed: false };
}

/** What bytes seem to be that are no UTF-8 throughout: UTF-8 with some damage, or an older encoding. */
function seemingEncoding(bytes: Uint8Array): Encoding {
  const lenient = new TextDecoder('utf-8').decode(bytes);
  const bad = lenient.split('\ufffd').length - 1;
  const good = lenient.match(/[^\0-\x7f\ufffd]/g)?.length ?? 0;
  if (good > bad) return 'utf-8';
  const runs = runsOfHigh(bytes);
  const letters = runs.reduce((sum, length) => sum + length, 0);
  // Chinese has two bytes a letter; words in Cyrillic are of any length, and those in Latin have few letters beyond ASCII.
  if (letters >= 4 && runs.filter((length) => length % 2 === 0).length > 0.95 * runs.length) return 'gb18030';
  return letters > 3 * runs.length ? 'windows-1251' : 'windows-1252';
}

/** The lengths of runs of bytes beyond ASCII. */
function runsOfHigh(bytes: Uint8Array): number[] {
  const runs: number[] = [];
  let length = 0;
  for (const byte of bytes) {
    if (byte >= 128) length++;
    else if (length > 0) {
      runs.push(length);
      length = 0;
    }
  }
  return length > 0 ? [...runs, length] : runs;
}
