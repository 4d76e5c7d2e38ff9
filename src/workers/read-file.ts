import type { Problem, ReadResult } from '../ratings/read-ratings';
import { ratingsReader } from '../ratings/read-ratings';
import { sniffBytes } from '../ratings/sniff';
import { isGzip, isZip, plain, Refusal } from './pieces';
import type { ReadProgress } from './protocol';

/** More rows than a tab holds: what comes after is not read (see also the memory budget). */
const mostRows = 40_000_000;

/**
 * Reads a ratings file: text, or text in a gzip or zip archive (told by its bytes, not by its name), in UTF-8, or
 * UTF-16 with or without its mark, or else Windows-1252; a guess is said as `encoding-guessed`. Nothing of the file
 * is held but what is being read. `breathe` is awaited between pieces.
 *
 * Where the manifest of bad files leaves a choice: cut-off archives are refused, not read in part; of several ratings
 * files in an archive none is taken; UTF-16 without its mark is read.
 */
export async function readFile(
  file: Blob,
  fileName: string,
  progress: ReadProgress,
  breathe: () => Promise<void> | undefined,
): Promise<ReadResult> {
  const refuse = (code: string): ReadResult => ({ ok: false, problem: { code, fileName } });
  const read = async (encoding: Encoding | null) => {
    const head = new Uint8Array(await file.slice(0, 512).arrayBuffer());
    const packed = isGzip(head) || isZip(head);
    // Only who brings an archive loads what unpacks it.
    const { pieces, warnings } = packed
      ? await (await import('./unpack')).unpacked(file, head)
      : { pieces: plain(file), warnings: [] };
    const result = await readText(
      pieces,
      fileName,
      packed,
      encoding,
      (rows, bytes) => progress(rows, Math.min(1, bytes / file.size)),
      breathe,
    );
    return result.ok
      ? { ...result, warnings: [...warnings.map((code) => ({ code })), ...result.warnings] }
      : result;
  };
  try {
    return await read(null);
  } catch (error) {
    if (error instanceof Refusal) return refuse(error.code);
    if (!(error instanceof NotUtf8)) throw error;
  }
  try {
    return await read('windows-1252');
  } catch (error) {
    if (error instanceof Refusal) return refuse(error.code);
    throw error;
  }
}

type Encoding = 'utf-8' | 'utf-16le' | 'utf-16be' | 'windows-1252';

/** Somewhere in the file is what no UTF-8 has: it has to be read once more, as something else. */
class NotUtf8 extends Error {}

async function readText(
  pieces: AsyncIterable<{ bytes: Uint8Array; consumed: number }>,
  fileName: string,
  packed: boolean,
  known: Encoding | null,
  progress: (rows: number, consumed: number) => void,
  breathe: () => Promise<void> | undefined,
): Promise<ReadResult> {
  const reader = ratingsReader(fileName);
  let decoder: TextDecoder | null = null;
  let guessed = false;
  const decode = (bytes: Uint8Array | undefined): Problem | null => {
    let text: string;
    try {
      text = decoder?.decode(bytes, { stream: bytes !== undefined }) ?? '';
    } catch {
      throw new NotUtf8();
    }
    return reader.push(text);
  };
  for await (const { bytes, consumed } of heads(pieces)) {
    if (!decoder) {
      const odd = sniffBytes(bytes);
      if (odd) return { ok: false, problem: { code: packed ? inArchive(odd) : odd, fileName } };
      const encoding = known ? { name: known, guessed: true } : encodingOf(bytes);
      guessed = encoding.guessed;
      decoder = new TextDecoder(encoding.name, { fatal: known === null });
    }
    const problem = decode(bytes);
    if (problem) return { ok: false, problem };
    if (reader.rowCount > mostRows) return { ok: false, problem: { code: 'too-large', fileName } };
    progress(reader.rowCount, consumed);
    await breathe();
  }
  const problem = decode(undefined);
  if (problem) return { ok: false, problem };
  const result = reader.finish();
  if (!result.ok || !guessed) return result;
  return { ...result, warnings: [{ code: 'encoding-guessed' }, ...result.warnings] };
}

/** The same pieces; the first is long enough to tell what it is, where there is so much. */
async function* heads(pieces: AsyncIterable<{ bytes: Uint8Array; consumed: number }>) {
  let first: Uint8Array | null = new Uint8Array(0);
  let last = 0;
  for await (const { bytes, consumed } of pieces) {
    last = consumed;
    if (!first) {
      yield { bytes, consumed };
      continue;
    }
    const joined: Uint8Array = new Uint8Array(first.length + bytes.length);
    joined.set(first);
    joined.set(bytes, first.length);
    first = joined;
    if (joined.length < 64) continue;
    yield { bytes: joined, consumed };
    first = null;
  }
  if (first && first.length > 0) yield { bytes: first, consumed: last };
}

/** What a file within an archive is called when it is no ratings file either. */
function inArchive(code: string): string {
  return code === 'archive' ? 'nested-archive' : code === 'image-file' ? 'binary-file' : code;
}

/** By its mark, or by where its zero bytes are; UTF-8 until it proves not to be. */
function encodingOf(head: Uint8Array): { name: Encoding; guessed: boolean } {
  if (head[0] === 0xff && head[1] === 0xfe) return { name: 'utf-16le', guessed: false };
  if (head[0] === 0xfe && head[1] === 0xff) return { name: 'utf-16be', guessed: false };
  const zeros = [0, 0];
  const length = Math.min(head.length, 512) & ~1;
  for (let i = 0; i < length; i++) if (head[i] === 0) zeros[i & 1]++;
  const mostly = 0.8 * (length / 2);
  if (zeros[1] > mostly && zeros[0] === 0) return { name: 'utf-16le', guessed: true };
  if (zeros[0] > mostly && zeros[1] === 0) return { name: 'utf-16be', guessed: true };
  return { name: 'utf-8', guessed: false };
}
