import type { OrderBy } from '../draw/orders';
import type { Window } from '../draw/window';
import type { MethodId } from '../methods/method';
import type { Mapping } from '../ratings/columns';
import type { sampleSizes } from '../ratings/sample';
import type { Settings } from '../settings/race';
import type { Looks } from '../state/looks';
import type { Cell, PastRun } from '../state/workbench';
import type { Exporting } from './export/exporting';

/** What a user can do. Everything else follows from it. */
export interface Actions {
  play(): void;
  pause(): void;
  /** One iteration and one epoch, paused. */
  step(): void;
  /** One half-sweep and one observation, paused. */
  smallStep(): void;
  /** Back to the initial factors; playing or paused as before. */
  reset(): void;
  /** Out-of-bounds changes are ignored. */
  change(change: Partial<Settings>): void;
  /** The defaults for the data at hand; without a name, all of them. */
  restoreDefaults(name?: keyof Settings): void;
  defaultOf(name: keyof Settings): Settings[keyof Settings];
  look(change: Partial<Looks>): void;
  /** A ratings file or an image, told apart by content and name; or ratings with their titles or test set. */
  openFiles(files: readonly File[]): void;
  /** A table of ratings as text. */
  paste(text: string): void;
  /** Says which column is which, of the file that was asked about. */
  answer(mapping: Mapping): void;
  /** Asks which column is which of the ratings that are there. */
  ask(): void;
  dismissQuestion(): void;
  /** Reads the ratings that are there again, without those outside. */
  keepWithin(range: readonly [number, number]): void;
  /** Reads the ratings that are there again, with a test set. */
  addTest(file: File): void;
  /** Downloads the rows that were not taken. */
  saveRejected(): void;
  /** The made-up sample; in MovieLens's larger sizes too. */
  openSample(size?: keyof typeof sampleSizes): void;
  /** The address that reproduces what is on the stage, onto the clipboard. */
  copyLink(): Promise<void>;
  /** Makes the large sample up that an opened link is of. */
  acceptLink(): void;
  cancelLoading(): void;
  dismissNotice(): void;
  /** After a divergence: the proposed γ (or another), from the start. */
  restartWith(learningRate: number): void;
  /** After a worker was lost. */
  revive(method: MethodId): void;
  pointAt(cell: Cell | null): void;
  /** Brings a part of the matrices onto the stage; null: the whole. */
  show(window: Window | null): void;
  /** Orders users and items on the stage; along a factor: as the newest picture of ALS has it now. */
  orderBy(by: OrderBy): void;
  /** Looks at the film at a place on the chart's axis; at its end, at the newest frames. Pauses. */
  scrub(place: number): void;
  /** The next frame of the film, or the one before. */
  frame(by: 1 | -1): void;
  /** The newest frames. */
  live(): void;
  /** Exactly this step of both methods, computed where it is not there. */
  goTo(step: number): void;
  /** Gives the frames on the stage a name. */
  mark(): void;
  goToMark(id: number): void;
  renameMark(id: number, name: string): void;
  dropMark(id: number): void;
  /** Of a run that was left for another. */
  changeRun(id: number, change: Partial<Pick<PastRun, 'name' | 'visible' | 'pinned'>>): void;
  dropRun(id: number): void;
  /** Puts a run into a method's pane; null: the one of the method that goes on. */
  showIn(pane: MethodId, run: number | null): void;
  /** Opens and closes the inspector. */
  inspect(open: boolean): void;
  /** Looks at another row of the side that ALS solves next. */
  lookAtRow(line: number): void;
  /** Solves the row that is looked at, or the one after it where that is done, on top of the frame. */
  solveRow(): void;
  readonly exporting: Exporting;
}
