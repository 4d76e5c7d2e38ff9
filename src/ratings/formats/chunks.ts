/** Bytes of what was in the file, and how many of the file's own were used up for them so far. */
export interface Chunk {
  readonly bytes: Uint8Array;
  readonly consumed: number;
}

/** The chunks of a stream; whoever stops early cancels it. */
export async function* chunks(
  stream: ReadableStream<Uint8Array>,
): AsyncGenerator<Uint8Array, void, undefined> {
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

/** A file as it is. */
export async function* plain(file: Blob): AsyncGenerator<Chunk, void, undefined> {
  let consumed = 0;
  for await (const bytes of chunks(file.stream())) {
    consumed += bytes.length;
    yield { bytes, consumed };
  }
}
