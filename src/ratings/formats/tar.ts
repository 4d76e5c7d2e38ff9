import type { ParsedTarEntry } from 'modern-tar';
import { ReadRefusal } from '../problem';
import { type Chunk, chunks, plain } from './chunks';
import { fileOf, firstOf, headBytes } from './entry';
import type { ArchiveFormat, Entry } from './format';
import { isWanted, plainName } from './names';

/** Files one after the other, most of them in a gzip: .tar, .tar.gz, .tgz. There is no list: all of it is read for one, and kept. */
export const tar: ArchiveFormat = {
  kind: 'archive',
  id: 'tar',
  words: '.tar',
  recognise: ({ bytes }) => hasChecksum(bytes.subarray(0, 512)),
  async open(archive, said) {
    const walk = walker(archive);
    const found: { name: string; length: number; head: Uint8Array; at: number; kept: Blob | null }[] = [];
    let room = mostKept;
    for (let at = 0; ; at++) {
      const file = await walk.to(at, said);
      if (!file) break;
      const name = plainName(file.name);
      if (!isWanted(name)) continue;
      if (found.length === mostEntries) throw new ReadRefusal('too-large');
      const { length, pieces } = file;
      const kept = length <= room ? await fileOf({ file: null, pieces }) : null;
      room -= kept?.size ?? 0;
      found.push({ name, length, at, kept, head: await firstOf(kept ? plain(kept) : pieces(), headBytes) });
    }
    const all = found.reduce((sum, { length }) => sum + length, 0);
    const entries = found.map(({ name, length, head, at, kept }): Entry => {
      const size = (archive.size * length) / Math.max(1, all);
      const ratio = size / Math.max(1, length);
      return {
        ...{ name, from: archive.from, file: null, size, head },
        async *pieces() {
          const pieces = kept ? plain(kept) : (await walk.to(at))?.pieces();
          if (!pieces) throw new ReadRefusal('truncated');
          for await (const { bytes, consumed } of pieces) yield { bytes, consumed: consumed * ratio };
        },
      };
    });
    return { entries, warnings: [] };
  },
};

/** Bytes that are handed to the browser as they are unpacked, so that they are not unpacked again; it keeps them where it likes. */
const mostKept = 1 << 30;
/** So many heads are held. */
const mostEntries = 1000;

/** Whether it adds up as the header of a tar does: its checksum, in which the checksum itself counts as blanks. */
function hasChecksum(header: Uint8Array): boolean {
  if (header.length < 512 || header[0] === 0) return false;
  const said = String.fromCharCode(...header.subarray(148, 156)).replace(/[\0 ]+$/, '');
  const blanks = 8 * 32;
  const sum = header.reduce((all, byte, i) => (i >= 148 && i < 156 ? all : all + byte), blanks);
  return /^ *[0-7]+$/.test(said) && Number.parseInt(said, 8) === sum;
}

interface Packed {
  readonly name: string;
  /** Bytes. */
  readonly length: number;
  pieces(): AsyncIterable<Chunk>;
}
type Said = (consumed: number) => Promise<void> | undefined;

/** Goes on to the file at a place, forwards where that can be, so that files in their order are unpacked once; null after the last. */
function walker(archive: Entry) {
  let files: AsyncGenerator<Packed, void, undefined> | null = null;
  let next = 0;
  return {
    async to(at: number, said?: Said): Promise<Packed | null> {
      if (!files || at < next) {
        await files?.return();
        files = filesOf(archive, said);
        next = 0;
      }
      for (;;) {
        const { done, value } = await files.next();
        if (done) return null;
        if (next++ === at) return value;
      }
    },
  };
}

async function* filesOf(archive: Entry, said?: Said): AsyncGenerator<Packed, void, undefined> {
  // Only who brings such a file loads what unpacks it.
  const { createTarDecoder } = await import('modern-tar');
  const decoder = createTarDecoder({ strict: true });
  const files = streamOf(archive.pieces(), said).pipeThrough(decoder);
  try {
    for await (const { header, body } of chunks(files)) {
      if (header.type === 'file')
        yield { name: header.name, length: header.size, pieces: () => bodyOf(body) };
      // What nobody wants is passed over.
      if (!body.locked) await body.cancel();
    }
  } catch (error) {
    throw refusalOf(error);
  }
}

async function* bodyOf(body: ParsedTarEntry['body']): AsyncGenerator<Chunk, void, undefined> {
  let consumed = 0;
  try {
    for await (const bytes of chunks(body)) {
      consumed += bytes.length;
      yield { bytes, consumed };
    }
  } catch (error) {
    throw refusalOf(error);
  }
}

/** What unpacks the gzip around it says what is wrong itself. */
function refusalOf(error: unknown): unknown {
  if (error instanceof ReadRefusal) return error;
  return new ReadRefusal(/truncated/.test(String(error)) ? 'truncated' : 'corrupt');
}

function streamOf(pieces: AsyncIterable<Chunk>, said?: Said): ReadableStream<Uint8Array> {
  const iterator = pieces[Symbol.asyncIterator]();
  return new ReadableStream({
    async pull(controller) {
      const { done, value } = await iterator.next();
      if (done) return controller.close();
      await said?.(value.consumed);
      controller.enqueue(value.bytes);
    },
    async cancel() {
      await iterator.return?.();
    },
  });
}
