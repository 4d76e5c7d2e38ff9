import type { Reconstruct } from '../../kernels/simd/reconstruct';
import type { Subject } from './subject';

/** Where an export stands in the menu. */
export type Group = 'film' | 'picture' | 'table';

/** One line of the menu. */
export interface Offer<Options> {
  readonly label: string;
  /** What is said beside the label. */
  readonly note?: string;
  /** True, or in words why it cannot be had. */
  readonly ready: true | string;
  /** What is chosen by choosing it, of what is there by then. Without it a form asks, where the export has one. */
  readonly options?: (subject: Subject, scale: number) => Options;
  /** Whether the menu's scale counts. */
  readonly scaled?: boolean;
}

/** Why most exports are not ready. */
export const unbegun = 'nothing was learnt yet';
/** Why some films are not. */
export const notHere = 'not in this browser';

/** How far an export is: 'Making `what`', '`unit` 3 of `of`'. */
export interface Steps {
  readonly what: string;
  readonly unit: string;
  readonly of: number;
}

/** Everything that a file is made of, as it was when it was asked for. */
export interface Gathered<Wanted, Part> {
  readonly fileName: string;
  /** Crosses to the worker at once: it has to be cloneable. */
  readonly wanted: Wanted;
  /** What would be too much at once crosses piece by piece, each when the worker asks for it. */
  readonly parts?: Iterable<Part>;
  /** Of what takes a while; what is learning pauses meanwhile. */
  readonly steps?: Steps;
}

/** What the worker has for whoever makes a file. */
export interface Tools<Part> {
  readonly parts: AsyncIterable<Part>;
  /** Tells that so many steps are done, and lets messages that have arrived be handled; between milliseconds of work. */
  said(done: number): Promise<void> | undefined;
  /** Settles when text and matrices can be painted as the stage paints them; null: without the fast kernel. */
  painting(): Promise<Reconstruct | null>;
}

/** A file that can be saved: what is offered of it and gathered for it on the page, and made in the worker. */
export interface Export<Options = unknown, Wanted = unknown, Part = unknown> {
  readonly id: string;
  readonly group: Group;
  /** None where there is no such thing. */
  offers(subject: Subject): readonly Offer<Options>[];
  /** Null where there is nothing to save. */
  gather(subject: Subject, options: Options): Gathered<Wanted, Part> | null;
  /** Throws where the file cannot be made. */
  make(wanted: Wanted, tools: Tools<Part>): Promise<Blob>;
  /** What it will look like: some pictures, at most so many pixels a side. */
  preview?(wanted: Wanted, parts: readonly Part[], most: number, tools: Tools<Part>): Promise<ImageBitmap[]>;
}

/** Joins pieces of a table as they are made; `done` counts the steps. */
export async function tableOf(
  pieces: Iterable<{ readonly csv: string; readonly done: number }>,
  { said }: Pick<Tools<unknown>, 'said'>,
): Promise<Blob> {
  const parts: Blob[] = [];
  for (const { csv, done } of pieces) {
    // What is written leaves the heap: a blob may lie on disk.
    parts.push(new Blob([csv]));
    await said(done);
  }
  return new Blob(parts, { type: 'text/csv' });
}
