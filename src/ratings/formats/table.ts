import type { Collector } from '../collector';
import {
  type Columns,
  findColumns,
  guessColumns,
  missingFrom,
  type Preview,
  type Role,
  rolesOf,
} from '../columns';
import { type Intake, intake, ownCopy } from '../intake';
import type { DataCode, FileProblem, Problem, Read, Refused } from '../problem';
import { failure } from '../result';
import type { FileReport, ReadOptions } from './format';

/** Characters of a row: a longer one, or an open quote of that length, is in no ratings file. */
export const longestRow = 1 << 20;
/** Rows of a preview, and characters of each field. */
export const previewRows = 20;
const previewLength = 100;

/**
 * Takes the rows of one file, in whatever they are written: finds the columns, and says what came of the rows.
 * Rows without a user, an item or a finite rating are set aside, counted and located; more than half: refused. Ids are
 * text: 007 is not 7.
 *
 * @param delimiter of a text; '' where commas delimit nothing
 * @param named the first row is the names of the fields, which the format itself has
 */
export function table(
  fileName: string,
  rows: Collector,
  options: ReadOptions,
  delimiter: string,
  named = false,
) {
  /** The first rows, for a preview. */
  const shown: string[][] = [];
  let taking: Intake | null = null;
  /** What was rejected before it was known which column is which. */
  const rejectedEarly: Parameters<Intake['reject']>[] = [];
  let columns: Columns | null = null;
  let roles: readonly Role[] | null = null;
  let problem: Problem | null = null;
  /** The problem is that nobody knows which column is which. */
  let isUnclear = false;

  /** The first row says what the columns are, unless that has been said. True: it only names them. */
  function begin(row: readonly string[], line: number): boolean {
    const found = options.mapping ?? findColumns(row, named);
    if (typeof found === 'string') {
      isUnclear = true;
      refuse(found, { lines: [line], ...(found === 'missing-column' ? { missing: missingFrom(row) } : {}) });
      return true;
    }
    columns = { ...found, header: named || found.header };
    taking = intake(rows, columns, row.length, delimiter, options.range ?? null);
    for (const row of rejectedEarly) taking.reject(...row);
    const { user, item, rating, time, header } = columns;
    if (new Set([user, item, rating, time]).size === 4) roles = rolesOf(columns, row.length);
    return header;
  }

  function refuse(code: DataCode, at: Partial<FileProblem> = {}) {
    problem = { code, fileName, ...at };
  }

  const previewOf = (of: Columns): Preview => ({ rows: shown, mapping: { ...of, delimiter } });

  /** A problem that makes reading on pointless, or null. Where nobody knows which column is which, with a guess, so that somebody can be asked. */
  function refused(): Refused | null {
    if (!problem) return null;
    if (!isUnclear || !shown.some((row) => row.length > 2)) return { ok: false, problem };
    const guess = guessColumns(shown);
    const preview = previewOf({ ...guess, header: named || guess.header });
    return { ok: false, problem: { ...problem, preview } };
  }

  return {
    get rowCount() {
      return taking?.rowCount ?? 0;
    },
    /** Whether a row said what the columns are, or failed to. */
    get hasBegun() {
      return taking !== null || isUnclear;
    },
    /** A row that is not blank, and the line it began in, 1-based. The first says what the columns are. */
    take(row: readonly string[], line: number) {
      if (shown.length < previewRows) shown.push(row.map((field) => ownCopy(field.slice(0, previewLength))));
      if (problem || (!taking && begin(row, line))) return;
      taking?.take(row, line);
    },
    /** A row that cannot be split into fields; it may stand before any that can. */
    reject(...row: Parameters<Intake['reject']>) {
      if (taking) taking.reject(...row);
      else rejectedEarly.push(row);
    },
    /**
     * What the fields of a row are, and who takes rows of plain numbers (see `plainRows`): once the preview is full, and
     * where each role has a field of its own. Null before.
     */
    plain: () =>
      taking && roles && !problem && shown.length >= previewRows ? { roles, take: taking.takePlain } : null,
    refuse,
    refused,
    finish(): Read<FileReport> {
      if (problem || !taking || !columns)
        return refused() ?? failure('no-ratings', { fileName, count: 0, lines: [] });
      const preview = previewOf(columns);
      // As many fields too many in every row as commas in numbers would make: who knows which is which.
      if (columns.header && taking.rowCount > 1 && taking.count('extra-fields') === taking.rowCount)
        return failure('column-count-mismatch', { fileName, preview });
      // Where the columns of a text have names that we know, there is nothing to ask.
      const isDoubtful = !columns.header || named || options.mapping !== undefined;
      return reportOf(fileName, taking, preview, isDoubtful);
    },
  };
}

/**
 * What one file had, once all of its rows were taken; a refusal where most of them could not be.
 *
 * @param isDoubtful somebody might know better which column is which
 */
export function reportOf(
  fileName: string,
  { rowCount, rejectedCount, rejected, rejectedLines, warnings }: Intake,
  preview: Preview,
  isDoubtful: boolean,
): Read<FileReport> {
  if (rowCount > 0 && 2 * rejectedCount <= rowCount)
    return { ok: true, rowCount, rejectedCount, rejected, warnings: warnings(), preview };
  const code = rejectedCount > 0 ? 'too-many-bad-rows' : 'no-ratings';
  const bad = { fileName, count: rejectedCount, lines: rejectedLines() };
  return failure(code, isDoubtful ? { ...bad, preview } : bad);
}

/** A value as the text of a field; empty where it is none, or holds others. */
export function textOf(value: unknown): string {
  if (value === null || value === undefined || (typeof value === 'number' && Number.isNaN(value))) return '';
  if (value instanceof Date) return value.toISOString();
  return typeof value === 'object' ? '' : String(value);
}
