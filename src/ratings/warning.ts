import { counted } from '../words/numbers';

/** What may be odd about files that are taken all the same, in words; `count` is of rows or ratings that are meant. */
export const warningWords = {
  'extra-fields': (count) =>
    `${counted(count, 'row')} with more fields than columns; what is too many was left out`,
  'comma-decimals': (count) => `${counted(count, 'rating')} written with a decimal comma`,
  'invisible-characters': (count) => `${counted(count, 'row')} whose ids hold invisible characters`,
  'long-field': (count) => `${counted(count, 'row')} with an id of more than a thousand characters`,
  'maybe-missing-marker': () => '−1 or 99 may mean "not rated" in it; here it counts as a rating',
  'encoding-guessed': () => 'it is not UTF-8; its letters were guessed, so look at the names',
  'odd-archive': () => 'the archive is oddly made: some of its files overlap',
  'set-aside': (count) => `${counted(count, 'file')} of another kind left out`,
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
} as const satisfies Record<string, (count: number) => string>;

export type WarningCode = keyof typeof warningWords;

/** What a user should know about a file that was accepted. */
export interface Warning {
  readonly code: WarningCode;
  readonly count?: number;
  /** First physical line numbers, 1-based. */
  readonly lines?: readonly number[];
  /** Of files that are meant. */
  readonly names?: readonly string[];
  /** The usual least and greatest rating, where others are far from them. */
  readonly usual?: readonly [number, number];
}
