import type { Collector } from '../collector';
import type { Mapping, Preview } from '../columns';
import type { RejectedRow } from '../intake';
import type { Read, Refused } from '../problem';
import type { Warning, WarningCode } from '../warning';
import type { Chunk } from './chunks';

/** A file, and what it is called. */
export interface Named {
  readonly file: Blob;
  readonly name: string;
}

/** The beginning of a file, or of what was packed in one. */
export interface Head {
  readonly name: string;
  readonly bytes: Uint8Array;
  /** The same as text with \n as line ends: nonsense where it is none. */
  readonly text: string;
}

/** How a file is to be read, where it does not say so itself. */
export interface ReadOptions {
  /** Said by somebody: nothing is asked any more. */
  readonly mapping?: Mapping;
  /** What is known beforehand, as in a preview that follows what is said: the rest is guessed from it. */
  readonly known?: Partial<Mapping>;
  /** Ratings outside are set aside. */
  readonly range?: readonly [number, number];
}

/** What one file had. Its ratings are with the collector. */
export interface FileReport {
  readonly rowCount: number;
  readonly rejectedCount: number;
  readonly rejected: readonly RejectedRow[];
  readonly warnings: readonly Warning[];
  readonly preview: Preview;
}

/** Takes text in pieces, cut anywhere. The answer does not depend on where. */
export interface RatingsReader {
  /** A problem that makes reading on pointless, or null. */
  push(text: string): Refused | null;
  finish(): Read<FileReport>;
  readonly rowCount: number;
}

/** What is in an archive. */
interface Contents {
  /** Of the file with the ratings. */
  readonly name: string;
  /** Its bytes; to read them may throw a ReadRefusal. */
  readonly pieces: AsyncIterable<Chunk>;
  readonly warnings: readonly WarningCode[];
  /** Bytes of a file that says what items are called; null where there is none. */
  readonly titles: (() => AsyncIterable<Chunk>) | null;
}

/** Tells how many rows were read, and how many of the file's bytes were used up for them; what it returns is awaited. */
export type Progress = (rows: number, consumed: number) => Promise<void> | undefined;

interface AnyFormat {
  readonly id: string;
  /** What somebody who has such a file calls it. */
  readonly words: string;
  /** Whether a file with this beginning is of this format: by its bytes, or by its text, rather than by its name. */
  recognise(head: Head): boolean;
}

/** A table that is text, also within an archive: a row is a line, or several. */
export interface TextFormat extends AnyFormat {
  readonly kind: 'text';
  /** What the names of such files end in, without the dot. */
  readonly endings: readonly string[];
  /** What the first line names, or holds, in the order of the columns. */
  firstRow(line: string): readonly string[];
  /**
   * Reads a text into `rows`. The text has \n as line ends, and no byte order mark; `head` is how it begins, and will be
   * pushed like all the rest.
   */
  reader(head: string, fileName: string, rows: Collector, options: ReadOptions): RatingsReader;
}

/** A table that is not text: it is read here and there, as it wants. Refusals of `progress` have to pass. */
export interface TableFormat extends AnyFormat {
  readonly kind: 'table';
  read(file: Named, rows: Collector, options: ReadOptions, progress: Progress): Promise<Read<FileReport>>;
}

/** An archive, in which a table of text is packed. */
export interface ArchiveFormat extends AnyFormat {
  readonly kind: 'archive';
  /**
   * Finds the ratings in it. Throws a ReadRefusal.
   *
   * @param endings of names that a table can have
   */
  open(file: Named, endings: readonly string[]): Promise<Contents>;
}

/** How ratings can be written down: a value of one of these kinds, in the list of `index.ts`. */
export type Format = TextFormat | TableFormat | ArchiveFormat;
