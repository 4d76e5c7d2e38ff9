import type { Entry, FileEntry } from '@zip.js/zip.js';
import { type DataCode, ReadRefusal } from '../problem';
import { isTitles } from '../titles';
import type { Chunk } from './chunks';
import type { ArchiveFormat } from './format';

/** A folder of files, such as MovieLens comes in: the ratings are found by their name, and what items are called too. */
export const zip: ArchiveFormat = {
  kind: 'archive',
  id: 'zip',
  words: '.zip',
  recognise: ({ bytes }) =>
    bytes[0] === 0x50 && bytes[1] === 0x4b && (bytes[2] === 3 || bytes[2] === 5 || bytes[2] === 7),
  async open({ file }, endings) {
    // Only who brings such a file loads what unpacks it.
    const { entriesOf, unpacked } = await import('./zip-entries');
    const entries = await entriesOf(file, refuse);
    const files = entries
      .filter((entry) => !entry.directory)
      .filter(({ filename }) => !/(^|[/\\])(__MACOSX|\._)/.test(filename));
    if (files.some(({ filename }) => filename === '[Content_Types].xml')) throw refuse('spreadsheet-file');
    const ratings = ratingsAmong(files, endings);
    const titles = files.find(({ filename }) => isTitles(filename));
    async function* pieces(entry: FileEntry): AsyncGenerator<Chunk, void, undefined> {
      const ratio = file.size / Math.max(1, entry.uncompressedSize);
      let length = 0;
      for await (const bytes of unpacked(entry, refuse)) {
        length += bytes.length;
        yield { bytes, consumed: length * ratio };
      }
    }
    return {
      name: ratings.filename,
      pieces: pieces(ratings),
      warnings: areOverlapping(entries) ? ['odd-archive'] : [],
      titles: titles ? () => pieces(titles) : null,
    };
  },
};

const refuse = (code: DataCode) => new ReadRefusal(code);

/** The one that is called as MovieLens calls it; else the one whose name begins with `rating`. */
function ratingsAmong(files: readonly FileEntry[], endings: readonly string[]): FileEntry {
  const called = (pattern: RegExp) => files.filter(({ filename }) => pattern.test(filename));
  const exactly = called(/(^|[/\\])(ratings\.(csv|dat)|u\.data)$/i);
  const alike = new RegExp(String.raw`(^|[/\\])ratings?[^/\\]*\.(${endings.join('|')})$`, 'i');
  const candidates = exactly.length > 0 ? exactly : called(alike);
  if (candidates.length > 1) throw refuse('several-candidates');
  if (candidates.length === 1) return candidates[0];
  throw refuse(called(/\.(zip|gz)$/i).length > 0 ? 'nested-archive' : 'no-ratings-file-in-zip');
}

/** Whether two entries claim the same bytes: what zip bombs are built of. Only the chosen one is ever unpacked. */
function areOverlapping(entries: readonly Entry[]): boolean {
  const sorted = [...entries].sort((a, b) => a.offset - b.offset);
  return sorted.some(
    (entry, i) => i > 0 && entry.offset < sorted[i - 1].offset + sorted[i - 1].compressedSize,
  );
}
