import Papa from 'papaparse';
import { delimiters } from '../delimiters';
import { parseCommaDecimal, parseRating } from '../numbers';

/** A way to write fields that hold delimiters. */
interface Quoting {
  readonly id: string;
  readonly quoteChar: string;
  readonly escapeChar: string;
}

/** All of them; where two read a text equally well, the first is meant. */
const quotings = [
  { id: 'doubled', quoteChar: '"', escapeChar: '"' },
  { id: 'backslash', quoteChar: '"', escapeChar: '\\' },
  { id: 'none', quoteChar: '\0', escapeChar: '\0' },
] as const satisfies readonly Quoting[];

export const [usualQuoting] = quotings;
const [, , unquoted] = quotings;

export const parserOf = (delimiter: string, { quoteChar, escapeChar }: Quoting) =>
  new Papa.Parser({ delimiter, newline: '\n', quoteChar, escapeChar });

/** What delimits fields; blanks do only where nothing else does. */
const marks = delimiters.map(({ id }) => id).filter((id) => id !== ' ');

/** Lines with any run of blanks, or of tabs, as a single blank; within quotes they are left alone. */
export const withSingleBlanks = (lines: string): string =>
  lines
    .replace(/^[ \t]+|[ \t]+$/gm, '')
    .replace(/"[^"\n]*"|[ \t]{2,}|\t/g, (run) => (run[0] === '"' ? run : ' '));

/** Comments, and Excel's `sep=;`, which stand before the rows. */
const isNote = (line: string): boolean => line.startsWith('#') || /^sep=.?$/i.test(line.trim());

/** Characters of the beginning that are looked at, and lines that may stand above a table. */
const mostLooked = 1 << 15;
const fewestLines = 10;
const mostAbove = 40;

/** How a text is delimited. */
export interface Delimiting {
  readonly delimiter: string;
  /** Lines above the table. */
  readonly above: number;
  /** Fields of most rows. */
  readonly width: number;
}

type Known = { readonly delimiter?: string; readonly above?: number };

/** Where what is looked at ends: the lines of a matrix may be long, and a few of them are needed. */
function endOfLooked(head: string): number {
  let end = -1;
  for (let line = 0; line < fewestLines; line++) {
    const next = head.indexOf('\n', end + 1);
    if (next < 0) return head.length;
    end = next;
  }
  return Math.max(mostLooked, end + 1);
}

/** Decides by many lines of a text how it is delimited, and where its table begins, as far as that is not known. */
export function delimitingOf(head: string, known: Known = {}): Delimiting {
  const end = endOfLooked(head);
  const isWhole = head.length <= end;
  const lines = head.slice(0, end).split('\n');
  const notes = known.above ?? lines.findIndex((line) => line.trim() !== '' && !isNote(line));
  const from = Math.max(0, notes);
  const said = /^sep=(.)$/im.exec(lines.slice(0, from).join('\n'))?.[1];
  const body = lines.slice(from).join('\n');
  const told = known.delimiter || said;
  const found = marks.filter((mark) => body.includes(mark));
  const candidates = told ? [told] : found.length > 0 ? found : [','];
  let best = candidates.map((delimiter) => dividedBy(delimiter, body, isWhole)).reduce(better);
  if (!told && (best.width < 3 || best.share < 0.8)) {
    const blanks = dividedBy(' ', body, isWhole);
    if (blanks.score > best.score || best.width < 2) best = blanks;
  }
  const { delimiter, width } = best;
  return { delimiter, width, above: known.above ?? from + titlesAbove(best) };
}

interface Divided {
  readonly delimiter: string;
  /** Without blank ones, and the lines in which they begin, from 0. */
  readonly rows: readonly (readonly string[])[];
  readonly lines: readonly number[];
  readonly width: number;
  /** The share of lines that have as many fields as most. */
  readonly share: number;
  /** How well it divides the text: that share, times the columns that hold no other delimiter. */
  readonly score: number;
}

/** How a delimiter divides a text, with quotes as they are best meant. */
function dividedBy(delimiter: string, text: string, isWhole: boolean): Divided {
  const lines = delimiter === ' ' ? withSingleBlanks(text) : text;
  const meant = lines.includes('"') ? quotings : [usualQuoting];
  const all = meant.map((quoting) => divided(delimiter, quoting, lines, isWhole));
  return all.reduce((best, next) => (next.share > best.share ? next : best));
}

const better = (best: Divided, next: Divided) => (next.score > best.score ? next : best);

