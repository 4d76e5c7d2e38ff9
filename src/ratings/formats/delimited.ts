import { type Account, accounting } from '../account';
import type { Read } from '../problem';
import { delimitingOf, linesIn, parserOf, quotingOf, usualQuoting, withSingleBlanks } from './dialect';
import type { FileReport, TextFormat } from './format';
import { sniffText } from './sniff';
import { longestRow, table } from './table';

/**
 * Delimited text: MovieLens ratings.csv, u.data and ratings.dat, and what is like them (`, ; tab | ::` or blanks; the
 * delimiter by many lines; columns by name, else by their values; or as the options say). Tokenised by Papa Parse; rows
 * of plain numbers can be read without it, to the same effect. Takes any text that is nothing else.
 *
 * Where the manifest of bad files leaves a choice: an open quote's row is skipped, and the lines behind it are read;
 * headers that name nothing are refused with a preview, so that somebody can be asked; ratings beyond float32 are skipped.
 */
export const delimited: TextFormat = {
  kind: 'text',
  isLines: true,
  id: 'delimited',
  words: 'CSV, TSV, MovieLens’s ratings.csv, u.data and ratings.dat',
  recognise: ({ text }) => sniffText(text) === null,
  reader(head, fileName, rows, options) {
    const { delimiter, above, width } = delimitingOf(head, options.mapping ?? options.known);
    // Who looks at a preview sees how many lines are above, and can say otherwise.
    const known = above > 0 ? { ...options.known, above } : options.known;
    const taken = table(fileName, rows, { ...options, ...(known ? { known } : {}) }, delimiter);
    const lines = accounting();
    /** Known once there is a quote, and decided anew when a backslash first stands before one. */
    let quoting: ReturnType<typeof quotingOf> | null = null;
    let hasBackslashes = false;
    let parser = parserOf(delimiter, usualQuoting);
    /** What is not read yet, and the line that it begins in. */
    let text = '';
    let line = 1;
    /** Blanks are made single in whole lines only. */
    let unfinished = '';

    /** Takes a row of so many physical lines. */
    function take(row: readonly string[], count: number) {
      if (row.every((field) => field.trim() === '')) lines.note('blank', line, count);
      else {
        if (count > 1) lines.note('continued', line + 1, count - 1);
        if (quoting?.id === 'none' && row.some(isOpen)) taken.reject(line, 'open-quote', row);
        else taken.take(row, line);
      }
      line += count;
    }

    /** Lines above the table are not looked at. */
    function skipAbove() {
      while (line <= above) {
        const end = text.indexOf('\n') + 1;
        if (end === 0) return;
        lines.note(text.slice(0, end).trim() === '' ? 'blank' : 'above', line);
        text = text.slice(end);
        line++;
      }
    }

    /** Decides how quotes are meant when the first are seen: by what stands there, not by where the text was cut. */
    function decideQuoting() {
      const isNew = quoting === null && text.includes('"');
      const isBackslash = !hasBackslashes && text.includes('\\"');
      if (!isNew && !isBackslash) return;
      hasBackslashes ||= isBackslash;
      quoting = quotingOf(text, delimiter, width);
      parser = parserOf(delimiter, quoting);
    }

    /**
     * Takes a row over several lines that has not as many fields as the others, where each of its lines has: a quote
     * was open that nobody closed. Its first line is set aside, the others are rows.
     */
    function takeSwallowed(swallowed: readonly string[]): boolean {
      const [first, ...others] = swallowed.map((each) => each.split(delimiter));
      if (!others.every(({ length }) => length === width)) return false;
      taken.reject(line, 'open-quote', first);
      line++;
      for (const row of others) take(row, 1);
      return true;
    }

    /** Tokenises what is there; the unfinished last row waits for more unless this is the end. */
    function consume(isEnd: boolean) {
      skipAbove();
      if (text === '') return;
      decideQuoting();
      const { data, meta } = parser.parse(text, 0, !isEnd);
      const before = text;
      text = text.slice(meta.cursor);
      // What ends in a line end has no further line behind it.
      if (isEnd && before.endsWith('\n') && data.at(-1)?.join('') === '') data.pop();
      const first = line;
      for (const row of data) {
        // A quote that is open at the end holds the last line end, behind which there is no line.
        const isOpenEnd = isEnd && row === data.at(-1) && row.at(-1)?.endsWith('\n');
        const count = linesIn(row) - (isOpenEnd ? 1 : 0);
        if (count === 1 || row.length === width || !takeSwallowed(linesOf(before, line - first, count)))
          take(row, count);
      }
      if (text.length > longestRow && !taken.refused()) breakOpenQuote();
    }

    /** An open quotation of a megabyte is none: its first line is set aside, and what follows is read again. */
    function breakOpenQuote() {
      const end = text.indexOf('\n') + 1;
      if (end === 0 || end > longestRow) return taken.refuse('line-too-long', { lines: [line] });
      taken.reject(line, 'open-quote', [text.slice(0, end - 1)]);
      line++;
      text = text.slice(end);
      consume(false);
    }

    return {
      get rowCount() {
        return taken.rowCount;
      },
      plain() {
        const roles = taken.plain();
        return roles && { roles, delimiter };
      },
      takePlain(read) {
        if (text !== '' || unfinished !== '' || line <= above) return 0;
        const count = taken.takePlain(read, line);
        line += count;
        return count;
      },
      push(piece) {
        if (delimiter === ' ') {
          unfinished += piece;
          const end = unfinished.lastIndexOf('\n') + 1;
          text += withSingleBlanks(unfinished.slice(0, end));
          unfinished = unfinished.slice(end);
          if (unfinished.length > longestRow) taken.refuse('line-too-long', { lines: [line] });
        } else text += piece;
        consume(false);
        return taken.refused();
      },
      finish() {
        text += withSingleBlanks(unfinished);
        consume(true);
        return withLines(taken.finish(), lines.account());
      },
    };
  },
};

/** A quote before a number that nobody closes: what belongs to it is not known. */
const isOpen = (field: string) => /^"[\d.,-]+$/.test(field);

/** So many lines of a text, behind the first of them. */
const linesOf = (text: string, behind: number, count: number) =>
  text.split('\n').slice(behind, behind + count);

/** A report with the lines that are no rows. */
export const withLines = (report: Read<FileReport>, lines: Account): Read<FileReport> =>
  report.ok ? { ...report, account: [...report.account, ...lines] } : report;
