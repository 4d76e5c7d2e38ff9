import { ReadRefusal } from '../problem';
import { readTitles, type Title } from '../titles';
import type { Chunk } from './chunks';
import { decoded, NotUtf8 } from './decode';

/** Bytes of a file of titles: it is held as a whole. */
const mostBytes = 64 << 20;

/** In UTF-8, or else as Windows-1252 (u.item of MovieLens 100K is Latin-1). Empty where it is too long. */
export async function titlesIn(pieces: AsyncIterable<Chunk>): Promise<Map<string, Title>> {
  const parts: Uint8Array[] = [];
  let length = 0;
  for await (const { bytes } of pieces) {
    length += bytes.length;
    if (length > mostBytes) throw new ReadRefusal('too-large');
    parts.push(bytes);
  }
  const again = async function* () {
    for (const bytes of parts) yield { bytes, consumed: 0 };
  };
  for (const encoding of [null, 'windows-1252'] as const) {
    try {
      let whole = '';
      for await (const { text } of decoded(again(), true, encoding)) whole += text;
      return readTitles(whole);
    } catch (error) {
      if (!(error instanceof NotUtf8)) throw error;
    }
  }
  return new Map();
}
