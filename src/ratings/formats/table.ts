import type { Collector, PlainColumns } from '../collector';
import { type Mapping, type Preview, type Role, rolesOf } from '../columns';
import { type Decision, decide } from '../decide';
import { type Intake, intake, ownCopy } from '../intake';
import { parseSpelt } from '../numbers';
import type { DataCode, FileProblem, Problem, Read, Refused } from '../problem';
import { failure } from '../result';
import { withRowNames } from '../sheet';
import { clockworkOf } from '../times';
import type { FileReport, ReadOptions } from './format';

/** Characters of a row: a longer one, or an open quote of that length, is in no ratings file. */
export const longestRow = 1 << 20;
/** Rows of a preview, and characters of each field. */
export const previewRows = 20;
const previewLength = 100;
/** By so many rows it is decided what the columns are; or by fewer, of so many fields together. */
export const sampleRows = 200;
const sampleFields = 1 << 18;

interface Row {
  readonly fields: readonly string[];
  readonly line: number;
}

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
  /** The first rows, by which it is decided how all are taken. */
  let first: Row[] = [];
  let fieldCount = 0;
  /** What was rejected before it was known which column is which. */
  const rejectedEarly: Parameters<Intake['reject']>[] = [];
  let begun: Begun | null = null;
  let problem: Problem | null = null;

  function refuse(code: DataCode, at: Partial<FileProblem> = {}) {
    problem = { code, fileName, ...at };
  }

  /** Decides what the columns are, and takes the rows that waited for it. */
  function begin() {
    const waiting = first;
    first = [];
    const sample = withRowNames(waiting.map(({ fields }) => fields));
    const known = options.mapping ?? options.known ?? {};
    const decision = decide(sample, delimiter, known, named);
    const preview = previewOf(sample, decision.mapping);
    if (decision.doubt && !options.mapping) return refuseUnclear(sample, decision, preview, waiting[0].line);
    begun = beginning(rows, options, decision.mapping, sample, preview);
    for (const row of rejectedEarly) begun.taking.reject(...row);
    const { header } = decision.mapping;
    if (header && !named) begun.headerLine = waiting[0].line;
    for (const { fields, line } of waiting.slice(header ? 1 : 0)) begun.taking.take(fields, line);
  }

  function refuseUnclear(
    sample: readonly (readonly string[])[],
    { doubt, missing, example }: Decision,
    preview: Preview,
    line: number,
  ) {
    const isPairs = sample.every((row) => row.length < 3);
    const code =
      isPairs && sample.length > 5 && sample.every((row) => row.length === 2) ? 'no-rating-column' : doubt;
    refuse(code ?? 'missing-column', {
      lines: [line],
      ...(doubt === 'missing-column' ? { missing } : {}),
      ...(example === undefined ? {} : { example }),
      // Who says what delimits the fields sees what comes of it, also where that is nothing.
      ...(isPairs && !options.known?.delimiter ? {} : { preview }),
    });
  }

  return {
    get rowCount() {
      return begun?.taking.rowCount ?? first.length;
    },
    /** A row that is not blank, and the line it began in, 1-based. */
    take(fields: readonly string[], line: number) {
      if (problem) return;
      if (begun) return begun.taking.take(fields, line);
      first.push({ fields, line });
      fieldCount += fields.length;
      if (first.length >= sampleRows || fieldCount >= sampleFields) begin();
    },
    /** A row that cannot be split into fields; it may stand before any that can. */
    reject(...row: Parameters<Intake['reject']>) {
      if (begun) begun.taking.reject(...row);
      else rejectedEarly.push(row);
    },
    /** What the fields of a row are, where rows can be of plain numbers (see `plainRows`); null where they cannot. */
    plain: () => (begun && !problem ? begun.plain : null),
    /** Takes rows of plain numbers, where `plain` has found them possible: so many, until the tokeniser has to look at one. */
    takePlain: (columns: PlainColumns, line: number) => begun?.taking.takeColumns(columns, line) ?? 0,
    refuse,
    /** A problem that makes reading on pointless, or null. */
    refused: (): Refused | null => (problem ? { ok: false, problem } : null),
    finish(): Read<FileReport> {
      if (!problem && !begun && first.length > 0) begin();
      if (problem) return { ok: false, problem };
      if (!begun) return failure('no-ratings', { fileName, count: 0, lines: [] });
      const { taking, preview, headerLine } = begun;
      const { mapping } = preview;
      // As many fields too many in every row as commas in numbers would make: who knows which is which.
      if (mapping.header && taking.rowCount > 1 && taking.count('extra-fields') === taking.rowCount)
        return failure('column-count-mismatch', { fileName, preview });
      // Where the columns of a text have names that we know, there is nothing to ask.
      const isDoubtful = !mapping.header || named || options.mapping !== undefined;
      return reportOf(fileName, taking, preview, isDoubtful, headerLine);
    },
  };
}

