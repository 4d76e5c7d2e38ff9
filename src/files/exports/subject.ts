import type { Chart } from '../../draw/chart/chart';
import type { FilmedRun, FilmFormat, FilmOptions, NamedFrame } from '../../draw/film';
import type { Look } from '../../draw/image';
import type { Subject as Shown } from '../../draw/pane';
import type { Scene } from '../../draw/scene';
import type { MapFrame, MapSheet } from '../../draw/search-map';
import type { Row } from '../../draw/sheet/layout';
import type { Sheet } from '../../draw/sheet/painter';
import type { Change } from '../../methods/changes';
import type { RunConfig } from '../../methods/config';
import type { Judged as JudgedLists } from '../../methods/judging';
import type { MethodId } from '../../methods/method';
import type { Snapshot } from '../../methods/snapshot';
import type { Part } from '../../metrics/metric';
import type { Axis, Moment as FoundMoment } from '../../metrics/moment';
import type { Counting } from '../../metrics/tally';
import type { Split } from '../../ratings/hold-out';
import type { RatingInfo } from '../../ratings/rating-set';
import type { Moment } from '../../sessions/lab';
import type { Manifest } from '../run-file/manifest';

/**
 * What there is to export of the experiment that is on the stage. It is made whenever the menu is drawn, so everything
 * in it that takes work is a function, which only the exports that need it call.
 */
export interface Subject {
  readonly ratings: RatingInfo;
  /** Whether anything was learnt. */
  readonly begun: boolean;
  /** Whether the page is dark. */
  readonly dark: boolean;
  /** Films that this browser is known not to be able to encode. */
  readonly unable: readonly FilmFormat[];
  readonly panes: readonly ShownPane[];
  /** What is on the stage, in words: 'Portrait · 300 × 300'. */
  readonly title: string;
  /** The chart from its beginning to its end; null where there is none yet. */
  chart(): Chart | null;
  /** A file name that says which data it is of, what it is, and which models are in it. */
  fileName(what: string, models: readonly Model[], extension: string): string;
  /** The stage as the screen has it; null where nothing is laid out yet. */
  stage(): Sheet | null;
  /** How its panes are laid out in a picture. */
  readonly row: Row;
  /** What pictures of the stage are offered as. One without a scale is as large as the menu says. */
  readonly pictures: readonly { label: string; transparent?: boolean; scale?: number }[];
  /** What only this experiment has; of the two, only the one that is on the stage is there. */
  readonly race?: Race;
  readonly stream?: Stream;
  /** A search of settings that has begun. */
  readonly search?: SearchSubject;
}

/** What there is to export of a search. */
export interface SearchSubject {
  /** How many of its runs are known. */
  readonly known: number;
  fileName(extension: string): string;
  /** A header, then every cell. */
  table(): readonly (readonly (string | number | null)[])[];
  /** Of two settings: how the map filled, in the order of the work, whoever did it when. */
  readonly map?: { readonly sheet: MapSheet; frames(): readonly MapFrame[] };
}

/** A model as one frame has it. */
interface Model {
  readonly name: string;
  /** How its run was configured, and what was changed on the way; absent where it is not of a run. */
  readonly config?: RunConfig;
  readonly changes?: readonly Change[];
  readonly snapshot: Snapshot;
}

/** A pane of the stage, in the frame that is on it. */
interface ShownPane {
  /** Names what it shows in names of files. */
  readonly id: string;
  readonly name: string;
  /** Null where it shows nothing yet. */
  readonly shows: Shown;
  /** Null where it shows no model, or none yet. */
  readonly model: Model | null;
}

export interface Race {
  readonly scene: Scene | null;
  readonly axis: Axis;
  /** How the stage is drawn now, but in the colours of a dark page or of a light one. */
  look(dark: boolean): Look;
  /** The runs in the panes. */
  runs(dark: boolean): readonly FilmedRun[];
  /** All runs, under the names that they have in their list. */
  recorded(): readonly FilmedRun[];
  /** The chart of some runs along an axis, from a place to another. */
  chartOf(runs: readonly FilmedRun[], along: Pick<FilmOptions, 'axis' | 'from' | 'to'>): Chart;
  /** The ratings; null where they are not here, as of a run that was opened alone. */
  readonly split: Split | null;
  /** What was asked of what frames recommend; null where nothing was. */
  readonly judged: Judged | null;
  /** Which errors are told, beside those of all predictions as they are. */
  readonly counting: Counting;
  /** Frames that were given a name, by the steps of the runs. */
  readonly marks: readonly NamedFrame[];
  /** What a run file says of the ratings. */
  readonly described: Manifest['data'];
}

/** How the metrics of lists were found. */
export interface Judged {
  /** On which ratings, which are not learnt from. */
  readonly part: Part;
  /** k, how many are recommended to each. */
  readonly size: number;
  /** What counts as liked: ratings from this share of the scale on, 0…1. */
  readonly likedFrom: number;
  /** So many users were asked, of so many who like something. */
  readonly users: number;
  readonly among: number;
}

/** The same of a stream: what was judged, and when. */
export interface StreamLists extends Omit<Judged, 'users' | 'among'> {
  /** Ascending: whom was asked after a batch, and what comes of recommending the most popular of what had arrived. */
  readonly batches: readonly (Pick<Judged, 'users' | 'among'> & {
    readonly batch: number;
    readonly popular: JudgedLists;
  })[];
  /** Of every method, what was found of its frames. */
  readonly found: Readonly<Record<MethodId, readonly FoundMoment[]>>;
}

interface Stream {
  /** What was measured, batch by batch. */
  readonly measured: {
    readonly moments: readonly Moment[];
    readonly methods: readonly MethodId[];
    readonly counting: Counting;
    /** What ratings are called that are not learnt from. */
    readonly unseen: string;
    readonly lists: StreamLists | null;
  };
  /** The batches after which frames were kept, ascending. */
  batches(): readonly number[];
  /**
   * Gives a function that says what the stage shows after a batch; null where no stream is open yet. Every call writes
   * over the scene that the call before has returned.
   */
  stages(): ((batch: number) => Sheet) | null;
  /** What its search has come to; null where there is none. */
  readonly search: SearchedStream | null;
}

/** A search of a stream. */
export interface SearchedStream {
  /** What candidates are judged by. */
  readonly metric: string;
  /** The settings that are searched. */
  readonly names: readonly string[];
  readonly candidates: readonly {
    /** What they are set to, in the order of the names. */
    readonly settings: readonly (number | string)[];
    /** The batch after which it was pruned, or was seen to have diverged; null where it was or has not. */
    readonly prunedAt: number | null;
    readonly divergedAt: number | null;
    /** Ascending, with its error after each. */
    readonly batches: readonly number[];
    readonly errors: readonly number[];
  }[];
}

/** The models in the panes. */
export const modelsIn = ({ panes }: Pick<Subject, 'panes'>): Model[] =>
  panes.flatMap(({ model }) => model ?? []);

/** Ratings as a worker that paints needs them: without names, of which there may be millions and none is painted. */
export function withoutNames({ itemTitles: _, ...ratings }: RatingInfo): RatingInfo {
  return { ...ratings, userIds: null, itemIds: null };
}
