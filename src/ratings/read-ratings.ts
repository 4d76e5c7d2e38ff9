import Papa from 'papaparse';
import type { Collector } from './collector';
import {
  type Columns,
  delimiterOf,
  findColumns,
  guessColumns,
  type Mapping,
  missingFrom,
  type Preview,
  rolesOf,
} from './columns';
import { type Intake, intake, ownCopy, type RejectedRow, type Warning } from './intake';
import { type PlainShape, plainRows } from './plain-rows';
import type { RatingSet } from './rating-set';
import type { Sliced } from './sliced';
import { sniffText } from './sniff';

/** Why a file was refused: a stable code, and where. Sentences are made in ui/. */
export interface Problem {
  readonly code: string;
  readonly fileName: string;
  readonly count?: number;
  /** First physical line numbers, 1-based. */
  readonly lines?: readonly number[];
  /** Which of user, item and rating have no column. */
  readonly missing?: readonly string[];
}

export interface Refused {
  readonly ok: false;
  readonly problem: Problem;
  /** Where somebody who says what the columns are could have it read after all. */
  readonly preview?: Preview;
}

/** How a file is to be read, where it does not say so itself. */
export interface ReadOptions {
  readonly mapping?: Mapping;
  /** Ratings outside are set aside. */
  readonly range?: readonly [number, number];
}

/** What one file had. Its ratings are with the collector. */
export interface FileReport {
  readonly ok: true;
  readonly rowCount: number;
  readonly rejectedCount: number;
  readonly rejected: readonly RejectedRow[];
  readonly warnings: readonly Warning[];
  readonly preview: Preview;
}

/** Takes text in pieces, cut anywhere. The answer does not depend on where. */
export interface RatingsReader {
  /** A problem that makes reading on pointless, or null. */
  push(text: string): Refused | null;
  finish(): FileReport | Refused;
  readonly rowCount: number;
}

/** Enough text to tell the format; a longer line, or an open quote of that length, is no ratings file. */
const headLength = 1 << 16;
const longestLine = 1 << 20;
/** Rows of a preview, and characters of each field. */
const previewRows = 20;
const previewLength = 100;

/** Comments, and Excel's `sep=;`, which stand before the rows. */
function isPreamble(line: string): boolean {
  return line.startsWith('#') || /^sep=.?$/i.test(line.trim());
}

/**
 * Reads delimited ratings into `rows`: MovieLens ratings.csv, u.data and ratings.dat, and what is like them
 * (`, ; tab | ::` or spaces; columns by name, else user, item, rating, time; or as `options` say). Ids are text: 007
 * is not 7. Tokenised by Papa Parse; rows of plain numbers are read without it, to the same effect. Rows without a
 * user, an item or a finite rating are set aside, counted and located; more than half: refused.
 *
 * Where the manifest of bad files leaves a choice: an open quote's rows are counted as skipped; headers that name
 * nothing are refused with a preview, so that somebody can be asked; ratings beyond float32 are skipped.
 */
