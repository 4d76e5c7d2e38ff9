import { createStore, type StoreApi } from 'zustand/vanilla';
import type { OrderBy, Orders } from '../draw/orders';
import type { Scene } from '../draw/scene';
import type { Window } from '../draw/window';
import type { RunFileCode } from '../files/run-file/refusal';
import type { References } from '../kernels/references';
import type { Reconstruct } from '../kernels/simd/reconstruct';
import { raceMethodIds } from '../methods';
import type { Change } from '../methods/changes';
import type { RunConfig } from '../methods/config';
import type { Observed, SolvedRow } from '../methods/inspect';
import type { MethodId } from '../methods/method';
import type { Snapshot } from '../methods/snapshot';
import type { Axis } from '../metrics/moment';
import type { AuditReport, Cold } from '../ratings/audit';
import type { Preview } from '../ratings/columns';
import type { Warning } from '../ratings/intake';
import type { DataCode, Problem } from '../ratings/problem';
import type { RatingInfo } from '../ratings/rating-set';
import type { sampleSizes } from '../ratings/sample';
import type { Track } from '../sessions/track';
import { pictureDefaults, type Settings } from '../settings/race';
import { defaultsOf } from '../settings/values';
import type { LinkedFile } from './link/data';
import type { LinkProblem } from './link/reader';
import { type Looks, lookSettings } from './looks';

/** Where the ratings come from; `run`: there are none, only a run that was opened. */
export type Source = 'picture' | 'file' | 'sample' | 'run';

/**
 * A data set, and what is known of it without any factorisation. The ratings themselves are with the conductor: who
 * shows things may hold on to a state that is past, and must not hold on to them.
 */
export interface LoadedData {
  readonly source: Source;
  readonly ratings: RatingInfo;
  readonly audit: AuditReport;
  readonly trainingCount: number;
  readonly validationCount: number;
  readonly warnings: readonly Warning[];
  /** Of files: how they were read, and how many rows were not taken. */
  readonly preview?: Preview | undefined;
  readonly rejectedCount?: number | undefined;
  readonly references: References;
  readonly cold: Cold;
  /** How users and items are ordered on the stage. */
  readonly orderBy: OrderBy;
  readonly orders: Orders;
  /** Runs of at most this rank have room; a higher one needs the data laid out anew. */
  readonly highestRank: number;
}

/** The best that any model of this rank can do on a complete matrix: as it is, and at this λ. Rating units. */
export interface Floor {
  readonly rank: number;
  readonly least: number;
  readonly regularised: number;
}

export type RunStatus = 'starting' | 'going' | 'finished' | 'diverged' | 'lost';

/** A run as it was recorded. Its configuration and its changes determine its bits. */
export interface Recorded {
  /** Of no other run in this tab. */
  readonly id: number;
  readonly name: string;
  /** CSS */
  readonly colour: string;
  readonly config: RunConfig | null;
  /** λ and γ as they were changed on the way. */
  readonly changes: readonly Change[];
  readonly track: Track;
}

/** A run that goes on, or could. Its track is mutable: `moments` counts what was added, so that subscribers see it change. */
export interface RunState extends Recorded {
  readonly status: RunStatus;
  readonly moments: number;
  /** After a divergence: where, and a γ that would hold. */
  readonly diverged: { step: number; proposedLearningRate: number | null } | null;
}

/** A run that was left for another: it can be looked at and compared. */
export interface PastRun extends Recorded {
  readonly config: RunConfig;
  /** Drawn on the chart. */
  readonly visible: boolean;
  /** Keeps its film, and its place in the list. */
  readonly pinned: boolean;
}

/** A frame with a name: the steps of both methods that were on the stage. */
export interface FrameMark {
  readonly id: number;
  readonly name: string;
  readonly steps: Readonly<Record<MethodId, number>>;
}

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
}

/** Why a file that was brought, whatever it may be, is not taken. */
export type FileCode = DataCode | RunFileCode;

