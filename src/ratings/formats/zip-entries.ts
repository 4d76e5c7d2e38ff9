import { BlobReader, configure, type Entry, ERR_ENCRYPTED, type FileEntry, ZipReader } from '@zip.js/zip.js';
import { chunks } from './chunks';
import { plainName } from './names';

/** Makes the error that ends the reading: each reader of archives has one of its own. */
type Refuse = (code: 'truncated' | 'encrypted-zip' | 'corrupt') => Error | Promise<Error>;

/** What a ZIP lists. Nothing is written anywhere, so that the names may be odd ones. */
export async function entriesOf(file: Blob, refuse: Refuse): Promise<Entry[]> {
  configure({ useWebWorkers: false });
  try {
    return await new ZipReader(new BlobReader(file)).getEntries({ normalizeFilename: plainName });
  } catch {
    throw await refuse('truncated');
  }
}

/** The bytes of a file in a ZIP, as they are unpacked; its checksum is verified at their end. */
export async function* unpacked(
  entry: FileEntry,
  refuse: Refuse,
): AsyncGenerator<Uint8Array, void, undefined> {
  if (entry.encrypted) throw await refuse('encrypted-zip');
  const isDeflate = entry.compressionMethod === 8 && entry.signature !== undefined;
  const { readable, writable } = new TransformStream<Uint8Array<ArrayBuffer>, Uint8Array<ArrayBuffer>>();
  let failure: unknown = null;
  const done = entry
    .getData(writable, { checkSignature: !isDeflate, passThrough: isDeflate })
    .catch((error: unknown) => {
      failure = error;
      return writable.abort(error).catch(() => {});
    });
  try {
    yield* chunks(isDeflate ? inflated(readable, entry) : readable);
  } catch {
    const isLocked = (failure as Error | null)?.message === ERR_ENCRYPTED;
    throw await refuse(isLocked ? 'encrypted-zip' : 'corrupt');
  }
  await done;
  if (failure) throw await refuse('corrupt');
}

/** As what gzip would have made of the same file: so the browser itself inflates it and verifies length and checksum. */
function inflated(
  packed: ReadableStream<Uint8Array<ArrayBuffer>>,
  { signature = 0, uncompressedSize }: FileEntry,
): ReadableStream<Uint8Array<ArrayBuffer>> {
  const trailer = new DataView(new ArrayBuffer(8));
  trailer.setUint32(0, signature, true);
  trailer.setUint32(4, uncompressedSize % 2 ** 32, true);
  const around = new TransformStream<Uint8Array<ArrayBuffer>, Uint8Array<ArrayBuffer>>({
    start: (gzip) => gzip.enqueue(Uint8Array.of(0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 255)),
    flush: (gzip) => gzip.enqueue(new Uint8Array(trailer.buffer)),
  });
  return packed.pipeThrough(around).pipeThrough(new DecompressionStream('gzip'));
}