export function ratingsReader(fileName: string, rows: Collector, options: ReadOptions = {}): RatingsReader {
  const before = rows.count;
  let text = '';
  let endedInReturn = false;
  let begun = false;
  let parser: InstanceType<typeof Papa.Parser> | null = null;
  let taking: Intake | null = null;
  let columns: Columns | null = null;
  let shape: PlainShape | null = null;
  let line = 1;
  let refused: Refused | null = null;
  let delimiter = ',';
  /** The first rows, for a preview. */
  const shown: string[][] = [];
  const encoder = new TextEncoder();
  let bytes = new Uint8Array(0);
  /** Why it is not clear which column is which. */
  let unclear: string | null = null;

  const refuse = (code: string, at: Partial<Problem> = {}, preview?: Preview): Refused => {
    refused = { ok: false, problem: { code, fileName, ...at }, ...(preview ? { preview } : {}) };
    return refused;
  };

  /** The first row that counts says what the columns are, unless that has been said. True: it is a header. */
  function begin(row: readonly string[], at: number): boolean {
    const found = options.mapping ?? findColumns(row);
    if (typeof found === 'string') {
      unclear = found;
      refuse(found, { lines: [at], ...(found === 'missing-column' ? { missing: missingFrom(row) } : {}) });
      return true;
    }
    columns = found;
    taking = intake(rows, found, row.length, delimiter, options.range ?? null);
    // Each role its own field, or the tokeniser sees to it.
    const distinct = new Set([found.user, found.item, found.rating, found.time]).size === 4;
    if (distinct) shape = { roles: rolesOf(found, row.length), delimiter };
    return found.header;
  }

  function take(row: readonly string[]) {
    const at = line;
    line +=
      1 +
      row.reduce((breaks, field) => breaks + (field.includes('\n') ? field.split('\n').length - 1 : 0), 0);
    if (row.every((field) => field.trim() === '')) return;
    if (!taking && !unclear && isPreamble(row[0])) return;
    if (shown.length < previewRows) shown.push(row.map((field) => ownCopy(field.slice(0, previewLength))));
    if (refused) return;
    if (!taking && begin(row, at)) return;
    taking?.take(row, at);
  }

  /** Rows of plain numbers from where the text is. Before a preview is full, every row is looked at. */
  function takePlain(): void {
    if (!shape || !taking || refused || shown.length < previewRows) return;
    const { takePlain: put } = taking;
    // Bytes are read several times as fast as the characters of a string.
    if (bytes.length < text.length) bytes = new Uint8Array(2 * text.length);
    const { read, written } = encoder.encodeInto(text, bytes);
    if (read !== written) return;
    const end = plainRows(bytes, written, shape, (user, item, value, time) => {
      const within = put(user, item, value, time, line);
      if (within) line++;
      return within;
    });
    if (end > 0) text = text.slice(end);
  }

  /** Tokenises what is there; the unfinished last row waits for more unless this is the end. */
  function consume(last: boolean): Refused | null {
    if (!parser) {
      if (!last && text.length < headLength) return null;
      const odd = sniffText(text);
      if (odd) return refuse(odd);
      const lines = text.split('\n', 100).filter((candidate) => candidate.trim() !== '');
      const said = /^sep=(.)$/i.exec(lines[0]?.trim() ?? '');
      delimiter =
        options.mapping?.delimiter ??
        (said ? said[1] : delimiterOf(lines.find((candidate) => !isPreamble(candidate)) ?? ''));
      parser = new Papa.Parser({ delimiter, newline: '\n', quoteChar: '"' });
    }
    takePlain();
    const { data, meta } = parser.parse(text, 0, !last);
    text = text.slice(meta.cursor);
    for (const row of data) take(row);
    if (!refused && text.length > longestLine) refuse('line-too-long', { lines: [line] });
    return ended();
  }

  /** A refusal, with what somebody needs to say what the columns are. */
  function ended(): Refused | null {
    if (!refused || !unclear) return refused;
    const { problem } = refused;
    if (!shown.some((row) => row.length > 2)) return refused;
    return refuse(problem.code, problem, { rows: shown, mapping: { ...guessColumns(shown), delimiter } });
  }

  return {
    get rowCount() {
      return taking?.rowCount ?? 0;
    },
    push(piece) {
      if (refused || piece === '') return refused;
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
      if (!refused && !parser && text.trim() === '') refuse('empty-file');
      if (!refused) consume(true);
      const { rowCount = 0, rejectedCount = 0, rejected = [] } = taking ?? {};
      const bad = { count: rejectedCount, lines: taking?.rejectedLines() ?? [] };
      const mapping = columns && { ...columns, delimiter };
      const preview = mapping && { rows: shown, mapping };
      // Where the columns have names that we know, there is nothing to ask.
      const doubtful = columns?.header && !options.mapping ? undefined : (preview ?? undefined);
      // As many fields too many in every row as commas in numbers would make: who knows which is which.
      const tooWide = taking?.count('extra-fields') ?? 0;
      if (!refused && columns?.header && rowCount > 1 && tooWide === rowCount)
        refuse('column-count-mismatch', {}, preview ?? undefined);
      if (!refused && rows.count === before)
        refuse(rejectedCount > 0 ? 'too-many-bad-rows' : 'no-ratings', bad, doubtful);
      if (!refused && rejectedCount * 2 > rowCount) refuse('too-many-bad-rows', bad, doubtful);
      if (refused || !taking || !preview) return refused ?? refuse('no-ratings');
      return { ok: true, rowCount, rejectedCount, rejected, warnings: taking.warnings(), preview };
    },
  };
}

export interface ReadRatings {
  readonly ok: true;
  readonly ratings: RatingSet;
  readonly warnings: readonly Warning[];
}

/** The ratings of one file, or of several, as one set. */
export function* gathered(
  rows: Collector,
  name: string,
  files: readonly Pick<FileReport, 'warnings'>[],
): Sliced<ReadRatings> {
  const { ratings, duplicates, offScale, someTimes } = yield* rows.finish(name);
  const { userCount, itemCount, ratingCount, scale } = ratings;
  const warnings: Warning[] = [];
  if (duplicates.count > 0) warnings.push({ code: 'duplicates', ...duplicates });
  if (ratingCount < 2) warnings.push({ code: 'too-few-ratings' });
  else if (userCount === 1) warnings.push({ code: 'single-user' });
  else if (itemCount === 1 && ratingCount > 5) warnings.push({ code: 'single-item' });
  if (hasMissingMarker(ratings)) warnings.push({ code: 'maybe-missing-marker', usual: [0, 10] });
  else if (offScale.count > 0)
    warnings.push({ code: 'off-scale', count: offScale.count, lines: offScale.lines, usual: offScale.usual });
  if (someTimes) warnings.push({ code: 'some-times' });
  if (ratingCount > 5 && scale.min === scale.max) warnings.push({ code: 'all-ratings-equal' });
  const ofFiles = files.flatMap((file) => file.warnings);
  return { ok: true, ratings, warnings: [...ofFiles, ...warnings] };
}

/** Whether −1 stands below, or 99 above, ratings that are otherwise 0 to 10: some write so what is not known. */
function hasMissingMarker({ values, scale }: RatingSet): boolean {
  const marker = scale.min === -1 && scale.max <= 10 ? -1 : scale.max === 99 && scale.min >= 0 ? 99 : null;
  if (marker === null) return false;
  return values.every((value) => value === marker || (value >= 0 && value <= 10));
}
