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

/** Bytes that go to another thread and back are so many that it is worth it. */
const worthwhile = 1 << 20;

/** The same bytes, in chunks of whole lines, each in a buffer of its own; of a long line, parts. */
export async function* inLines(pieces: AsyncIterable<Chunk>): AsyncGenerator<Chunk, void, undefined> {
  let rest: Uint8Array[] = [];
  let length = 0;
  let last = 0;
  for await (const { bytes, consumed } of pieces) {
    last = consumed;
    length += bytes.length;
    const end = length < worthwhile ? 0 : bytes.lastIndexOf(lineEnd) + 1;
    if (end === 0 && length < 2 * worthwhile) {
      rest.push(bytes);
      continue;
    }
    const to = end || bytes.length;
    yield { bytes: joined([...rest, bytes.subarray(0, to)]), consumed };
    rest = [bytes.subarray(to)];
    length = bytes.length - to;
  }
  if (length > 0) yield { bytes: joined(rest), consumed: last };
}

const lineEnd = 10;

/** Some bytes one after the other. */
export function joined(parts: readonly Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
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
