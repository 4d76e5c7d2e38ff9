import { saysSo } from './column-names';
import type { Mapping } from './columns';
import { parseRating, parseSpelt, wordsWorth } from './numbers';
import type { DataCode, FileProblem } from './problem';
import { shapeOf, shapes } from './shapes';
import type { Guess } from './shapes/shape';
import { type Column, type Sheet, sheetOf } from './sheet';
import { clockworkOf } from './times';

/** What is to be said of a table before it is read. */
export interface Decision {
  /** How it is read; where there is a doubt it is a guess. */
  readonly mapping: Mapping;
  /** Why somebody has to be asked; null where it is clear. */
  readonly doubt: DataCode | null;
  /** Which of user, item and rating no column is said to be. */
  readonly missing: NonNullable<FileProblem['missing']>;
  /** What stands for a rating where that is no number. */
  readonly example?: string;
}

type Known = Partial<Mapping>;

/**
 * Decides by its first rows how a table is read, as far as that is not known.
 *
 * @param known what is said of it: the rest is guessed
 * @param named the first row is nothing but names
 */
export function decide(rows: Sheet['rows'], delimiter: string, known: Known, named: boolean): Decision {
  const sheet = sheetOf(rows, named || known.header);
  const said = shapes.find(({ id }) => id === known.shape);
  const guesses = (said ? [said] : shapes.toReversed()).map((shape) => ({
    shape,
    guess: shape.guess(sheet, said !== undefined),
  }));
  const { shape, guess } = guesses.find((one) => one.guess !== null) ?? {
    shape: shapeOf(undefined),
    guess: null,
  };
  const found: Guess = guess ?? {
    mapping: { user: -1, item: -1, rating: -1, time: -1 },
    doubt: 'missing-column',
  };
  const isUsual = shape === shapeOf(undefined);
  const mapping: Mapping = {
    ...found.mapping,
    ...(isUsual ? {} : { shape: shape.id }),
    ...known,
    header: sheet.header !== null,
    delimiter,
  };
  const isKnown = shape.needs.every((role) => known[role] !== undefined);
  const more = doubtOfValues(sheet, mapping) ?? {};
  return { mapping, doubt: isKnown ? null : found.doubt, missing: missingFrom(sheet), ...more };
}

/** What is doubtful of values, where it is clear which column is which. */
function doubtOfValues({ columns }: Sheet, mapping: Mapping): Partial<Decision> | null {
  const rating: Column | undefined = columns[mapping.rating];
  if (!rating || rating.texts.length === 0) return null;
  const isSpelt =
    rating.texts.filter((text) => parseRating(text) !== null).length < 0.5 * rating.texts.length;
  const example = rating.texts.find((text) => parseRating(text) === null);
  const words = isSpelt && !mapping.words ? wordsWorth(rating.texts) : null;
  if (words && example) return { mapping: { ...mapping, words }, doubt: 'words-as-ratings', example };
  const isReadable = rating.texts.every((text) => parseRating(text) !== null || parseSpelt(text) !== null);
  if (isSpelt && isReadable && example) {
    const isNew = rating.texts.some((text) => parseSpelt(text) !== null);
    return isNew ? { doubt: 'spelt-ratings', example } : null;
  }
  const time = columns[mapping.time];
  const clock = time && clockworkOf(time.texts, mapping.dates);
  return clock?.isAmbiguous ? { mapping: { ...mapping, dates: clock.order }, doubt: 'unclear-dates' } : null;
}

function missingFrom({ columns }: Sheet): Decision['missing'] {
  const roles = ['user', 'item', 'rating'] as const;
  return roles.filter((role) => !columns.some((column) => column.score(role) >= saysSo));
}