export type Notice =
  | { readonly kind: 'refused'; readonly problem: Problem<FileCode> }
  | { readonly kind: 'no-room'; readonly what: string; readonly needed: number; readonly most: number }
  | { readonly kind: 'data-lost'; readonly what: string }
  | { readonly kind: 'no-ratings' }
  | { readonly kind: 'export-failed' }
  /** What of a link was not taken as it stood. */
  | { readonly kind: 'link'; readonly problems: readonly LinkProblem[] }
  /** A link to a file of a user's own, who has to drop it; or who dropped another one. */
  | { readonly kind: 'link-file' | 'link-other-file'; readonly file: LinkedFile }
  /** A link to so large a sample that it is made up only when asked. */
  | { readonly kind: 'link-large'; readonly size: keyof typeof sampleSizes }
  /** A link to a batch of a stream that takes so long that somebody has to want it. */
  | { readonly kind: 'link-far'; readonly batch: number }
  /** `ofFile`: whoever opens it needs the file too. */
  | { readonly kind: 'link-copied' | 'link-in-address'; readonly ofFile: boolean };

export type ChartAxis = Axis;
/** Under the crosshair: positions in the orders of users and items, whole numbers; null: none. */
export interface Cell {
  readonly user: number;
  readonly item: number;
}

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

/** What the machine is asked for. Bytes. */
export interface Computing {
  /** No SIMD here: the float64 page serves, many times slower. */
  readonly slow: boolean;
  /** One worker per method: the page is not isolated, so memory cannot be shared. */
  readonly alone: boolean;
  /** Of the data and both runs at this rank, snapshots included; and what the tab allows itself. */
  readonly needed: number;
  readonly most: number;
}

export interface WorkbenchState {
  readonly settings: Settings;
  readonly looks: Looks;
  readonly data: LoadedData | null;
  readonly floor: Floor | null;
  readonly loading: Loading | null;
  readonly saving: Saving | null;
  readonly notice: Notice | null;
  readonly question: Question | null;
  readonly playing: boolean;
  readonly runs: Readonly<Record<MethodId, RunState>>;
  /** Where on the chart's axis the film is looked at; null: the newest frame of each run. */
  readonly at: number | null;
  /** Steps to show, each exactly, where the film is looked at by them and not by a place on the axis. */
  readonly held: Readonly<Record<MethodId, number>> | null;
  /** A frame is being computed again. */
  readonly seeking: boolean;
  readonly marks: readonly FrameMark[];
  /** Runs that were left for others, the oldest first. */
  readonly shelf: readonly PastRun[];
  /** Which run a method's pane shows, by id; null: the one of its method that goes on. */
  readonly panes: Readonly<Record<MethodId, number | null>>;
  /** The inspector is open; null: it never was, and opens at the first single step. */
  readonly inspecting: boolean | null;
  /** How ALS solves the row that is looked at, and what B-SGD's last single observation did. */
  readonly solved: SolvedRow | null;
  readonly observed: Observed | null;
  /** Rows of ALS's next half-sweep that were solved one by one, on top of a frame; the last was `line`. */
  readonly rows: { readonly base: Snapshot; readonly after: Snapshot; readonly line: number } | null;
  /** What of the matrices is on screen; null: the whole. */
  readonly window: Window | null;
  /** What is known, laid out for the window or, while a newer one is on its way, for an older. */
  readonly scene: Scene | null;
  readonly crosshair: Cell | null;
  readonly computing: Computing;
  /** Paints models fast; null where the browser cannot. There before the first picture, so that all are painted alike. */
  readonly reconstruct: Reconstruct | null;
}

export type Workbench = StoreApi<WorkbenchState>;

export function createWorkbench(idle: (method: MethodId) => RunState, looks: Partial<Looks> = {}): Workbench {
  return createStore<WorkbenchState>(() => ({
    settings: pictureDefaults,
    looks: {
      ...defaultsOf(lookSettings),
      mode: 'race',
      theme: 'auto',
      ...looks,
    },
    data: null,
    floor: null,
    loading: null,
    saving: null,
    notice: null,
    question: null,
    playing: false,
    runs: Object.fromEntries(raceMethodIds.map((method) => [method, idle(method)])),
    at: null,
    held: null,
    seeking: false,
    marks: [],
    shelf: [],
    panes: Object.fromEntries(raceMethodIds.map((method) => [method, null])),
    inspecting: null,
    solved: null,
    observed: null,
    rows: null,
    window: null,
    scene: null,
    crosshair: null,
    reconstruct: null,
    computing: { slow: false, alone: false, needed: 0, most: 0 },
  }));
}
