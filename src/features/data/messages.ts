import type { Warning, WarningCode } from '../../ratings/intake';
import type { Problem } from '../../ratings/problem';
import type { FileCode } from '../shell/slice';

/** Why a file was refused; each ends the sentence "x was not loaded: …". */
const problems: Record<FileCode, string> = {
  'empty-file': 'the file is empty',
  'no-ratings': 'no ratings were found in it: a user, an item and a rating per line are needed',
  'missing-column': 'a user, an item or a rating column is missing; one rating per line is needed',
  'ambiguous-columns': 'more than one column could be the user, the item or the rating',
  'column-count-mismatch': 'its rows have different numbers of columns',
  'too-many-bad-rows': 'most rows have no user, no item or no number as a rating',
  'line-too-long': 'it has a line, or an open quotation, of more than a megabyte',
  'too-large': 'it is larger than this tab can hold',
  'too-many-ids': 'it has more users and items than this tab can hold',
  'several-ratings-files': 'more than one of them could be the ratings; drop them one at a time',
  'no-ratings-among-files': 'none of them seems to hold ratings',
  'no-titles-match': 'it says what items are called, but none of them is among the ratings that are here',
  'titles-alone': 'it says what items are called; drop it together with the ratings, or after them',
  'html-file': 'this is a web page, not a ratings file (perhaps a log-in page was downloaded)',
  'json-file': 'this is JSON, not a table of ratings',
  'spreadsheet-file': 'this is a spreadsheet; save it as CSV first',
  'binary-file': 'this is not text',
  'image-file': 'this is a picture named like a ratings file; rename it to drop it as a picture',
  'unsupported-compression': 'it is compressed; unpack it first',
  'encrypted-zip': 'the archive is locked with a password',
  'nested-archive': 'it is an archive within an archive; unpack it first',
  'no-ratings-file-in-zip': 'the archive holds no ratings file',
  'several-candidates': 'the archive holds more than one file that could be the ratings',
  'unsupported-image': 'pictures of this kind cannot be read; PNG, JPEG, WebP and GIF can',
  'image-too-large': 'the picture has more than 100 megapixels',
  'bad-shape': 'the numbers in it do not fit together',
  'bad-value': 'a value in it is out of bounds',
  'unknown-key': 'it holds a setting that is not known here',
  'newer-version': 'it was made by a newer version of Factorscope',
  'not-a-run-file': 'it is not a run that Factorscope saved',
  truncated: 'it ends too early; perhaps a download was cut short',
  corrupt: 'it is damaged',
  unreadable: 'the file changed or is gone',
};

/** What is odd about a file that was taken. */
const warnings: Record<WarningCode, (count: number) => string> = {
  'extra-fields': (count) =>
    `${counted(count, 'row')} with more fields than columns; what is too many was left out`,
  'comma-decimals': (count) => `${counted(count, 'rating')} written with a decimal comma`,
  'invisible-characters': (count) => `${counted(count, 'row')} whose ids hold invisible characters`,
  'long-field': (count) => `${counted(count, 'row')} with an id of more than a thousand characters`,
  'maybe-missing-marker': () => '−1 or 99 may mean "not rated" in it; here it counts as a rating',
  'encoding-guessed': () => 'it is not UTF-8; its letters were guessed, so look at the names',
  'odd-archive': () => 'the archive is oddly made: some of its files overlap',
  'rows-skipped': (count) => `${counted(count, 'row')} skipped`,
  duplicates: (count) => `${counted(count, 'repeated rating')}; the last by time stands`,
  'too-few-ratings': () => 'a single rating, so there is little to learn',
  'single-user': () => 'only one user',
  'single-item': () => 'only one item',
  'off-scale': (count) => `${counted(count, 'rating')} far off the scale of the others`,
  'some-times': () => 'only some rows say when; times are left out',
  'transparency-flattened': () => 'what is transparent in it was put on white',
  'all-ratings-equal': () => 'all ratings are equal',
  'too-small': () => 'the picture is of a few pixels only',
  'extreme-shape': () => 'the picture is very long; its middle was taken',
};

/** '12 MB', '1.2 GB'. */
export function inBytes(bytes: number): string {
  const megabytes = bytes / 2 ** 20;
  return megabytes < 1000 ? `${Math.ceil(megabytes)} MB` : `${(megabytes / 1024).toFixed(1)} GB`;
}

const counted = (count: number, noun: string) =>
  `${count.toLocaleString('en')} ${noun}${count === 1 ? '' : 's'}`;

/** The first lines, 1-based, as they stand in the file. */
function whereIn(lines: readonly number[] | undefined): string {
  if (!lines?.length) return '';
  const first = lines.slice(0, 5).join(', ');
  return ` (${lines.length === 1 ? 'line' : 'lines'} ${first}${lines.length > 5 ? ' …' : ''})`;
}

/** Why, as the second half of a sentence; which columns are missing, where that is known. */
export function reasonOf({ code, missing }: Problem<FileCode>): string {
  if (code === 'missing-column' && missing && missing.length > 0 && missing.length < 3)
    return `it has no ${missing.join(' and no ')} column; one rating per line is needed`;
  return problems[code];
}

/** Names the file, the reason, and where. */
export function problemSentence(problem: Problem<FileCode>): string {
  const { fileName, count, lines } = problem;
  const reason = reasonOf(problem);
  return `${fileName} was not loaded: ${reason}${count ? `; ${counted(count, 'row')}` : ''}${whereIn(lines)}.`;
}

export function warningSentence({ code, count, lines }: Warning, fileName: string): string {
  return `${fileName}: ${warnings[code](count ?? 0)}${whereIn(lines)}.`;
}
