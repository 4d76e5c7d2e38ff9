import Papa from 'papaparse';
import { delimiterOf } from '../columns';
import type { TextFormat } from './format';
import { plainRows } from './plain-rows';
import { sniffText } from './sniff';
import { longestRow, table } from './table';

/** Comments, and Excel's `sep=;`, which stand before the rows. */
function isPreamble(line: string): boolean {
  return line.startsWith('#') || /^sep=.?$/i.test(line.trim());
}

/** What delimits the fields: as the text says itself, or as its first row that counts suggests. */
function delimiterIn(head: string): string {
  const lines = head.split('\n', 100).filter((line) => line.trim() !== '');
  const said = /^sep=(.)$/i.exec(lines[0]?.trim() ?? '');
  return said ? said[1] : delimiterOf(lines.find((line) => !isPreamble(line)) ?? '');
}

const lineBreaks = (fields: readonly string[]) =>
  fields.reduce((sum, field) => sum + (field.includes('\n') ? field.split('\n').length - 1 : 0), 0);

/**
 * Delimited text: MovieLens ratings.csv, u.data and ratings.dat, and what is like them (`, ; tab | ::` or spaces; columns
 * by name, else user, item, rating, time; or as the options say). Tokenised by Papa Parse; rows of plain numbers are
 * read without it, to the same effect. Takes any text that is nothing else.
 *
 * Where the manifest of bad files leaves a choice: an open quote's rows are counted as skipped; headers that name
 * nothing are refused with a preview, so that somebody can be asked; ratings beyond float32 are skipped.
 */
export const delimited: TextFormat = {
  kind: 'text',
  id: 'delimited',
  words: 'CSV, TSV, MovieLens’s ratings.csv, u.data and ratings.dat',
  recognise: ({ text }) => sniffText(text) === null,
  reader(head, fileName, rows, options) {
    const delimiter = options.mapping?.delimiter ?? delimiterIn(head);
    const parser = new Papa.Parser({ delimiter, newline: '\n', quoteChar: '"' });
    const taken = table(fileName, rows, options, delimiter);
    const encoder = new TextEncoder();
    let bytes = new Uint8Array(0);
    /** What is not read yet, and the line that it begins in. */
    let text = '';
    let line = 1;

    function take(row: readonly string[]) {
      const at = line;
      line += 1 + lineBreaks(row);
      if (row.every((field) => field.trim() === '')) return;
      if (taken.hasBegun || !isPreamble(row[0])) taken.take(row, at);
    }

    /** Takes the rows of plain numbers from where the text is. */
    function takePlain(): void {
      const plain = taken.plain();
      if (!plain) return;
      // Bytes are read several times as fast as the characters of a string.
      if (bytes.length < text.length) bytes = new Uint8Array(2 * text.length);
      const { read, written } = encoder.encodeInto(text, bytes);
      if (read !== written) return;
      const end = plainRows(bytes, written, plain.roles, delimiter, (user, item, value, time) => {
        const isWithin = plain.take(user, item, value, time, line);
        if (isWithin) line++;
        return isWithin;
      });
      if (end > 0) text = text.slice(end);
    }

    /** Tokenises what is there; the unfinished last row waits for more unless this is the end. */
    function consume(isEnd: boolean) {
      takePlain();
      const { data, meta } = parser.parse(text, 0, !isEnd);
      text = text.slice(meta.cursor);
      for (const row of data) take(row);
      if (text.length > longestRow && !taken.refused()) taken.refuse('line-too-long', { lines: [line] });
    }

    return {
      get rowCount() {
        return taken.rowCount;
      },
      push(piece) {
        text += piece;
        consume(false);
        return taken.refused();
      },
      finish() {
        consume(true);
        return taken.finish();
      },
    };
  },
};
