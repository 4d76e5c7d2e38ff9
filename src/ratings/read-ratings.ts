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

/**
 * Reads delimited ratings: MovieLens ratings.csv, u.data and ratings.dat, and what is like them (`, ; tab | ::` or
 * spaces; columns by name, else user, item, rating, time). Ids are text: 007 is not 7. Tokenised by Papa Parse.
 * Rows without a user, an item or a finite rating are skipped, counted and located; more than half: refused.
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
      const found = findColumns(row);
      if (typeof found === 'string') return void refuse(found, { lines: [at] });
      columns = found;
      if (found.header) return;
    }
    rowCount++;
    const user = row[columns.user]?.trim();
    const item = row[columns.item]?.trim();
    const value = parseRating(row[columns.rating]?.trim() ?? '');
    if (!user || !item || value === null || user.includes('\0') || item.includes('\0')) {
      badCount++;
      if (badLines.length < 10) badLines.push(at);
      return;
    }
    const time = columns.time < 0 ? Number.NaN : parseRating(row[columns.time]?.trim() ?? '');
    rows.add(user, item, value, time ?? Number.NaN);
  }

  /** Tokenises what is there; the unfinished last row waits for more unless this is the end. */
  function consume(last: boolean): Problem | null {
    if (!parser) {
      if (!last && text.length < headLength) return null;
      const odd = sniffText(text);
      if (odd) return refuse(odd);
      const first = text.split('\n', 100).find((candidate) => candidate.trim() !== '') ?? '';
      parser = new Papa.Parser({ delimiter: delimiterOf(first), newline: '\n', quoteChar: '"' });
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
      if (!problem && rows.count === 0)
        refuse(badCount > 0 ? 'too-many-bad-rows' : 'no-ratings', { count: badCount, lines: badLines });
      if (!problem && badCount * 2 > rowCount)
        refuse('too-many-bad-rows', { count: badCount, lines: badLines });
      if (problem) return { ok: false, problem };
      const { ratings, duplicates } = rows.finish(fileName);
      return { ok: true, ratings, warnings: warningsOf(ratings, duplicates, badCount, badLines) };
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
  if (ratingCount > 5 && scale.min === scale.max) warnings.push({ code: 'all-ratings-equal' });
  return warnings;
}
