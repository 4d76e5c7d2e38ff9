import type { FileEntry, Entry as Listed } from '@zip.js/zip.js';
import { type DataCode, ReadRefusal } from '../problem';
import { codeFor } from './chunks';
import { fileOf } from './entry';
import type { ArchiveFormat, Contents, Entry } from './format';
import { isWanted } from './names';

/** A folder of files, such as MovieLens and Kaggle give: packed by Deflate, or not at all. */
export const zip: ArchiveFormat = {
  kind: 'archive',
  id: 'zip',
  words: '.zip',
  recognise: ({ bytes }) =>
    bytes[0] === 0x50 && bytes[1] === 0x4b && (bytes[2] === 3 || bytes[2] === 5 || bytes[2] === 7),
  async open(archive) {
    const { entries, warnings } = await filesIn(archive);
    return { entries: entries.filter(({ name }) => isWanted(name)), warnings };
  },
};

/** All files in a ZIP. Throws a ReadRefusal. */
export async function filesIn(archive: Entry): Promise<Contents> {
  // Only who brings such a file loads what unpacks it.
  const { entriesOf, unpacked } = await import('./zip-entries');
  const file = await fileOf(archive);
  const refuse = async (code: DataCode) => new ReadRefusal(await codeFor(file, code));
  const listed = await entriesOf(file, refuse);
  const share = archive.size / Math.max(1, file.size);
  const entries = listed
    .filter((one) => !one.directory)
    .map((one): Entry => {
      const { filename: name, compressedSize, uncompressedSize } = one as FileEntry;
      const size = share * compressedSize;
      const ratio = size / Math.max(1, uncompressedSize);
      return {
        ...{ name, from: archive.from, file: null, size },
        async *pieces() {
          const { compressionMethod: method } = one;
          if (!methods.includes(method))
            throw new ReadRefusal('unsupported-zip', others[method] ?? `method ${method}`);
          let length = 0;
          for await (const bytes of unpacked(one as FileEntry, refuse)) {
            length += bytes.length;
            yield { bytes, consumed: length * ratio };
          }
        },
      };
    });
  return { entries, warnings: areOverlapping(listed) ? ['odd-archive'] : [] };
}

/** How files can be packed in a ZIP so that they are unpacked here: stored, Deflate, Deflate64, and any of them locked. */
const methods = [0, 8, 9, 99];

/** What others are called. */
const others: Readonly<Record<number, string>> = {
  1: 'Shrink',
  6: 'Implode',
  12: 'bzip2',
  14: 'LZMA',
  93: 'Zstandard',
  95: 'xz',
  98: 'PPMd',
};

/** Whether two entries claim the same bytes: what zip bombs are built of. Only what is chosen is ever unpacked. */
function areOverlapping(entries: readonly Listed[]): boolean {
  const sorted = [...entries].sort((a, b) => a.offset - b.offset);
  return sorted.some(
    (entry, i) => i > 0 && entry.offset < sorted[i - 1].offset + sorted[i - 1].compressedSize,
  );
}
