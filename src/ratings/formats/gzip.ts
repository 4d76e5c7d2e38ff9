import type { Inflate } from 'pako';
import { ReadRefusal } from '../problem';
import type { Chunk } from './chunks';
import type { ArchiveFormat } from './format';

/** A single file, packed by gzip. */
export const gzip: ArchiveFormat = {
  kind: 'archive',
  id: 'gzip',
  words: '.gz',
  recognise: ({ bytes }) => bytes[0] === 0x1f && bytes[1] === 0x8b,
  open: async ({ name, from, size, pieces }) => ({
    entries: [{ name: innerName(name), from, file: null, size, pieces: () => gunzipped(pieces()) }],
    warnings: [],
  }),
};

const innerName = (name: string) => name.replace(/\.tgz$/i, '.tar').replace(/\.gz$/i, '');

/**
 * One member after the other, as zlib does it: checksums are checked, padding after the last is ignored. By pako,
 * since DecompressionStream refuses files of several members and fflate checks no checksum.
 */
async function* gunzipped(packed: AsyncIterable<Chunk>): AsyncGenerator<Chunk, void, undefined> {
  // Only who brings such a file loads what unpacks it.
  const { Inflate } = await import('pako');
  const out: Uint8Array[] = [];
  let member = newMember(Inflate, out);
  let before = 0;
  for await (const { bytes, consumed } of packed) {
    for (let from = 0; from < bytes.length; from += inflateStep) {
      let rest = bytes.subarray(from, from + inflateStep);
      while (rest.length > 0) {
        if (member.ended()) {
          // Padding, or another member.
          const next = rest.findIndex((byte) => byte !== 0);
          if (next < 0) break;
          member = newMember(Inflate, out);
          rest = rest.subarray(next);
        }
        rest = member.push(rest);
        for (const piece of out.splice(0)) yield { bytes: piece, consumed: before + from };
      }
    }
    before = consumed;
  }
  member.end();
  for (const piece of out.splice(0)) yield { bytes: piece, consumed: before };
}

/** One member (or several, where they come in one piece); what it unpacks goes to `out`. Throws a ReadRefusal. */
function newMember(Inflater: typeof Inflate, out: Uint8Array[]) {
  const inflate = new Inflater({ chunkSize: 1 << 18 });
  let status: number | null = null;
  inflate.onData = (bytes) => void out.push(bytes as Uint8Array);
  inflate.onEnd = (ended) => {
    status = ended;
  };
  const refuseBad = () => {
    if (status !== null && status !== 0 && status !== incomplete) throw new ReadRefusal('corrupt');
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
      if (status !== 0) throw new ReadRefusal('truncated');
    },
  };
}

/** zlib's Z_BUF_ERROR: there was nothing to go on with. */
const incomplete = -5;

/** Compressed bytes at once: a thousandfold of them, at worst, are held until they are read. */
const inflateStep = 4096;