function divided(delimiter: string, quoting: Quoting, text: string, isWhole: boolean): Divided {
  const { rows, lines, widthOf, total } = rowsOf(delimiter, quoting, text, isWhole);
  const counts = new Map<number, number>();
  for (const [at, row] of rows.entries())
    if (widthOf[at] > 1) counts.set(widthOf[at], (counts.get(widthOf[at]) ?? 0) + linesIn(row));
  const [width, count] = [...counts].reduce((best, next) => (next[1] > best[1] ? next : best), [1, 0]);
  const regular = rows.filter(({ length }) => length === width);
  // Where quotes stand around fields, and work out, what is within them is no delimiter.
  const isQuoted =
    quoting !== unquoted &&
    !widthOf.includes(0) &&
    [`\n"`, `${delimiter}"`].some((mark) => text.includes(mark));
  const clean = Array.from({ length: Math.min(width, 100) }, (_, at) =>
    isClean(regular, at, delimiter, isQuoted),
  );
  const share = count / Math.max(1, total);
  return { delimiter, rows, lines, width, share, score: share * clean.filter(Boolean).length };
}

/** Whether what stands in a column is not made of fields itself. */
function isClean(rows: Divided['rows'], at: number, delimiter: string, isQuoted: boolean): boolean {
  const texts = rows.map((row) => row[at].trim()).filter((text) => text !== '');
  const others = marks.filter((other) => other !== delimiter && !delimiter.startsWith(other));
  const isWhole = (text: string) =>
    isQuoted ||
    parseRating(text) !== null ||
    parseCommaDecimal(text, false) !== null ||
    !others.some((other) => text.includes(other));
  return texts.length > 0 && texts.filter(isWhole).length >= 0.8 * texts.length;
}

const isBlank = (row: readonly string[]) => row.every((field) => field.trim() === '');

/**
 * The rows of a text that are not blank, the lines in which they begin, their widths, 0 where their quotes are odd, and
 * all lines that are not blank. Where it is not the whole text, its last row may be unfinished.
 */
function rowsOf(delimiter: string, quoting: Quoting, text: string, isWhole: boolean) {
  const { data, errors, meta } = parserOf(delimiter, quoting).parse(text, 0, !isWhole);
  const bad = new Set(errors.map(({ row }) => row));
  const rows: string[][] = [];
  const lines: number[] = [];
  const widthOf: number[] = [];
  let line = 0;
  let total = isWhole ? 0 : text.slice(meta.cursor).split('\n').length - 1;
  for (const [at, row] of data.entries()) {
    const count = linesIn(row);
    if (!isBlank(row)) {
      rows.push(row);
      lines.push(line);
      widthOf.push(bad.has(at) ? 0 : row.length);
      total += count;
    }
    line += count;
  }
  return { rows, lines, widthOf, total };
}

/** Physical lines of a row. */
export const linesIn = (row: readonly string[]): number =>
  row.reduce((sum, field) => sum + (field.includes('\n') ? field.split('\n').length - 1 : 0), 1);

/** How quotes are meant from the first of them in a text on: so that most lines are rows of so many fields. */
export function quotingOf(text: string, delimiter: string, width: number): Quoting {
  const first = text.indexOf('"');
  if (first < 0) return usualQuoting;
  const from = text.lastIndexOf('\n', first) + 1;
  const looked = text.slice(from, Math.max(from + mostLooked, first + 1));
  const regular = (quoting: Quoting) => {
    const { rows, widthOf } = rowsOf(delimiter, quoting, looked, from + looked.length === text.length);
    return rows.reduce((sum, row, at) => sum + (widthOf[at] === width ? linesIn(row) : 0), 0);
  };
  const all = quotings.map((quoting) => ({ quoting, lines: regular(quoting) }));
  return all.reduce((best, next) => (next.lines > best.lines ? next : best)).quoting;
}

/** How many lines stand above the first row that is as wide as most are, or has a name less: row names have none. */
function titlesAbove({ delimiter, rows, lines, width }: Divided): number {
  if (width < 3) return 0;
  const isHeading = (row: readonly string[]) => row.length === 1 && /:$/.test(row[0].trim());
  const isRow = (at: number) => rows[at]?.length === width;
  const areCounted = (at: number) => Number(rows[at + 2]?.[0]) === Number(rows[at + 1]?.[0]) + 1;
  const first = rows.findIndex((row, at) => {
    if (row.length === width - 1) return isRow(at + 1) && areCounted(at);
    // A title may have as many words as the table has columns, or more: then what is below it is no row.
    return delimiter === ' ' ? isRow(at) && isRow(at + 1) : row.length >= width;
  });
  if (first <= 0 || first > mostAbove || rows.slice(0, first).some(isHeading)) return 0;
  const rest = rows.slice(first);
  const isTable =
    rest.length > 2 && rest.filter(({ length }) => length === width).length >= 0.7 * rest.length;
  return isTable ? lines[first] : 0;
}
