import { type Account, lineKinds } from '../../ratings/account';
import type { Mapping } from '../../ratings/columns';
import { type Problem, problemWords } from '../../ratings/problem';
import { shapeOf } from '../../ratings/shapes';
import { type Warning, warningWords } from '../../ratings/warning';
import { counted, grouped } from '../../words/numbers';
import type { FileCode } from '../shell/slice';

/** Why a file was refused, a run file too. */
const problems: Record<FileCode, string | ((how: string) => string)> = {
  ...problemWords,
  'bad-shape': 'the numbers in it do not fit together',
  'bad-value': 'a value in it is out of bounds',
  'unknown-key': 'it holds a setting that is not known here',
  'newer-version': 'it was made by a newer version of Factorscope',
  'not-a-run-file': 'it is not a run that Factorscope saved',
};

/** The first lines, 1-based, as they stand in the file. */
function whereIn(lines: readonly number[] | undefined): string {
  if (!lines?.length) return '';
  const first = lines.slice(0, 5).join(', ');
  return ` (${lines.length === 1 ? 'line' : 'lines'} ${first}${lines.length > 5 ? ' …' : ''})`;
}

/** Why, as the second half of a sentence; which columns are missing, where that is known. */
export function reasonOf({ code, missing, example, packing, preview }: Problem<FileCode>): string {
  const words = problems[code];
  if (typeof words === 'function')
    return words(packing ? `with ${packing}, which is not read here` : 'in a way that is not read here');
  if (example !== undefined) return `${words}, such as “${example.slice(0, 40)}”`;
  return (code === 'missing-column' && missing && missingWords(missing, preview?.mapping)) || words;
}

const either = new Intl.ListFormat('en-GB', { type: 'disjunction' });

/** A role that no column is named as may have been guessed all the same: then there is such a column, perhaps. */
function missingWords(missing: NonNullable<Problem['missing']>, guess?: Mapping): string {
  if (guess?.shape && guess.shape !== shapeOf(undefined).id)
    return 'it may be a matrix of ratings, but nothing in it says so';
  const open = missing.filter((role) => !guess || guess[role] < 0);
  if (open.length === 0 && missing.length > 0)
    return `no column is named as ${either.format(missing.map((role) => `the ${role}`))}; what is chosen is a guess`;
  if (open.length === 0 || open.length === 3) return '';
  return `it has no ${open.join(' and no ')} column; one rating per line is needed`;
}

/** Names the file, the reason, and where. */
export function problemSentence(problem: Problem<FileCode>): string {
  const { fileName, count, lines } = problem;
  const reason = reasonOf(problem);
  return `${fileName} was not loaded: ${reason}${count ? `; ${counted(count, 'row')}` : ''}${whereIn(lines)}.`;
}

/**
 * What the lines of the files are, as a sum; of those that are no ratings, the first.
 *
 * @param each whether a row is a rating, or has one in each of its cells
 */
export function accountWords(account: Account, each: 'row' | 'cell'): string {
  const total = account.reduce((sum, { count }) => sum + count, 0);
  const parts = account.map(({ kind, count, lines }) => {
    const { words, isOdd } = lineKinds[kind];
    const what = kind === 'rating' && each === 'cell' ? 'with ratings' : words;
    return `${grouped(count)} ${what}${isOdd ? whereIn(lines) : ''}`;
  });
  return `${grouped(total)} = ${parts.join(' + ')}`;
}

export function warningSentence(warning: Warning, fileName: string): string {
  const { code, count, lines, names } = warning;
  const which = names ? ` (${names.slice(0, 5).join(', ')}${names.length > 5 ? ' …' : ''})` : '';
  return `${fileName}: ${warningWords[code](count ?? 0, warning)}${which}${whereIn(lines)}.`;
}
