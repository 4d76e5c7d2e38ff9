import { ReadRefusal } from '../problem';

/** Bytes of what was in the file, and how many of the file's own were used up for them so far. */
export interface Chunk {
  readonly bytes: Uint8Array;
  readonly consumed: number;
}

/** The chunks of a stream; whoever stops early cancels it. */
export async function* chunks<T>(stream: ReadableStream<T>): AsyncGenerator<T, void, undefined> {
  const reader = stream.getReader();
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return;
      yield value;
    }
  } finally {
    // A reader that is done, or failed, has nothing left to cancel.
    reader.cancel().catch(() => {});
  }
}

/** A file as it is. Throws a ReadRefusal where it is not what it was when it was brought, or is no more. */
export async function* plain(file: Blob): AsyncGenerator<Chunk, void, undefined> {
  let consumed = 0;
  const stream = chunks(file.stream());
  try {
    for (;;) {
      const { done, value: bytes } = await stream.next().catch(() => {
        throw new ReadRefusal('unreadable');
      });
      if (done) return;
      consumed += bytes.length;
      yield { bytes, consumed };
    }
  } finally {
    await stream.return();
  }
}

/** What is wrong with a file that somebody else could not read: it may be gone, or else it is as they say. */
export async function codeFor<Code extends string>(
  file: Blob,
  otherwise: Code,
): Promise<Code | 'unreadable'> {
  try {
    await file.slice(0, 1).arrayBuffer();
    return otherwise;
  } catch {
    return 'unreadable';
  }
}
