import { findColumns } from '../ratings/columns';
import type { Named } from '../ratings/formats/format';
import { formatOf } from '../ratings/formats/index';
import { type Bundle, headOf } from '../ratings/formats/read-files';
import type { Read } from '../ratings/problem';
import { failure } from '../ratings/result';
import { isTitles } from '../ratings/titles';

/** What files that were brought together are. Without `ratings`, there are titles for ratings that are there already. */
export type Recognised =
  | { readonly kind: 'picture' | 'run'; readonly chosen: Named }
  | ({ readonly kind: 'ratings' } & Sorted);

export type Sorted = Omit<Bundle, 'ratings'> & { readonly ratings: Named | undefined };

type Recogniser = (files: readonly Named[]) => Promise<Read<Recognised> | null>;

/** Each says what the files are, or null where they are nothing of its own; they are asked in this order. */
const recognisers: readonly Recogniser[] = [asPicture, asRun, asRatings];

/** Tells what files are that were brought together, or why that is not clear. */
export async function recognise(files: readonly Named[]): Promise<Read<Recognised>> {
  for (const recogniser of recognisers) {
    const recognised = await recogniser(files);
    if (recognised) return recognised;
  }
  throw new Error('no files');
}

/** A picture goes by its name, or by what the browser takes it for: a picture called .csv is a mistake. */
async function asPicture(files: readonly Named[]): Promise<Read<Recognised> | null> {
  const [{ file, name }] = files;
  const isOne = files.length === 1 && file.type.startsWith('image/');
  const isCalledOne = /\.(png|jpe?g|gif|webp|avif|bmp|svg)$/i.test(name);
  return isOne || isCalledOne ? { ok: true, kind: 'picture', chosen: files[0] } : null;
}

/** A saved run is a ZIP, and comes by itself. */
async function asRun(files: readonly Named[]): Promise<Read<Recognised> | null> {
  const { bytes } = await headOf(files[0]);
  if (files.length !== 1 || bytes[0] !== 0x50 || bytes[1] !== 0x4b) return null;
  // Only who brings a ZIP loads what looks into it.
  const { isRunFile } = await import('../files/run-file/read');
  return (await isRunFile(files[0].file)) ? { ok: true, kind: 'run', chosen: files[0] } : null;
}

/** Ratings, a test set and titles are told apart by their names, and by their first lines. */
async function asRatings(files: readonly Named[]): Promise<Read<Recognised>> {
  const titles: Named[] = [];
  const tests: Named[] = [];
  const ratings: Named[] = [];
  for (const named of files) {
    const head = await headOf(named);
    const format = formatOf(head);
    const isBinary = format?.kind === 'table' || format?.kind === 'archive';
    const line = isBinary ? '' : head.text.split('\n', 1)[0];
    if (isTitles(named.name, line)) titles.push(named);
    else if (files.length === 1) ratings.push(named);
    else if (/(^|[._-])(test|valid|validation|probe|holdout)([._-]|$)/i.test(named.name)) tests.push(named);
    else if (isBinary || typeof findColumns(format?.firstRow(line) ?? []) !== 'string') ratings.push(named);
  }
  const fileName = files.map(({ name }) => name).join(', ');
  if (ratings.length > 1 || tests.length > 1 || titles.length > 1)
    return failure('several-ratings-files', { fileName });
  if (ratings.length === 0 && files.length > 1) return failure('no-ratings-among-files', { fileName });
  return { ok: true, kind: 'ratings', ratings: ratings[0], test: tests[0], titles: titles[0] };
}
