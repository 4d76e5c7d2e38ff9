import type { Collector } from '../collector';
import type { Read, Refused } from '../problem';
import type { Warning } from '../warning';
import { type Chunk, inLines } from './chunks';
import { type Decoder, decoderOf, type Encoding, heads } from './decode';
import type { Entry, FileReport, Progress, RatingsReader, ReadOptions } from './format';
import { type PlainRows, plainRows, type ReadsPlainRows } from './plain-rows';
import { textReader } from './text';

/** Bytes that are tokenised where a row is not of plain numbers, before it is tried again. */
const oddStretch = 1 << 16;
/** Chunks that are read while an earlier one is not taken yet: so many are held. */
const mostAhead = 4;

/** A chunk as UTF-8, and its rows of plain numbers, which may still be read; null: it is not known what they are like. */
interface Ahead extends Chunk {
  readonly plain: PlainRows | Promise<PlainRows> | null;
}

/**
 * Reads text into `rows`. Rows of plain numbers are read by `reads`, several chunks at a time, and taken in the order of
 * the file. Throws a ReadRefusal, and NotUtf8 where no encoding is known.
 */
export async function readText(
  entry: Entry,
  rows: Collector,
  options: ReadOptions,
  known: Encoding | null,
  reads: ReadsPlainRows,
  progress: Progress,
): Promise<Read<FileReport>> {
  const reader = textReader(entry.from.name, rows, options, entry.name);
  const damage = known === 'utf-8' ? damageSeen() : null;
  const encoder = new TextEncoder();
  let file: Decoder | null = null;
  let decode = decoderOfOurs();
  const ahead: Ahead[] = [];

  /** What is not known to be UTF-8 becomes so; what is, is checked where it is decoded. */
  function inUtf8(bytes: Uint8Array): Uint8Array {
    if (!file) {
      file = decoderOf(bytes, entry.file === null, known);
      if (file.encoding === 'utf-8' && known === null) decode = file.decode;
    }
    if (decode === file.decode) return bytes;
    const text = file.decode(bytes);
    damage?.look(text);
    return encoder.encode(text);
  }

  /** Takes the first chunks, until so many are left. */
  async function take(left: number): Promise<Refused | null> {
    while (ahead.length > left) {
      const [{ bytes, consumed, plain }] = ahead.splice(0, 1);
      const refused = takeChunk(reader, bytes, plain && (await plain), decode);
      if (refused) return refused;
      await progress(reader.rowCount, consumed);
    }
    return null;
  }

  for await (const chunk of inLines(heads(entry.pieces()))) {
    const bytes = inUtf8(chunk.bytes);
    const form = reader.plain();
    ahead.push({ bytes, consumed: chunk.consumed, plain: form && reads(bytes, form) });
    const refused = await take(form ? mostAhead : 0);
    if (refused) return refused;
  }
  const refused = (await take(0)) ?? reader.push((file as Decoder | null)?.decode() ?? '');
  const report = refused ?? reader.finish();
  if (!report.ok) return report;
  const isGuess = (file as Decoder | null)?.guessed ?? false;
  const odd = [...(isGuess ? [{ code: 'encoding-guessed' as const }] : []), ...(damage?.warnings() ?? [])];
  return { ...report, warnings: [...odd, ...report.warnings] };
}

/** Takes rows of plain numbers as they were read, and what is between them as text. */
function takeChunk(
  reader: Required<RatingsReader>,
  bytes: Uint8Array,
  plain: PlainRows | null,
  decode: Decoder['decode'],
): Refused | null {
  let read = plain;
  for (let from = 0; from < bytes.length; read = null) {
    const form = reader.plain();
    if (form) {
      read ??= plainRows(bytes, form, from);
      const taken = reader.takePlain(read);
      from = taken === read.users.length ? read.end : lineAfter(bytes, from, taken);
    }
    const to = bytes.indexOf(lineEnd, from + oddStretch) + 1 || bytes.length;
    const refused = reader.push(decode(bytes.subarray(from, to)));
    if (refused) return refused;
    from = to;
  }
  return null;
}

/** Where the line begins that follows so many others. */
function lineAfter(bytes: Uint8Array, from: number, lines: number): number {
  let at = from;
  for (let line = 0; line < lines; line++) at = bytes.indexOf(lineEnd, at) + 1;
  return at;
}

const lineEnd = 10;

/** What we made UTF-8 of needs no check. */
const decoderOfOurs = (): Decoder['decode'] => {
  const decoder = new TextDecoder('utf-8', { ignoreBOM: true });
  return (bytes) => decoder.decode(bytes, { stream: bytes !== undefined });
};

/** Looks for what stands for bytes that are no UTF-8, and in which lines. */
function damageSeen() {
  let line = 1;
  let count = 0;
  let last = '';
  const lines: number[] = [];
  return {
    look(text: string) {
      // A line end of two characters may be cut in two.
      if (last === '\r' && text.startsWith('\n')) line--;
      last = text.at(-1) ?? last;
      for (const [, character] of text.matchAll(/(\r\n|[\r\n\ufffd])/g)) {
        if (character !== '\ufffd') line += 1;
        else if (count++ === 0 || (lines.length < 10 && lines.at(-1) !== line)) lines.push(line);
      }
    },
    warnings: (): Warning[] => (count > 0 ? [{ code: 'bad-bytes', count, lines }] : []),
  };
}
