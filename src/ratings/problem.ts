import type { Preview } from './columns';
import type { RejectedRow } from './rejected';
import type { Failure, Result } from './result';

/** Why files that were brought are not taken: each ends the sentence "x was not loaded: …". `how` something is packed. */
export const problemWords = {
  'empty-file': 'the file is empty',
  'no-ratings': 'no ratings were found in it: a user, an item and a rating per line are needed',
  'missing-column': 'a user, an item or a rating column is missing; one rating per line is needed',
  'ambiguous-columns': 'more than one column could be the user, the item or the rating',
  'unclear-columns': 'its columns have no names that say which is which',
  'no-user-column': 'it has no user column; perhaps these are one person’s ratings',
  'no-rating-column':
    'it has pairs and no ratings; explicit ratings are needed, a user, an item and a rating per line',
  'words-as-ratings': 'its ratings are words',
  'spelt-ratings': 'its ratings are not plain numbers',
  'unclear-dates': 'its dates do not tell which comes first, day or month',
  'column-count-mismatch': 'its rows have different numbers of columns',
  'too-many-bad-rows': 'most rows have no user, no item or no number as a rating',
  'line-too-long': 'it has a line, or an open quotation, of more than a megabyte',
  'too-large': 'it is larger than this tab can hold',
  'too-many-ids': 'it has more users and items than this tab can hold',
  'no-ratings-among-files': 'none of them seems to hold ratings',
  'no-titles-match': 'it says what items are called, but none of them is among the ratings that are here',
  'nothing-in-common':
    'none of its titles is among the items; bring what those are called as well (movies.csv), if it is not here yet',
  'titles-alone': 'it says what items are called; drop it together with the ratings, or after them',
  'html-file': 'this is a web page, not a ratings file (perhaps a log-in page was downloaded)',
  'json-file':
    'this is JSON, but no list of ratings: an object or an array a line can be read, or a list of them in brackets',
  'xml-file': 'this is XML, in which nobody but who made it knows the ratings; export it as CSV',
  'sql-dump': 'this is an SQL dump; load it into its database and export the ratings as CSV',
  'database-file': 'this is an SQLite database; export the table of ratings as CSV',
  'old-spreadsheet': 'this is a spreadsheet in the old form of Excel; save it as CSV or .xlsx',
  'arrow-file': 'this is an Arrow or Feather file; save it as Parquet or CSV',
  'numpy-file': 'these are NumPy arrays; save them as a table of user, item and rating, as CSV',
  'matlab-file': 'this is a MATLAB file; save it as a table of user, item and rating, as CSV',
  'hdf5-file': 'this is an HDF5 file, also MATLAB’s newer form; save its ratings as CSV',
  'pickle-file': 'this is a Python pickle, which is a program; save it as CSV or Parquet',
  'spreadsheet-file': 'this is a spreadsheet; save it as CSV first',
  'binary-file': 'this is not text',
  'image-file': 'this is a picture named like a ratings file; rename it to drop it as a picture',
  'unsupported-compression': (how) => `it is compressed ${how}; unpack it first, or pack it with gzip`,
  'encrypted-zip': 'the archive is locked with a password',
  'nested-archive': 'it is an archive within an archive; unpack it first',
  'no-ratings-file-in-zip': 'the archive holds no ratings file',
  'unsupported-zip': (how) => `it is a ZIP packed ${how}; unpack it, and drop what is in it`,
  'several-candidates': 'more than one file could be the ratings',
  'unsupported-image': 'pictures of this kind cannot be read; PNG, JPEG, WebP and GIF can',
  'image-too-large': 'the picture has more than 100 megapixels',
  truncated: 'it ends too early; perhaps a download was cut short',
  corrupt: 'it is damaged',
  unreadable: 'the file changed or is gone',
} as const satisfies Record<string, string | ((how: string) => string)>;

export type DataCode = keyof typeof problemWords;

/** What there is to say of a file that is not taken, beside the code. */
export interface FileProblem {
  readonly fileName: string;
  /** Of rows that are meant: how many, and the first physical line numbers, 1-based. */
  readonly count?: number;
  readonly lines?: readonly number[];
  /** Which of user, item and rating have no column. */
  readonly missing?: readonly ('user' | 'item' | 'rating')[];
  /** What was seen instead of a rating. */
  readonly example?: string;
  /** What it is packed with, where that is why it cannot be read. */
  readonly packing?: string;
  /** Which files could be the ratings. */
  readonly candidates?: readonly string[];
  /** Rows that were not taken, where these were most: the first 100,000. */
  readonly rejected?: readonly RejectedRow[];
  /** Where somebody who says what the columns are could have it read after all. */
  readonly preview?: Preview;
}

export type Refused = Failure<DataCode, FileProblem>;
export type Problem<Code extends string = DataCode> = Failure<Code, FileProblem>['problem'];

/** What comes of reading files. */
export type Read<T extends object> = Result<T, DataCode, FileProblem>;

/** Ends the reading of a file from within. */
export class ReadRefusal extends Error {
  /** @param packing see `FileProblem` */
  constructor(
    readonly code: DataCode,
    readonly packing?: string,
  ) {
    super(code);
  }
}
