import { type Account, accountOf } from '../account';
import { type Collector, collector, type ReadRatings } from '../collector';
import type { Preview } from '../columns';
import { type Read, ReadRefusal, type Refused } from '../problem';
import type { RejectedRow } from '../rejected';
import { failure } from '../result';
import { shapeOf } from '../shapes';
import type { Sliced } from '../sliced';
import type { Title } from '../titles';
import type { Warning } from '../warning';
import { type Bundle, bundleOf } from './bundle';
import { type Encoding, NotUtf8 } from './decode';
import { headOf } from './entry';
import type { Entry, FileReport, Named, ReadOptions } from './format';
import { addPerson } from './persons';
import { plainRows, type ReadsPlainRows } from './plain-rows';
import { previewOf, readEntry, titlesIn } from './read-entry';

/** What was read, without what only a page needs. */
export interface ReadBundle extends ReadRatings {
  readonly rejected: readonly RejectedRow[];
  readonly rejectedCount: number;
  readonly preview: Preview;
  readonly account: Account;
}

type Breathe = () => Promise<void> | undefined;

/**
 * Reads ratings out of files that were brought together: text (see `textReader`), Parquet or spreadsheets, as they are
 * or in archives, told by their bytes, not by their names; in UTF-8, or UTF-16 with or without its mark, or else
 * Windows-1252; a guess is said as `encoding-guessed`. With them a test set of the same form, and titles. Of several
 * tables that could be the ratings, it is asked which. Nothing of the files is held but what is being read. `breathe` is
 * awaited between pieces; rows of plain numbers are read by `reads`.
 *
 * Where the manifest of bad files leaves a choice: cut-off archives are refused, not read in part; UTF-16 without its
 * mark is read; more rows than a tab holds are refused, also where they only repeat each other.
 */
export async function readFiles(
  files: readonly Named[],
  options: ReadOptions,
  progress: (rows: number, share: number) => void,
  breathe: Breathe,
  reads: ReadsPlainRows = plainRows,
): Promise<Read<ReadBundle>> {
  /** What it was that failed, if it fails. */
  let fileName = files.map(({ name }) => name).join(', ');
  const begin = (entry: Entry) => {
    fileName = entry.from.name;
  };
  const bytes = files.reduce((sum, { file }) => sum + file.size, 0);
  try {
    const bundle = await bundleOf(files, options.chosen, (looked) => {
      progress(0, looked / (2 * bytes));
      return breathe();
    });
    if (bundle.rivals.length > 0 && !options.chosen) return await whichOf(bundle);
    for (const encodings = new Map<Entry, Encoding>(); ; ) {
      const read = await readBundle(bundle, options, encodings, { progress, breathe, begin, reads });
      if (read) return read;
    }
  } catch (error) {
    if (!(error instanceof ReadRefusal)) throw error;
    const { code, packing } = error;
    return failure(code, packing ? { fileName, packing } : { fileName });
  }
}

/** How a file among others begins, read with what is known of it; null where nothing can be shown. */
export async function previewFiles(
  files: readonly Named[],
  { chosen, known = {} }: ReadOptions,
): Promise<Preview | null> {
  try {
    const { ratings } = await bundleOf(files, chosen, () => undefined);
    return await previewOf(ratings[0], known);
  } catch (error) {
    if (error instanceof ReadRefusal) return null;
    throw error;
  }
}

/** Asks which of several tables the ratings are. */
async function whichOf({ ratings, rivals }: Bundle): Promise<Refused> {
  const preview = await previewOf(ratings[0], {});
  return failure('several-candidates', {
    fileName: ratings[0].from.name,
    candidates: [ratings[0], ...rivals].map(({ name }) => name),
    ...(preview ? { preview } : {}),
  });
}

interface Told {
  progress(rows: number, share: number): void;
  breathe: Breathe;
  reads: ReadsPlainRows;
  /** What is read from now on. */
  begin(entry: Entry): void;
}

/**
 * Reads what belongs together; null where a file proved to be no UTF-8, which is in `encodings` then: all is to be read
 * again from the start.
 */
