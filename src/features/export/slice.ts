import type { FilmFormat } from '../../draw/film';
import type { Offer } from '../../files/exports/export';
import type { Subject } from '../../files/exports/subject';

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

/** Saving what there is as files. */
export interface Exporting {
  /** What can be saved of the experiment that is on the stage, in the sections of the menu. */
  offers(): readonly (readonly Offered[])[];
  /** Finds out what this browser can encode: what is offered then says so. */
  ask(): Promise<void>;
  /** What there is to save; null where there is nothing yet. */
  subject(): Subject | null;
  /** Makes a file and downloads it. What takes a while says how far it is, and pauses what is learning. */
  save(id: string, options: unknown): Promise<void>;
  /** Pictures of what a file will be like, at most so many pixels a side; null where there is nothing. */
  preview(id: string, options: unknown, most: number): Promise<readonly ImageBitmap[] | null>;
  /** Ends the making of any file. */
  cancel(): void;
}

/** A form asks for the options of an export. */
export interface FormProps {
  /** Closes the dialog, and saves. */
  readonly save: (options: unknown) => void;
}
