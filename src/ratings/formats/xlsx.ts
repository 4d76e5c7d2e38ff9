import { ReadRefusal } from '../problem';
import type { ArchiveFormat } from './format';
import { filesIn, zip } from './zip';

/** How the name of the first file in the ZIP of an office document begins, whatever wrote it. */
const firstNames = ['[Content_Types].xml', '_rels/', 'docProps/', 'xl/', 'customXml/'];

/**
 * A spreadsheet is an archive of its sheets, each of them a table of text: so all that is known of tables holds for
 * sheets, such as which of several has the ratings. (An .xls is another thing, and refused.)
 */
export const xlsx: ArchiveFormat = {
  kind: 'archive',
  id: 'xlsx',
  words: '.xlsx',
  recognise(head) {
    if (!zip.recognise(head)) return false;
    const name = String.fromCharCode(...head.bytes.subarray(30, 60));
    return firstNames.some((first) => name.startsWith(first));
  },
  async open(archive) {
    const { entries, warnings } = await filesIn(archive);
    // Only who brings such a file loads what reads it.
    const { sheetsOf } = await import('./xlsx-sheets');
    const sheets = await sheetsOf(entries);
    if (!sheets) throw new ReadRefusal('spreadsheet-file');
    return { entries: sheets, warnings };
  },
};
