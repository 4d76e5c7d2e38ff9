import type { Reconstruct } from '../../kernels/simd/reconstruct';
import type { MethodId } from '../../methods/method';
import type { Encoders } from '../film/encoder';
import type { Subject } from './subject';

/** One line of the menu. */
export interface Offer<Options> {
  readonly label: string;
  /** This is said under the label. */
  readonly note?: string;
  /** True, or words that say why it cannot be had now. */
  readonly ready: true | string;
  /**
   * Whoever chooses this line gets the export with these options, and in the scale that is chosen in the menu unless
   * they say another. Where they are absent and the export has a form, that form asks for them.
   */
  readonly options?: Partial<Options>;
  /** Whether the scale that is chosen in the menu matters to it. */
  readonly scaled?: boolean;
}

/** This is said of an export that needs a model, as long as there is none. */
export const unbegun = 'nothing was learnt yet';

/** What to say while an export that takes a while is being made: 'Making a GIF', 'frame 3 of 40'. */
export interface Steps {
  readonly what: string;
  readonly unit: string;
  readonly of: number;
}

/** Everything that a file is made of, as it was at the moment when somebody asked for it. */
export interface Gathered<Wanted, Part> {
  readonly fileName: string;
  /** This crosses to the worker at once, so it has to be cloneable. */
  readonly wanted: Wanted;
  /** What would be too much at once crosses part by part, each when the worker asks for it. */
  readonly parts?: Iterable<Part>;
  /** An export with steps shows how far it is, and what is learning pauses meanwhile. */
  readonly steps?: Steps;
}

/** What the worker offers to an export that is making its file. */
export interface Tools<Part> {
  readonly parts: AsyncIterable<Part>;
  /**
   * Tells the page that so many steps are done, and lets the worker handle messages that have arrived. To be called
   * every few milliseconds of work, and awaited.
   */
  said(done: number): Promise<void> | undefined;
  /** Settles when text and matrices can be painted as on the stage; with null where the browser has no fast kernel. */
  painting(): Promise<Reconstruct | null>;
  readonly encoders: Encoders;
}

/**
 * A kind of file that can be saved. The page asks it what to offer and what to gather; the worker has it make the file
 * from what has crossed.
 */
export interface Export<Options = unknown, Wanted = unknown, Part = unknown> {
  readonly id: string;
  /** Its lines in the menu; none where what is on the stage has no such thing. */
  offers(subject: Subject): readonly Offer<Options>[];
  /** Frames that have to be there before it is gathered, by the steps of the runs: they may have been thinned out. */
  needs?(subject: Subject): readonly Readonly<Record<MethodId, number>>[];
  /** Runs on the page. Null where there turns out to be nothing to save. */
  gather(subject: Subject, options: Options): Gathered<Wanted, Part> | null;
  /** Runs in the worker. Throws where the file cannot be made. */
  make(wanted: Wanted, tools: Tools<Part>): Promise<Blob>;
  /** Runs in the worker: the first and the last of its pictures, each at most `most` pixels a side. */
  preview?(wanted: Wanted, parts: readonly Part[], most: number, tools: Tools<Part>): Promise<ImageBitmap[]>;
}

/** Makes a file of a table that comes in pieces; the `done` of a piece says how many steps are done with it. */
export async function tableOf(
  pieces: Iterable<{ readonly csv: string; readonly done: number }>,
  { said }: Pick<Tools<unknown>, 'said'>,
): Promise<Blob> {
  const parts: Blob[] = [];
  for (const { csv, done } of pieces) {
    // Browsers may keep a blob on disk, so a large table does not fill the memory.
    parts.push(new Blob([csv]));
    await said(done);
  }
  return new Blob(parts, { type: 'text/csv' });
}
