import { BlobReader, configure, type Entry, ERR_ENCRYPTED, ZipReader } from '@zip.js/zip.js';
import { Inflate } from 'pako';
import { plainName } from '../ratings/plain-name';
import { isTitles } from '../ratings/titles';
import { chunks, isZip, type Piece, Refusal } from './pieces';

/** What a gzip or zip archive holds. */
export interface Unpacked {
  /** Bytes of the ratings file; to read them may throw a Refusal. */
  readonly pieces: AsyncIterable<Piece>;
  /** Codes. */
  readonly warnings: string[];
  /** Bytes of a file that says what items are called; null where there is none. */
  readonly titles: (() => AsyncIterable<Piece>) | null;
}

/** Finds what is to be read in a gzip or zip archive. Throws a Refusal. */
export async function unpacked(file: Blob, head: Uint8Array): Promise<Unpacked> {
  return isZip(head) ? unzipped(file) : { pieces: gunzipped(file), warnings: [], titles: null };
}

/**
 * One member after the other, as zlib does it: checksums are checked, padding after the last is ignored. By pako,
 * since DecompressionStream refuses files of several members and fflate checks no checksum.
 */
async function* gunzipped(file: Blob): AsyncGenerator<Piece, void, undefined> {
  const out: Uint8Array[] = [];
  let member = newMember(out);
  let consumed = 0;
  for await (const bytes of chunks(file.stream())) {
    for (let from = 0; from < bytes.length; from += inflateStep) {
      let rest = bytes.subarray(from, from + inflateStep);
      while (rest.length > 0) {
        if (member.ended()) {
          // Padding, or another member.
          const next = rest.findIndex((byte) => byte !== 0);
          if (next < 0) break;
          member = newMember(out);
          rest = rest.subarray(next);
        }
        rest = member.push(rest);
        for (const piece of out.splice(0)) yield { bytes: piece, consumed: consumed + from };
      }
    }
    consumed += bytes.length;
  }
  member.end();
  for (const piece of out.splice(0)) yield { bytes: piece, consumed };
}

/** One member (or several, where they come in one piece); what it unpacks goes to `out`. Throws a Refusal. */
function newMember(out: Uint8Array[]) {
  const inflate = new Inflate({ chunkSize: 1 << 18 });
  let status: number | null = null;
  inflate.onData = (bytes) => void out.push(bytes as Uint8Array);
  inflate.onEnd = (ended) => {
    status = ended;
  };
  const refuseBad = () => {
    if (status !== null && status !== 0 && status !== incomplete) throw new Refusal('corrupt');
  };
  return {
    ended: () => status === 0,
    /** Returns what it did not need. */
    push(bytes: Uint8Array): Uint8Array {
      inflate.push(bytes, false);
      refuseBad();
      const { avail_in: left } = (inflate as unknown as { strm: { avail_in: number } }).strm;
      return status === 0 ? bytes.subarray(bytes.length - left) : bytes.subarray(bytes.length);
    },
    end() {
      if (status === null) inflate.push(new Uint8Array(0), true);
      refuseBad();
      if (status !== 0) throw new Refusal('truncated');
    },
  };
}

/** zlib's Z_BUF_ERROR: there was nothing to go on with. */
const incomplete = -5;

/** Compressed bytes at once: a thousandfold of them, at worst, are held until they are read. */
const inflateStep = 4096;

async function unzipped(file: Blob): Promise<Unpacked> {
  configure({ useWebWorkers: false });
  let entries: Entry[];
  const archive = new ZipReader(new BlobReader(file));
  try {
    entries = await archive.getEntries({ normalizeFilename: plainName });
  } catch {
    throw new Refusal('truncated');
  }
  const names = entries.filter(
    ({ directory, filename }) => !directory && !/(^|[/\\])(__MACOSX|\._)/.test(filename),
  );
  if (names.some(({ filename }) => filename === '[Content_Types].xml')) throw new Refusal('spreadsheet-file');
  const called = (pattern: RegExp) => names.filter(({ filename }) => pattern.test(filename));
  const exactly = called(/(^|[/\\])(ratings\.(csv|dat)|u\.data)$/i);
  const candidates = exactly.length > 0 ? exactly : called(/(^|[/\\])ratings?[^/\\]*\.(csv|tsv|dat|txt)$/i);
  const [entry] = candidates;
  if (!entry)
    throw new Refusal(called(/\.(zip|gz)$/i).length > 0 ? 'nested-archive' : 'no-ratings-file-in-zip');
  if (candidates.length > 1) throw new Refusal('several-candidates');
  const [titles] = names.filter(({ filename }) => isTitles(filename));
  return {
    pieces: pieces(entry, file.size / Math.max(1, entry.uncompressedSize)),
    warnings: overlapping(entries) ? ['odd-archive'] : [],
    titles: titles ? () => pieces(titles, 0) : null,
  };
}

/** The bytes of an entry; its checksum is verified at their end. */
async function* pieces(entry: Entry, ratio: number): AsyncGenerator<Piece, void, undefined> {
  if (entry.encrypted) throw new Refusal('encrypted-zip');
  if (entry.directory) throw new Refusal('no-ratings-file-in-zip');
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
    throw new Refusal((failure as Error)?.message === ERR_ENCRYPTED ? 'encrypted-zip' : 'corrupt');
  }
  await done;
  if (failure) throw new Refusal('corrupt');
}

/** Whether two entries claim the same bytes: what zip bombs are built of. Only the chosen one is ever unpacked. */
function overlapping(entries: readonly Entry[]): boolean {
  const sorted = [...entries].sort((a, b) => a.offset - b.offset);
  return sorted.some(
    (entry, i) => i > 0 && entry.offset < sorted[i - 1].offset + sorted[i - 1].compressedSize,
  );
}