async function readBundle(
  bundle: Bundle,
  options: ReadOptions,
  encodings: Map<Entry, Encoding>,
  told: Told,
): Promise<Read<ReadBundle> | null> {
  const { ratings, test, titles, looked, warnings: odd } = bundle;
  const rows = collector();
  const reports: FileReport[] = [];
  const entries = [...ratings, ...test];
  const all = looked + entries.reduce((sum, { size }) => sum + size, 0);
  let before = looked;
  let rowsBefore = 0;
  if (titles.length > 0) told.begin(titles[0]);
  const called = titles.length > 0 ? await titlesIn(titles) : null;
  const persons: Warning[] = [];
  for (const entry of entries) {
    told.begin(entry);
    if (entry === test[0]) rows.beginTest();
    const first = entries.indexOf(test.includes(entry) ? test[0] : ratings[0]);
    const how = await asPart(entry, entries[first], reports[first], options);
    const said = (count: number, consumed: number, again = 0) => {
      told.progress(rowsBefore + count, Math.min(1, (before + again + consumed) / (all + again)));
      return told.breathe();
    };
    try {
      const report = await readEntry(entry, rows, how, encodings.get(entry) ?? null, said, told.reads);
      if (!report.ok) return report;
      reports.push(report);
    } catch (error) {
      if (!(error instanceof NotUtf8) || encodings.has(entry)) throw error;
      encodings.set(entry, error.seems);
      return null;
    }
    before += entry.size;
    rowsBefore += reports[reports.length - 1].rowCount;
    // They are no test set, and have items that the ratings have.
    if (reports.length !== ratings.length) continue;
    for (const person of bundle.persons) {
      const added = await withPerson(person, rows, called, told);
      if (!added.ok) return added;
      persons.push(...added.warnings);
    }
  }
  const warnings = [...odd, ...reports.flatMap((report) => report.warnings), ...persons];
  const result = await inPieces(rows.finish(nameOf(ratings), warnings), told.breathe);
  return {
    ok: true,
    ...result,
    ratings: called ? withTitles(result.ratings, called) : result.ratings,
    rejected: reports.flatMap(({ rejected }) => rejected),
    rejectedCount: reports.reduce((sum, { rejectedCount }) => sum + rejectedCount, 0),
    preview: reports[0].preview,
    account: accountIn(reports, result.warnings),
  };
}

/** Reads one person's ratings, and adds them. */
async function withPerson(
  person: Named,
  rows: Collector,
  titles: ReadonlyMap<string, Title> | null,
  { breathe }: Told,
): Promise<Read<{ readonly warnings: readonly Warning[] }>> {
  const { file, name, how = {} } = person;
  const read = await readFiles([{ file, name }], how, () => {}, breathe);
  return read.ok ? addPerson(person, read.ratings, rows, titles) : read;
}

/** What the lines of all files are; a repeated rating is a line where a row is one rating. */
function accountIn(reports: readonly FileReport[], warnings: readonly Warning[]): Account {
  const isRowEach = shapeOf(reports[0].preview.mapping.shape).each === 'row';
  const repeated = isRowEach ? warnings.find(({ code }) => code === 'duplicates') : undefined;
  return accountOf(
    reports.map(({ account }) => account),
    repeated,
  );
}

/** A part is read as the first one was, and has a header where it begins like that. */
async function asPart(
  part: Entry,
  first: Entry,
  read: FileReport | undefined,
  options: ReadOptions,
): Promise<ReadOptions> {
  if (part === first || !read) return options;
  const { mapping } = read.preview;
  const line = async (entry: Entry) => (await headOf(entry)).text.split('\n', 1)[0];
  const header = mapping.header && (await line(part)) === (await line(first));
  return { ...options, mapping: { ...mapping, header } };
}

function nameOf([{ from }, ...others]: readonly Entry[]): string {
  const more = others.filter((part) => part.from !== from).length;
  return more > 0 ? `${from.name} and ${more} more` : from.name;
}

/** Does long work, breathing at its pauses. */
export async function inPieces<T>(work: Sliced<T>, breathe: Breathe): Promise<T> {
  for (;;) {
    const slice = work.next();
    if (slice.done) return slice.value;
    await breathe();
  }
}

function withTitles<R extends ReadRatings['ratings']>(ratings: R, titles: Map<string, Title>): R {
  // Ids that pandas took for decimals, because some were missing, are those of the titles all the same.
  const titleOf = (id: string) => titles.get(id) ?? titles.get(id.replace(/\.0$/, '')) ?? null;
  const known = ratings.itemIds?.map(titleOf) ?? null;
  return known?.some((title) => title !== null) ? { ...ratings, itemTitles: known } : ratings;
}
