import type { Preview } from './columns';
import type { Failure, Result } from './result';

/** Why files that were brought are not taken. */
export type DataCode =
  // Of what a table holds.
  | 'empty-file'
  | 'no-ratings'
  | 'missing-column'
  | 'ambiguous-columns'
  | 'column-count-mismatch'
  | 'too-many-bad-rows'
  | 'line-too-long'
  | 'too-large'
  | 'too-many-ids'
  // Of files that come together, or do not.
  | 'several-ratings-files'
  | 'no-ratings-among-files'
  | 'no-titles-match'
  | 'titles-alone'
  // What is no table.
  | 'html-file'
  | 'json-file'
  | 'spreadsheet-file'
  | 'binary-file'
  | 'image-file'
  // Of archives.
  | 'unsupported-compression'
  | 'encrypted-zip'
  | 'nested-archive'
  | 'no-ratings-file-in-zip'
  | 'several-candidates'
  // Of pictures.
  | 'unsupported-image'
  | 'image-too-large'
  // Of any file.
  | 'truncated'
  | 'corrupt'
  | 'unreadable';

/** What there is to say of a file that is not taken, beside the code. */
export interface FileProblem {
  readonly fileName: string;
  /** Of rows that are meant: how many, and the first physical line numbers, 1-based. */
  readonly count?: number;
  readonly lines?: readonly number[];
  /** Which of user, item and rating have no column. */
  readonly missing?: readonly string[];
  /** Where somebody who says what the columns are could have it read after all. */
  readonly preview?: Preview;
}

export type Refused = Failure<DataCode, FileProblem>;
export type Problem<Code extends string = DataCode> = Failure<Code, FileProblem>['problem'];

/** What comes of reading files. */
export type Read<T extends object> = Result<T, DataCode, FileProblem>;

/** Ends the reading of a file from within. */
export class ReadRefusal extends Error {
  constructor(readonly code: DataCode) {
    super(code);
  }
}