interface Begun {
  readonly taking: Intake;
  readonly preview: Preview;
  readonly plain: readonly Role[] | null;
  /** 0 where there is no header. */
  headerLine: number;
}

/** What is known once the first rows were looked at. */
function beginning(
  rows: Collector,
  options: ReadOptions,
  mapping: Mapping,
  sample: readonly (readonly string[])[],
  preview: Preview,
): Begun {
  const body = mapping.header ? sample.slice(1) : sample;
  const { user, item, rating, time } = mapping;
  // The first row may be the heading of those below.
  const width = Math.max(sample[0].length, ...[user, item, rating, time].map((at) => at + 1));
  const texts = (at: number) => body.map((row) => row[at]?.trim() ?? '').filter((text) => text !== '');
  const clock = mapping.time < 0 ? null : clockworkOf(texts(mapping.time), mapping.dates);
  const ids = [mapping.user, mapping.item].filter((at) => at >= 0);
  const wholeIds = ids.length > 0 && ids.every((at) => isWhole(texts(at)));
  const taking = intake(rows, {
    ...{ mapping, width, clock, wholeIds, header: mapping.header ? sample[0] : null },
    outOf: options.mapping ? outOf(texts(mapping.rating)) : null,
    range: options.range ?? null,
    isSaid: options.mapping !== undefined,
  });
  const isPlain =
    taking.isPlain && Math.min(user, item, rating) >= 0 && new Set([user, item, rating, time]).size === 4;
  return { taking, preview, plain: isPlain ? rolesOf(mapping, width) : null, headerLine: 0 };
}

/** Whether ids are whole numbers that became decimals. */
const isWhole = (texts: readonly string[]) =>
  texts.length > 0 && texts.every((text) => /^\d+\.0$/.test(text));

/** What most ratings are out of, by their own account; 0 where none says. */
function outOf(texts: readonly string[]): number {
  const counts = new Map<number, number>();
  for (const text of texts) {
    const of = parseSpelt(text)?.outOf ?? 0;
    if (of > 0) counts.set(of, (counts.get(of) ?? 0) + 1);
  }
  return [...counts].reduce((best, next) => (next[1] > best[1] ? next : best), [0, 0])[0];
}

const previewOf = (sample: readonly (readonly string[])[], mapping: Mapping): Preview => ({
  rows: sample.slice(0, previewRows).map((row) => row.map((field) => ownCopy(field.slice(0, previewLength)))),
  mapping,
});

/**
 * What one file had, once all of its rows were taken; a refusal where most of them could not be.
 *
 * @param isDoubtful somebody might know better which column is which
 * @param headerLine 0 where no line of the file is its header
 */
export function reportOf(
  fileName: string,
  { rowCount, skippedRows, rejectedCount, rejected, rejectedLines, warnings, account }: Intake,
  preview: Preview,
  isDoubtful: boolean,
  headerLine = 0,
): Read<FileReport> {
  const header = headerLine > 0 ? [{ kind: 'header' as const, count: 1, lines: [headerLine] }] : [];
  const lines = [...header, ...account()];
  if (rowCount > 0 && 2 * skippedRows <= rowCount)
    return { ok: true, rowCount, rejectedCount, rejected, warnings: warnings(), preview, account: lines };
  const code = rejectedCount > 0 ? 'too-many-bad-rows' : 'no-ratings';
  const bad = { fileName, count: rejectedCount, lines: rejectedLines(), rejected };
  return failure(code, isDoubtful ? { ...bad, preview } : bad);
}

/** A value as the text of a field; empty where it is none, or holds others. */
export function textOf(value: unknown): string {
  if (value === null || value === undefined || (typeof value === 'number' && Number.isNaN(value))) return '';
  if (value instanceof Date) return value.toISOString();
  return typeof value === 'object' ? '' : String(value);
}
