import { findColumns } from '../ratings/columns';
import type { Named } from '../ratings/formats/format';
import { formatOf } from '../ratings/formats/index';
import { type Bundle, headOf } from '../ratings/formats/read-files';
import { isTitles } from '../ratings/titles';

/** Files that were brought together, told apart: see `sorted`. */
export type Sorted = Omit<Bundle, 'ratings'> & { readonly ratings: Named | undefined };

/**
 * Which of the files brought together are the ratings, the test set and the titles: by their names, and by their
 * first lines. A problem's code where that is not clear.
 */
export async function sorted(files: readonly Named[]): Promise<Sorted | string> {
  const titles: Named[] = [];
  const tests: Named[] = [];
  const ratings: Named[] = [];
  for (const named of files) {
    const head = await headOf(named);
    const format = formatOf(head);
    const isBinary = format?.kind === 'table' || format?.kind === 'archive';
    const line = isBinary ? '' : (head.text.split('\n')[0] ?? '');
    if (isTitles(named.name, line)) titles.push(named);
    else if (files.length === 1) ratings.push(named);
    else if (/(^|[._-])(test|valid|validation|probe|holdout)([._-]|$)/i.test(named.name)) tests.push(named);
    else if (isBinary || typeof findColumns(format?.firstRow(line) ?? []) !== 'string') ratings.push(named);
  }
  if (ratings.length > 1 || tests.length > 1 || titles.length > 1) return 'several-ratings-files';
  if (ratings.length === 0 && files.length > 1) return 'no-ratings-among-files';
  return { ratings: ratings[0], test: tests[0], titles: titles[0] };
}
