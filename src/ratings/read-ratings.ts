import Papa from 'papaparse';
import { collector } from './collector';
import { type Columns, delimiterOf, findColumns, parseRating } from './columns';
import type { RatingSet } from './rating-set';
import { sniffText } from './sniff';

/** Why a file was refused: a stable code, and where. Sentences are made in ui/. */
export interface Problem {
  readonly code: string;
  readonly fileName: string;
  readonly count?: number;
  /** First physical line numbers, 1-based. */
  readonly lines?: readonly number[];
}

/** What a user should know about a file that was accepted. */
export interface Warning {
  readonly code: string;
  readonly count?: number;
  readonly lines?: readonly number[];
}

export type ReadResult =
  | { readonly ok: true; readonly ratings: RatingSet; readonly warnings: readonly Warning[] }
  | { readonly ok: false; readonly problem: Problem };

/** Takes text in pieces, cut anywhere. The answer does not depend on where. */
export interface RatingsReader {
  /** A problem that makes reading on pointless, or null. */
  push(text: string): Problem | null;
  finish(): ReadResult;
  readonly rowCount: number;
}

/** Enough text to tell the format; a longer line, or an open quote of that length, is no ratings file. */
const headLength = 1 << 16;
const longestLine = 1 << 20;

/** Longer ids are taken, and said: something is odd. */
const longestId = 1000;
const commaDecimal = /^[+-]?\d+,\d+$/;
/** Zero-width characters: two ids may look the same and not be. */
const invisible = /[\u200b-\u200d\u2060\ufeff]/;

/** Comments, and Excel's `sep=;`, which stand before the rows. */
function isPreamble(line: string): boolean {
  return line.startsWith('#') || /^sep=.?$/i.test(line.trim());
}

/**
 * Reads delimited ratings: MovieLens ratings.csv, u.data and ratings.dat, and what is like them (`, ; tab | ::` or
 * spaces; columns by name, else user, item, rating, time). Ids are text: 007 is not 7. Tokenised by Papa Parse.
 * Rows without a user, an item or a finite rating are skipped, counted and located; more than half: refused.
 *
 * Where the manifest of bad files leaves a choice: an open quote's rows are counted as skipped; headers that name
 * nothing are refused, until there is somebody to ask; ratings beyond float32 are skipped.
 */
