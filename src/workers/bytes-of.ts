import { patience } from './patience';
import type { NotThere } from './protocol';

export class NotCome extends Error {
  override readonly name = 'NotCome';
  constructor(readonly why: NotThere) {
    super(why);
  }
}

/** The bytes at an address of the app's own, however long they take, as long as some come. Throws NotCome. */
export async function bytesOf(url: string): Promise<ArrayBuffer> {
  const given = new AbortController();
  const waiting = patience(() => given.abort());
  try {
    const response = await fetch(url, { signal: given.signal });
    if (!response.ok || !response.body) throw new NotCome('missing');
    const parts: Uint8Array<ArrayBuffer>[] = [];
    const reader = response.body.getReader();
    for (;;) {
      waiting.moved();
      const { done, value } = await reader.read();
      if (done) return await new Blob(parts).arrayBuffer();
      parts.push(value);
    }
  } catch (error) {
    if (error instanceof NotCome) throw error;
    throw new NotCome(given.signal.aborted ? 'slow' : 'offline');
  } finally {
    waiting.stop();
  }
}
