import { atMost, counted, grouped } from '../words/numbers';

/**
 * What may be odd about files that are taken all the same, in words; `count` is of rows or ratings that are meant. First
 * comes what decides whether these are ratings, and which.
 */
export const warningWords = {
  'maybe-missing-marker': (count, { value = 0, of = count }) =>
    `${grouped(count)} of ${counted(of, 'rating')} are ${grouped(value)}: in many data sets that means "not rated"; here it counts as a rating`,
  'not-rated': (count) => `${counted(count, 'rating')} left out: there a number means "not rated"`,
  'taken-as-counts': () => 'log(1 + count) is taken for the rating',
  'maybe-counts': () =>
    'its values look like counts (plays, hours, visits) and not like ratings; the few largest outweigh all others',
  'rows-skipped': (count) => `${counted(count, 'row')} skipped`,
  duplicates: (count) => `${counted(count, 'repeated rating')}; the last by time stands`,
  'extra-fields': (count) =>
    `${counted(count, 'row')} with more fields than columns; what is too many was left out`,
  'comma-decimals': (count) => `${counted(count, 'rating')} written with a decimal comma`,
  'invisible-characters': (count) => `${counted(count, 'row')} whose ids hold invisible characters`,
  'long-field': (count) => `${counted(count, 'row')} with an id of more than a thousand characters`,
  'times-unread': (count, { example = '' }) =>
    `${counted(count, 'time')} that cannot be read, such as “${example.slice(0, 40)}”`,
  'read-as-matrix': () => 'it was read as a matrix: users down, items across',
  'read-as-turned': () => 'it was read as a matrix: items down, users across',
  'bad-bytes': (count) => `${counted(count, 'byte')} that no text has in UTF-8`,
  'encoding-guessed': () => 'it is not UTF-8; its letters were guessed, so look at the names',
  'odd-archive': () => 'the archive is oddly made: some of its files overlap',
  'set-aside': (count) => `${counted(count, 'file')} of another kind left out`,
  'person-added': (count, { of = count, value = 1, example = '' }) =>
    `${grouped(count)} of ${counted(of, 'rating')} of one person added as user “${example}”${value === 1 ? '' : `, times ${atMost(value)} to be on the same scale`}`,
  'person-unknown': (count) => `${counted(count, 'rating')} of titles that none of the items has, left out`,
  'too-few-ratings': () => 'a single rating, so there is little to learn',
  'single-user': () => 'only one user',
  'single-item': () => 'only one item',
  'off-scale': (count) => `${counted(count, 'rating')} far off the scale of the others`,
  'some-times': () => 'only some rows say when; times are left out',
  'transparency-flattened': () => 'what is transparent in it was put on white',
  'all-ratings-equal': () => 'all ratings are equal',
  'too-small': () => 'the picture is of a few pixels only',
  'extreme-shape': () => 'the picture is very long; its middle was taken',
} as const satisfies Record<string, (count: number, facts: Facts) => string>;

export type WarningCode = keyof typeof warningWords;

/** What there is to say of a file that was accepted, beside the code. */
interface Facts {
  readonly count?: number;
  /** First physical line numbers, 1-based. */
  readonly lines?: readonly number[];
  /** What stands there. */
  readonly example?: string;
  /** Of files that are meant. */
  readonly names?: readonly string[];
  /** The value that is meant, and of how many ratings. */
  readonly value?: number;
  readonly of?: number;
  /** The usual least and greatest rating, where others are far from them. */
  readonly usual?: readonly [number, number];
}

/** What a user should know about a file that was accepted. */
export interface Warning extends Facts {
  readonly code: WarningCode;
}

/** What matters more comes first; of the same, as they stand. */
export function inOrderOfWeight(warnings: readonly Warning[]): Warning[] {
  const codes = Object.keys(warningWords);
  return warnings.toSorted((a, b) => codes.indexOf(a.code) - codes.indexOf(b.code));
}