export function ratingsReader(fileName: string): RatingsReader {
  const rows = collector();
  let text = '';
  let endedInReturn = false;
  let begun = false;
  let parser: InstanceType<typeof Papa.Parser> | null = null;
  let columns: Columns | null = null;
  let line = 1;
  let rowCount = 0;
  let badCount = 0;
  const badLines: number[] = [];
  let problem: Problem | null = null;
  let delimiter = ',';
  /** Fields of the first row that counts. */
  let width = 0;
  /** What is odd, but taken: how often, and where first. */
  const oddities = new Map<string, { count: number; lines: number[] }>();

  function note(code: string, at: number) {
    const seen = oddities.get(code) ?? { count: 0, lines: [] };
    seen.count++;
    if (seen.lines.length < 10) seen.lines.push(at);
    oddities.set(code, seen);
  }

  /** A rating's text to its value; a decimal comma is one where commas do not delimit. */
  function ratingOf(text: string, at: number): number | null {
    if (delimiter === ',' || !commaDecimal.test(text)) return parseRating(text);
    note('comma-decimals', at);
    return parseRating(text.replace(',', '.'));
  }

  const refuse = (code: string, at: Partial<Problem> = {}): Problem => {
    problem = { code, fileName, ...at };
    return problem;
  };

  function take(row: readonly string[]) {
    const at = line;
    line +=
      1 +
      row.reduce((breaks, field) => breaks + (field.includes('\n') ? field.split('\n').length - 1 : 0), 0);
    if (problem || row.every((field) => field.trim() === '')) return;
    if (!columns) {
      if (isPreamble(row[0])) return;
      width = row.length;
      const found = findColumns(row);
      if (typeof found === 'string') return void refuse(found, { lines: [at] });
      columns = found;
      if (found.header) return;
    }
    rowCount++;
    const user = row[columns.user]?.trim();
    const item = row[columns.item]?.trim();
    const value = ratingOf(row[columns.rating]?.trim() ?? '', at);
    if (row.length > width && row.slice(width).some((field) => field.trim() !== '')) note('extra-fields', at);
    if (!user || !item || value === null || user.includes('\0') || item.includes('\0')) {
      badCount++;
      if (badLines.length < 10) badLines.push(at);
      return;
    }
    if (invisible.test(user) || invisible.test(item)) note('invisible-characters', at);
    if (Math.max(user.length, item.length) > longestId) note('long-field', at);
    const time = columns.time < 0 ? Number.NaN : parseRating(row[columns.time]?.trim() ?? '');
    rows.add(user, item, value, time ?? Number.NaN);
  }

  /** Tokenises what is there; the unfinished last row waits for more unless this is the end. */
  function consume(last: boolean): Problem | null {
    if (!parser) {
      if (!last && text.length < headLength) return null;
      const odd = sniffText(text);
      if (odd) return refuse(odd);
      const lines = text.split('\n', 100).filter((candidate) => candidate.trim() !== '');
      const said = /^sep=(.)$/i.exec(lines[0]?.trim() ?? '');
      delimiter = said ? said[1] : delimiterOf(lines.find((candidate) => !isPreamble(candidate)) ?? '');
      parser = new Papa.Parser({ delimiter, newline: '\n', quoteChar: '"' });
    }
    const { data, meta } = parser.parse(text, 0, !last);
    text = text.slice(meta.cursor);
    for (const row of data) take(row);
    if (!problem && text.length > longestLine) refuse('line-too-long', { lines: [line] });
    return problem;
  }

  return {
    get rowCount() {
      return rowCount;
    },
    push(piece) {
      if (problem || piece === '') return problem;
      // Line ends become \n; a \r that ends a piece may be half of one.
      let next = endedInReturn ? `\r${piece}` : piece;
      endedInReturn = next.endsWith('\r');
      if (endedInReturn) next = next.slice(0, -1);
      if (!begun && next !== '') {
        begun = true;
        if (next.startsWith('\ufeff')) next = next.slice(1);
      }
      text += next.includes('\r') ? next.replace(/\r\n?/g, '\n') : next;
      return text.length >= headLength ? consume(false) : null;
    },
    finish() {
      if (endedInReturn) text += '\n';
      if (!problem && !parser && text.trim() === '') refuse('empty-file');
      if (!problem) consume(true);
      // As many fields too many in every row as commas in numbers would make: who knows which is which.
      const tooWide = oddities.get('extra-fields')?.count ?? 0;
      if (!problem && columns?.header && rowCount > 1 && tooWide === rowCount)
        refuse('column-count-mismatch');
      if (!problem && rows.count === 0)
        refuse(badCount > 0 ? 'too-many-bad-rows' : 'no-ratings', { count: badCount, lines: badLines });
      if (!problem && badCount * 2 > rowCount)
        refuse('too-many-bad-rows', { count: badCount, lines: badLines });
      if (problem) return { ok: false, problem };
      const { ratings, duplicates } = rows.finish(fileName);
      const odd = [...oddities].map(([code, where]) => ({ code, ...where }));
      return {
        ok: true,
        ratings,
        warnings: [...warningsOf(ratings, duplicates, badCount, badLines), ...odd],
      };
    },
  };
}

function warningsOf(
  ratings: RatingSet,
  duplicates: number,
  badCount: number,
  badLines: readonly number[],
): Warning[] {
  const { userCount, itemCount, ratingCount, scale } = ratings;
  const warnings: Warning[] = [];
  if (badCount > 0) warnings.push({ code: 'rows-skipped', count: badCount, lines: badLines });
  if (duplicates > 0) warnings.push({ code: 'duplicates', count: duplicates });
  if (ratingCount < 2) warnings.push({ code: 'too-few-ratings' });
  else if (userCount === 1) warnings.push({ code: 'single-user' });
  else if (itemCount === 1 && ratingCount > 5) warnings.push({ code: 'single-item' });
  if (hasMissingMarker(ratings)) warnings.push({ code: 'maybe-missing-marker' });
  if (ratingCount > 5 && scale.min === scale.max) warnings.push({ code: 'all-ratings-equal' });
  return warnings;
}

/** Whether −1 stands below, or 99 above, ratings that are otherwise 0 to 10: some write so what is not known. */
function hasMissingMarker({ values, scale }: RatingSet): boolean {
  const marker = scale.min === -1 && scale.max <= 10 ? -1 : scale.max === 99 && scale.min >= 0 ? 99 : null;
  if (marker === null) return false;
  return values.every((value) => value === marker || (value >= 0 && value <= 10));
}
