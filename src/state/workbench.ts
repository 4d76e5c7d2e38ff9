import { createStore, type StoreApi } from 'zustand/vanilla';
import type { References } from '../kernels/references';
import type { Reconstruct } from '../kernels/simd/reconstruct';
import type { OrderBy, Orders } from '../paint/orders';
import type { View } from '../paint/painter';
import type { Scene } from '../paint/scene';
import type { Window } from '../paint/window';
import type { AuditReport } from '../ratings/audit';
import type { Preview } from '../ratings/columns';
import type { Warning } from '../ratings/intake';
import type { RatingInfo } from '../ratings/rating-set';
import type { Problem } from '../ratings/read-ratings';
import type { Method, RunConfig } from '../runs/config';
import type { Timeline } from '../runs/timeline';
import { pictureDefaults, type Settings } from './settings';

export type { View };

/** Where the ratings come from. */
export type Source = 'picture' | 'file' | 'sample';

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

export interface RunState {
  readonly status: RunStatus;
  readonly config: RunConfig | null;
  /** Mutable: `moments` counts what was added, so that subscribers see it change. */
  readonly timeline: Timeline;
  readonly moments: number;
  /** After a divergence: where, and a γ that would hold. */
  readonly diverged: { step: number; proposedLearningRate: number | null } | null;
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

export type Notice =
  | { readonly kind: 'refused'; readonly problem: Problem }
  | { readonly kind: 'no-room'; readonly what: string; readonly needed: number; readonly most: number }
  | { readonly kind: 'data-lost' }
  | { readonly kind: 'export-failed' };

export type ChartAxis = 'step' | 'observations' | 'seconds';
export type Theme = 'auto' | 'light' | 'dark';
/** Which of its two experiments the workbench shows. */
export type Mode = 'race' | 'stream';

/** How things are shown; changes nothing that is computed. */
export interface Looks {
  readonly mode: Mode;
  readonly view: View;
  readonly palette: string;
  readonly chartAxis: ChartAxis;
  readonly chartScale: 'linear' | 'log';
  readonly theme: Theme;
}

/** Under the crosshair: positions in the orders of users and items, whole numbers; null: none. */
export interface Cell {
  readonly user: number;
  readonly item: number;
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
  readonly notice: Notice | null;
  readonly question: Question | null;
  readonly playing: boolean;
  readonly runs: Readonly<Record<Method, RunState>>;
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

export function createWorkbench(idle: (method: Method) => RunState, looks: Partial<Looks> = {}): Workbench {
  return createStore<WorkbenchState>(() => ({
    settings: pictureDefaults,
    looks: {
      mode: 'race',
      view: 'prediction',
      palette: 'viridis',
      chartAxis: 'step',
      chartScale: 'linear',
      theme: 'auto',
      ...looks,
    },
    data: null,
    floor: null,
    loading: null,
    notice: null,
    question: null,
    playing: false,
    runs: { als: idle('als'), sgd: idle('sgd') },
    window: null,
    scene: null,
    crosshair: null,
    reconstruct: null,
    computing: { slow: false, alone: false, needed: 0, most: 0 },
  }));
}
