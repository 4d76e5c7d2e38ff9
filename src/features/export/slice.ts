import type { FilmFormat } from '../../draw/film';
import type { Offer } from '../../files/exports/export';
import type { Subject } from '../../files/exports/subject';
import type { Loss } from '../../workers/protocol';

/** A file that is being made. */
export interface Saving {
  /** As in 'Making a GIF'. */
  readonly what: string;
  /** Frames, users or snapshots, of so many; 0: nobody knows how many. */
  readonly unit: string;
  readonly done: number;
  readonly of: number;
  /** When it began, milliseconds of the page's clock. */
  readonly since: number;
}

/** Why a file was not saved. */
export type ExportProblem = 'nothing' | 'no-room' | 'failed' | Loss;

export interface ExportSlice {
  readonly saving: Saving | null;
  /** Films that this browser cannot encode; null until it was asked. */
  readonly unableToFilm: readonly FilmFormat[] | null;
}

export const exportSlice = (): ExportSlice => ({ saving: null, unableToFilm: null });

/** A line of the menu, and the export that it belongs to. */
export interface Offered extends Offer<unknown> {
  readonly id: string;
}

/** What there is to save, as it was at one moment: its frames stay until they are let go. */
export interface HeldSubject {
  readonly subject: Subject;
  /** Bytes of frames and ratings that are held for it alone. */
  bytes(): number;
  letGo(): void;
}

/** Saving what there is as files. */
export interface Exporting {
  /** What can be saved of the experiment that is on the stage, in the sections of the menu. */
  offers(): readonly (readonly Offered[])[];
  /** Finds out what this browser can encode: what is offered then says so. */
  ask(): Promise<void>;
  /** What there is to save, as it is now, and what is learning pauses; null where there is nothing yet. */
  hold(): HeldSubject | null;
  /**
   * Makes a file of what is held, by default of what there is now, and downloads it, or says that it could not; lets go
   * of it. What takes a while says how far it is, and pauses what is learning.
   */
  save(id: string, options: unknown, held?: HeldSubject): Promise<void>;
  /** Pictures of what a file will be like, at most so many pixels a side; null where there is nothing. */
  preview(
    id: string,
    subject: Subject,
    options: unknown,
    most: number,
  ): Promise<readonly ImageBitmap[] | null>;
  /** Ends the making of any file. */
  cancel(): void;
}

/** A form asks for the options of an export of a subject. */
export interface FormProps {
  readonly subject: Subject;
  /** Closes the dialog, and saves. */
  readonly save: (options: unknown) => void;
}
