import type { Mapping, Preview } from '../../ratings/columns';
import type { Named, ReadOptions } from '../../ratings/formats/format';
import type { Problem } from '../../ratings/problem';
import type { RejectedRow } from '../../ratings/rejected';
import type { SampleSize } from '../../state/link/data';
import type { LoadedData } from '../../state/loaded-data';

export interface Loading {
  readonly what: string;
  /** 0…1, or null where it cannot be known. */
  readonly share: number | null;
  readonly rows: number;
  /** When it began, milliseconds of the page's clock. */
  readonly since: number;
  /** Bytes, once they are known: what was read is being laid out in so much memory. */
  readonly needed?: number;
}

/** Which column is which? Asked where a file does not say, or where a user wants to say it. */
export interface Question {
  readonly fileName: string;
  readonly preview: Preview;
  /** Why it could not be read without; null where it was read. */
  readonly problem: Problem | null;
  /** What was said so far of how it is written: the preview follows it. */
  readonly said: Said;
  /** The ratings that are there, to which those of one person could be added; null where it is them that are asked about, or there are none. */
  readonly others: string | null;
}

/** What can be said of a table before its columns are: which file it is, and how it is written. */
export type Said = Pick<ReadOptions, 'chosen' | 'known'>;

/** Ratings files, and how they are to be read. */
export interface Brought {
  readonly files: readonly Named[];
  readonly options: ReadOptions;
}

/** What became of keeping the ratings on the stage on this machine. */
type Kept = { readonly kind: 'kept'; readonly bytes: number } | { readonly kind: 'too-large' | 'failed' };

export interface DataSlice {
  readonly data: LoadedData | null;
  readonly loading: Loading | null;
  readonly question: Question | null;
  /** What ratings files can be read, in words; empty until the worker has said so. */
  readonly readable: string;
  /** Nothing is on the stage, and nothing comes by itself any more. */
  readonly undrawn: boolean;
  /** Null: nothing was kept, or it is not known yet. */
  readonly kept: Kept | null;
}

export const dataSlice = (): DataSlice => ({
  ...{ data: null, loading: null, question: null, readable: '', undrawn: false, kept: null },
});

export interface DataActions {
  /** Opens the ratings that were kept on this machine, with what was set. */
  openKept(): void;
  /** Keeps nothing on this machine any more. */
  forgetKept(): void;
  /** Where nothing came, asks for the picture that is set once more. */
  drawAgain(): void;
  /** A ratings file or an image, told apart by content and name; or ratings with their titles or test set. */
  openFiles(files: readonly File[]): void;
  /** A table of ratings as text. */
  paste(text: string): void;
  /** Has `readable` filled in. */
  askReadable(): void;
  /** Says which column is which, of the file that was asked about. */
  answer(mapping: Mapping): void;
  /** The same of a file of one person's ratings: they are added to those that are there. */
  addPerson(mapping: Mapping): void;
  /** Says how the file that is asked about is written, or which of several it is: its preview follows. */
  preview(said: Said): void;
  /** Asks which column is which of the ratings that are there. */
  ask(): void;
  /** Leaves a file that nobody could say the columns of. */
  dismissQuestion(): void;
  /** Reads the ratings that are there again, without those outside. */
  keepWithin(range: readonly [number, number]): void;
  /** Reads the ratings that are there again, with something said of how they are written. */
  tell(change: Partial<Mapping>): void;
  /** Reads the ratings that are there again, with a test set. */
  addTest(file: File): void;
  /** Downloads rows of a file that were not taken, as CSV. */
  saveRejected(name: string, rows: readonly RejectedRow[]): Promise<void>;
  /** The made-up sample; in MovieLens's larger sizes too. */
  openSample(size?: SampleSize): void;
  cancelLoading(): void;
}
