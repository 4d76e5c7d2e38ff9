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
  const { readable, writable } = new TransformStream<Uint8Array, Uint8Array>();
  let failure: unknown = null;
  const done = entry.getData(writable, { checkSignature: true }).catch((error: unknown) => {
    failure = error;
    return writable.abort(error).catch(() => {});
  });
  try {
    yield* chunks(readable);
  } catch {
    const isLocked = (failure as Error | null)?.message === ERR_ENCRYPTED;
    throw await refuse(isLocked ? 'encrypted-zip' : 'corrupt');
  }
  await done;
  if (failure) throw await refuse('corrupt');
}
