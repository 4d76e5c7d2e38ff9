import type { Account } from '../account';
import type { Collector } from '../collector';
import type { Mapping, Preview } from '../columns';
import type { Read, Refused } from '../problem';
import type { RejectedRow } from '../rejected';
import type { Warning, WarningCode } from '../warning';
import type { Chunk } from './chunks';
import type { PlainForm, PlainRows } from './plain-rows';

/** A file, and what it is called. */
export interface Named {
  readonly file: Blob;
  readonly name: string;
  /** What it was brought as, where that was said. */
  readonly as?: 'test' | 'titles' | 'person';
  /** How one person's ratings are read that are brought to be added to others. */
  readonly how?: ReadOptions;
}

/** A file that was brought, or one in an archive. */
export interface Entry {
  /** With its folders, where it has some. */
  readonly name: string;
  /** The file that was brought: it, or what it is in. */
  readonly from: Named;
  /** That file, where it is the entry itself: it can be read here and there. */
  readonly file: Blob | null;
  /** How many bytes of that file it takes, about. */
  readonly size: number;
  /** Its bytes; to read them may throw a ReadRefusal. */
  pieces(): AsyncIterable<Chunk>;
  /** Its first bytes, where they are known already. */
  readonly head?: Uint8Array;
  /** Its bytes are made of what is in the file, and have no place there. */
  readonly isMade?: true;
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
  /** Which of several files the ratings are, where that was not clear: its name, or that of the first of its parts. */
  readonly chosen?: string;
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
  /** What each of its lines is. */
  readonly account: Account;
}

/** Takes text in pieces, cut anywhere. The answer does not depend on where. */
export interface RatingsReader {
  /** A problem that makes reading on pointless, or null. */
  push(text: string): Refused | null;
  finish(): Read<FileReport>;
  readonly rowCount: number;
  /** What its rows of plain numbers are like; null where it has none, or does not know yet. */
  plain?(): PlainForm | null;
  /**
   * Takes rows of plain numbers as if their text had been pushed: so many of them. Those from the first on that it does
   * not take have to be pushed as text; all, where a row has begun that is not finished.
   */
  takePlain?(read: PlainRows): number;
}

/** What is in an archive. */
export interface Contents {
  /** Files, in their order; not folders, nor what only the system wants. */
  readonly entries: readonly Entry[];
  readonly warnings: readonly WarningCode[];
}

/**
 * Tells how many rows were read, and how many of the file's bytes were used up for them; what it returns is awaited.
 * `before`: bytes that were read before, when all is read once more.
 */
export type Progress = (rows: number, consumed: number, before?: number) => Promise<void> | undefined;

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
  /** Whether each row begins a line. */
  readonly isLines: boolean;
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

/** A file in which there are others. */
export interface ArchiveFormat extends AnyFormat {
  readonly kind: 'archive';
  /**
   * Lists it. Throws a ReadRefusal.
   *
   * @param said where all of it has to be read for that: told how many bytes were
   */
  open(entry: Entry, said: (consumed: number) => Promise<void> | undefined): Promise<Contents>;
}

/** How ratings can be written down: a value of one of these kinds, in the list of `index.ts`. */
export type Format = TextFormat | TableFormat | ArchiveFormat;
