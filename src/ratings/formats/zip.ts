import type { Entry } from '@zip.js/zip.js';
import { plainName } from '../plain-name';
import { ReadRefusal } from '../problem';
import { isTitles } from '../titles';
import { type Chunk, chunks } from './chunks';
import type { ArchiveFormat } from './format';

/** A folder of files, such as MovieLens comes in: the ratings are found by their name, and what items are called too. */
export const zip: ArchiveFormat = {
  kind: 'archive',
  id: 'zip',
  words: '.zip',
  recognise: ({ bytes }) =>
    bytes[0] === 0x50 && bytes[1] === 0x4b && (bytes[2] === 3 || bytes[2] === 5 || bytes[2] === 7),
  async open({ file }, endings) {
    const entries = await entriesOf(file);
    const files = entries.filter(
      ({ directory, filename }) => !directory && !/(^|[/\\])(__MACOSX|\._)/.test(filename),
    );
    if (files.some(({ filename }) => filename === '[Content_Types].xml'))
      throw new ReadRefusal('spreadsheet-file');
    const ratings = ratingsAmong(files, endings);
    const titles = files.find(({ filename }) => isTitles(filename));
    return {
      name: ratings.filename,
      pieces: pieces(ratings, file.size / Math.max(1, ratings.uncompressedSize)),
      warnings: areOverlapping(entries) ? ['odd-archive'] : [],
      titles: titles ? () => pieces(titles, 0) : null,
    };
  },
};

async function entriesOf(file: Blob): Promise<Entry[]> {
  // Only who brings such a file loads what unpacks it.
  const { BlobReader, configure, ZipReader } = await import('@zip.js/zip.js');
  configure({ useWebWorkers: false });
  try {
    return await new ZipReader(new BlobReader(file)).getEntries({ normalizeFilename: plainName });
  } catch {
    throw new ReadRefusal('truncated');
  }
}

/** The one that is called as MovieLens calls it; else the one whose name begins with `rating`. */
function ratingsAmong(files: readonly Entry[], endings: readonly string[]): Entry {
  const called = (pattern: RegExp) => files.filter(({ filename }) => pattern.test(filename));
  const exactly = called(/(^|[/\\])(ratings\.(csv|dat)|u\.data)$/i);
  const alike = new RegExp(String.raw`(^|[/\\])ratings?[^/\\]*\.(${endings.join('|')})$`, 'i');
  const candidates = exactly.length > 0 ? exactly : called(alike);
  if (candidates.length > 1) throw new ReadRefusal('several-candidates');
  if (candidates.length === 1) return candidates[0];
  throw new ReadRefusal(called(/\.(zip|gz)$/i).length > 0 ? 'nested-archive' : 'no-ratings-file-in-zip');
}

/** The bytes of an entry; its checksum is verified at their end. */
async function* pieces(entry: Entry, ratio: number): AsyncGenerator<Chunk, void, undefined> {
  if (entry.encrypted) throw new ReadRefusal('encrypted-zip');
  if (entry.directory) throw new ReadRefusal('no-ratings-file-in-zip');
  const { ERR_ENCRYPTED } = await import('@zip.js/zip.js');
  const { readable, writable } = new TransformStream<Uint8Array, Uint8Array>();
  let failure: unknown = null;
  const done = entry
    .getData(writable, { checkSignature: true, checkOverlappingEntryOnly: false })
    .catch((error: unknown) => {
      failure = error;
      return writable.abort(error).catch(() => {});
    });
  let unpackedBytes = 0;
  try {
    for await (const bytes of chunks(readable)) {
      unpackedBytes += bytes.length;
      yield { bytes, consumed: unpackedBytes * ratio };
    }
  } catch {
    throw new ReadRefusal((failure as Error)?.message === ERR_ENCRYPTED ? 'encrypted-zip' : 'corrupt');
  }
  await done;
  if (failure) throw new ReadRefusal('corrupt');
}

/** Whether two entries claim the same bytes: what zip bombs are built of. Only the chosen one is ever unpacked. */
function areOverlapping(entries: readonly Entry[]): boolean {
  const sorted = [...entries].sort((a, b) => a.offset - b.offset);
  return sorted.some(
    (entry, i) => i > 0 && entry.offset < sorted[i - 1].offset + sorted[i - 1].compressedSize,
  );
}
