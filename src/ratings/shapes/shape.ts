import type { Mapping } from '../columns';
import type { DataCode } from '../problem';
import type { Sheet } from '../sheet';
import type { WarningCode } from '../warning';

/** What the columns of a sheet seem to be. */
export interface Guess {
  readonly mapping: Omit<Mapping, 'delimiter' | 'header'>;
  /** Why somebody has to be asked whether it is right; null where it is clear. */
  readonly doubt: DataCode | null;
}

/** Takes the texts of a rating: of its user, its item, its value and its time; and in which column the value stands. */
type Put = (user: string, item: string, rating: string, time: string, at: number) => void;

/** A way in which ratings stand in a table. */
export interface Shape {
  readonly id: string;
  /** What it is, in words. */
  readonly words: string;
  /** What has to be said of the columns: the others are not asked for. */
  readonly needs: readonly ('user' | 'item' | 'rating')[];
  /** What else can be said of them. */
  readonly may: readonly ('user' | 'item' | 'time')[];
  /** What the column of ratings is, in words, where it is not the rating. */
  readonly rating?: string;
  /** Whether a row is a rating, or has one in each of its cells. */
  readonly each: 'row' | 'cell';
  /** All ratings are those of one person, so that they can be added to those of others. */
  readonly isOfOne?: true;
  /** What is said where it was assumed without a question. */
  readonly assumed?: WarningCode;
  /** What the columns are, if the ratings stand so; null: they do not. `isSaid`: somebody says they do. */
  guess(sheet: Sheet, isSaid: boolean): Guess | null;
  /**
   * Reads one table: the function it returns is given the rows one by one, after the header, and puts the ratings that
   * stand in a row; null, or what the row is that has none because it only says something of others.
   */
  reader(
    mapping: Mapping,
    header: readonly string[] | null,
  ): (row: readonly string[], line: number, put: Put) => 'section' | 'total' | null;
}
