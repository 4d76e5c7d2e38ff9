import { ReadRefusal } from '../problem';
import { type Chunk, plain } from './chunks';
import { encodingOf } from './decode';
import type { Entry, Head, Named } from './format';

/** A file that was brought, as it is. */
export const entryOf = (from: Named): Entry => ({
  name: from.name,
  from,
  file: from.file,
  size: from.file.size,
  pieces: () => plain(from.file),
});

/** Bytes of a head: enough to tell what it is. */
export const headBytes = 1 << 16;

/** How a file begins. Its text is taken for UTF-8 or UTF-16, or else for Windows-1252: that will do to tell what it is. */
export async function headOf(entry: Entry, count = headBytes): Promise<Head> {
  const isKnown = entry.head && (entry.head.length < headBytes || count <= headBytes);
  const bytes = isKnown && entry.head ? entry.head : await firstOf(entry.pieces(), count);
  let text: string;
  try {
    text = new TextDecoder(encodingOf(bytes).name, { fatal: true }).decode(bytes, { stream: true });
  } catch {
    text = new TextDecoder('windows-1252').decode(bytes);
  }
  return { name: entry.name, bytes, text: text.replace(/\r\n?/g, '\n') };
}

/** The lines of a beginning that do not go on behind it. */
export const wholeLines = ({ text, bytes }: Head): string =>
  bytes.length < headBytes ? text : text.slice(0, text.lastIndexOf('\n') + 1) || text;

/** The first so many bytes, or all where there are fewer. */
export async function firstOf(pieces: AsyncIterable<Chunk>, count: number): Promise<Uint8Array> {
  const first = new Uint8Array(count);
  let length = 0;
  for await (const { bytes } of pieces) {
    const part = bytes.subarray(0, count - length);
    first.set(part, length);
    length += part.length;
    if (length === count) break;
  }
  return first.slice(0, length);
}

/** Bytes of what was packed and can only be read here and there: it is held as a whole. */
const mostUnpacked = 1 << 30;
/** Bytes that are handed to the browser at once, which keeps them where it likes. */
const atOnce = 1 << 24;

/** The entry as a file that can be read here and there: what was packed is unpacked as a whole. Throws a ReadRefusal. */
export async function fileOf({ file, pieces }: Pick<Entry, 'file' | 'pieces'>): Promise<Blob> {
  if (file) return file;
  let whole = new Blob();
  let parts: BlobPart[] = [];
  let length = 0;
  for await (const { bytes } of pieces()) {
    if (whole.size + length > mostUnpacked) throw new ReadRefusal('too-large');
    parts.push(bytes as BlobPart);
    length += bytes.length;
    if (length < atOnce) continue;
    whole = new Blob([whole, ...parts]);
    parts = [];
    length = 0;
  }
  return new Blob([whole, ...parts]);
}
