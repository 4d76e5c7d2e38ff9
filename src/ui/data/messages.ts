import type { Problem, Warning } from '../../ratings/read-ratings';

const problems: Record<string, string> = {
  'empty-file': 'the file is empty',
  'no-ratings': 'no ratings were found in it: a user, an item and a rating per line are needed',
  'missing-column': 'a user, an item or a rating column is missing',
  'ambiguous-columns': 'more than one column could be the user, the item or the rating',
  'too-many-bad-rows': 'most rows have no user, no item or no number as a rating',
  'html-file': 'this is a web page, not a ratings file (perhaps a log-in page was downloaded)',
  'json-file': 'this is JSON, not a table of ratings',
  'binary-file': 'this is not text',
  'image-file': 'this is a picture named like a ratings file; rename it to drop it as a picture',
  'line-too-long': 'it has a line, or an open quotation, of more than a megabyte',
  'unsupported-compression': 'it is compressed; unpack it first',
  'unsupported-encoding': 'it is UTF-16 text; save it as UTF-8',
  'unsupported-image': 'pictures of this kind cannot be read; PNG, JPEG, WebP and GIF can',
  'image-too-large': 'the picture has more than 100 megapixels',
  corrupt: 'it is damaged',
  unreadable: 'the file changed or is gone',
};

const warnings: Record<string, (count: number) => string> = {
  'rows-skipped': (count) => `${count} ${count === 1 ? 'row' : 'rows'} skipped`,
  duplicates: (count) => `${count} repeated ${count === 1 ? 'rating' : 'ratings'}; the last by time stands`,
  'too-few-ratings': () => 'a single rating: there is little to learn',
  'single-user': () => 'only one user',
  'single-item': () => 'only one item',
  'all-ratings-equal': () => 'all ratings are equal',
  'too-small': () => 'the picture is much smaller than the matrix',
  'extreme-shape': () => 'the picture is very long; its middle was taken',
};

const lineList = (lines: readonly number[] | undefined) =>
  lines?.length ? ` (line ${lines.slice(0, 5).join(', ')}${lines.length > 5 ? ' …' : ''})` : '';

/** Names the file, the reason, and where. */
export function problemSentence({ code, fileName, count, lines }: Problem): string {
  const counted = count ? `; ${count} rows` : '';
  return `${fileName} was not loaded: ${problems[code] ?? code}${counted}${lineList(lines)}.`;
}

export function warningSentence({ code, count, lines }: Warning): string {
  return `${warnings[code]?.(count ?? 0) ?? code}${lineList(lines)}`;
}
