import type { NamedFrame } from '../../draw/film';
import { raceMethodIds } from '../../methods';
import type { RunConfig } from '../../methods/config';
import type { MethodId } from '../../methods/method';
import type { Looks } from '../../state/looks';
import type { RecordedRun } from '../../state/recorded-run';

/** A step of every run. */
export type Steps = Readonly<Record<MethodId, number>>;

/** A run that was left for another: it can be looked at and compared. */
export interface PastRun extends RecordedRun {
  readonly config: RunConfig;
  /** Drawn on the chart. */
  readonly visible: boolean;
  /** Keeps its frames, and its place in the list. */
  readonly pinned: boolean;
}

/** Frames with a name: the steps of all methods that were on the stage. */
interface FrameMark extends NamedFrame {
  readonly id: number;
}

export interface ReplaySlice {
  /** Where on the chart's axis the runs are looked at; null: the newest frame of each. */
  readonly replayPlace: number | null;
  /** Steps to show, each exactly, where the runs are looked at by them and not by a place on the axis. */
  readonly replaySteps: Steps | null;
  /** A frame is being computed again. */
  readonly seeking: boolean;
  readonly marks: readonly FrameMark[];
  /** Runs that were left for others, the oldest first. */
  readonly shelf: readonly PastRun[];
  /** Which run a method's pane shows, by id; null: the one of its method that goes on. */
  readonly panes: Readonly<Record<MethodId, number | null>>;
}

export const replaySlice = (): ReplaySlice => ({
  ...{ replayPlace: null, replaySteps: null, seeking: false, marks: [], shelf: [] },
  panes: Object.fromEntries(raceMethodIds.map((method) => [method, null])),
});

export interface ReplayActions {
  /** Shows things otherwise; on another axis the same frames. */
  look(change: Partial<Looks>): void;
  /** Looks back at a place on the chart's axis; at its end, at the newest frames. Pauses. */
  scrub(place: number): void;
  /** The next frame of any run, or the one before. */
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
}

export interface ShelfActions {
  /** Of a run that was left for another. */
  changeRun(id: number, change: Partial<Pick<PastRun, 'name' | 'visible' | 'pinned'>>): void;
  dropRun(id: number): void;
  /** Puts a run into a method's pane; null: the one of the method that goes on. */
  showIn(pane: MethodId, run: number | null): void;
}
