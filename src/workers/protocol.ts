import type { FilmFormat } from '../draw/film';
import type { Lens } from '../draw/lens';
import type { Orders } from '../draw/orders';
import type { Cells } from '../draw/scene';
import type { OpenedFile } from '../files/run-file/read';
import type { RunFileCode } from '../files/run-file/refusal';
import type { FolderNews } from '../files/run-folder/reader';
import type { Scoring } from '../kernels/ranking';
import type { Directions, DirectionsAsked, directionsOf } from '../methods/directions';
import type { Judged, Judging } from '../methods/judging';
import type { MethodId } from '../methods/method';
import type { References } from '../methods/references';
import type { Account } from '../ratings/account';
import type { AuditReport, Cold } from '../ratings/audit';
import type { Preview } from '../ratings/columns';
import type { Named, ReadOptions } from '../ratings/formats/format';
import type { PlainForm, PlainRows } from '../ratings/formats/plain-rows';
import type { HoldOut, Split } from '../ratings/hold-out';
import type { Lines } from '../ratings/lines';
import type { ShopRecipe } from '../ratings/pictures/shop';
import type { Read } from '../ratings/problem';
import type { RatingInfo, RatingScale } from '../ratings/rating-set';
import type { Rejected } from '../ratings/rejected';
import type { Result } from '../ratings/result';
import type { SampleSize } from '../ratings/sample';
import type { Warning, WarningCode } from '../ratings/warning';
import type { Recommended } from '../sessions/top-n';
import type { FolderPlace } from './folders';
import type { IfRoom, Layout } from './layout';
import type { Recognised } from './recognise';

/** Everything that crosses between the page and a worker. Expected failures are results; only mistakes throw. */

/** Every worker answers this at once, in the middle of any work: how the page knows that it is alive. */
export interface Pulse {
  /** How many messages it has taken, this one among them, and how many answers it had sent before: whether one was lost. */
  ping(): { readonly taken: number; readonly sent: number };
  /** Holds a lock for as long as it lives, by which the page hears at once that it does not; false where there are no locks. */
  stay(lock: string): Promise<boolean>;
}

/** Why something of the app's own did not come: it is not there, nobody can be reached, or nothing of it came for too long. */
export type NotThere = 'missing' | 'offline' | 'slow';

/**
 * How a worker was lost: its script did not come; it did, but gave no sign of life; the worker ended by itself; it gave
 * no sign of life any more; or what it said, or was told, was lost or cannot be.
 */
export type Loss = NotThere | 'unstarted' | 'died' | 'silent' | 'garbled';

/** How ratings are divided; and for which methods, up to which rank, and for how many bytes of each run's frames, there has to be room. */
export interface Division {
  readonly holdOut: HoldOut;
  readonly rank: number;
  readonly methods: readonly MethodId[];
  readonly frameBytes: number;
}

/** Cells without the lens, which whoever asked for them has. */
export type LaidOut = Omit<Cells, 'lens'>;

/** A data set as runs, chart and stage need it. */
export interface Divided {
  readonly split: Split;
  readonly references: References;
  readonly cold: Cold;
  readonly layout: Layout;
  /** Holds the arrays of `split`, and room for the runs, where workers can share it. */
  readonly memory: WebAssembly.Memory | null;
  /** What is known, under the lens that was asked for. */
  readonly cells: LaidOut;
}

/** A data set as it was prepared, beside what was divided. */
export interface Prepared extends Divided {
  readonly audit: AuditReport;
  readonly orders: Orders;
}

/** What a reader says; the ratings themselves stay in the worker until they are prepared. */
export interface Loaded {
  readonly ratings: RatingInfo;
  readonly warnings: readonly Warning[];
  /** How a file was read. */
  readonly preview?: Preview;
  /** What each line of the files is. */
  readonly account?: Account;
  readonly rejected?: Rejected | null;
}

/** A picture of the user's, as n×n bytes, row-major. */
export interface ReadPicture {
  readonly pixels: Uint8Array;
  readonly warnings: readonly WarningCode[];
}

/** Rows read and share of the file's bytes, 0…1. */
export type ReadProgress = (rows: number, share: number) => void;

/** Steps of laying ratings out that are done, of so many. */
type LayingProgress = (done: number, of: number) => void;

export interface DataApi extends Pulse {
  /** Known cells of a picture, drawn as the recipe says where it is none that `picture` gave. */
  shop(recipe: ShopRecipe, name: string, pixels?: Uint8Array): RatingInfo;
  /** Crops an image to a square, flattens it on white, greyscales and scales it to size × size. */
  picture(file: Blob, fileName: string, size: number): Promise<Read<ReadPicture>>;
  /** What ratings files can be read, in words. */
  readable(): string;
  /** What files are that were brought together. */
  recognise(files: readonly Named[]): Promise<Read<Recognised>>;
  /** How the ratings among files begin, read with what is known; null where nothing can be shown. */
  preview(files: readonly Named[], options: ReadOptions): Promise<Preview | null>;
  readFile(files: readonly Named[], options: ReadOptions, progress: ReadProgress): Promise<Read<Loaded>>;
  /** The made-up sample, drawn from its seed and read like any file. */
  readSample(seed: number, name: string, progress: ReadProgress): Promise<Read<Loaded>>;
  /** The same at any size, without the detour over text. */
  makeUp(size: SampleSize, seed: number, name: string, progress: ReadProgress): Promise<RatingInfo>;
  /**
   * Divides what was read last into what is trained on and what is held out, looks at it, and lays all of it out:
   * as it is, or the busiest users and items first, in so many bins a side at most.
   */
  prepare(
    how: Division & { readonly order: 'index' | 'count'; readonly mostBins: number },
    progress: LayingProgress,
  ): Promise<IfRoom<Prepared>>;
  /** Divides a data set anew, and lays it out under the lens. */
  divide(split: Split, how: Division, scale: RatingScale, lens: Lens): Promise<IfRoom<Divided>>;
  /** What is known under a lens. Without shared memory the split stays here: null is the one divided last. */
  cells(split: Split | null, lens: Lens): LaidOut;
  /** The users and items by id, or along the leading factors of a model. */
  orderById(ratings: Pick<RatingInfo, 'userIds' | 'itemIds' | 'userCount' | 'itemCount'>): Orders;
  orderByCount(split: Split | null): Orders;
  orderByFactor(users: Float32Array, items: Float32Array, rank: number): Orders;
  /** Singular values of a complete matrix, descending, rating units. */
  singularValues(byUser: Lines): Float64Array;
}

/** A helper of the worker that reads and divides data. */
export interface HelperApi extends Pulse {
  /** Rows of plain numbers (see `plainRows`). */
  read(bytes: Uint8Array, form: PlainForm): PlainRows;
  /** Of each key its place in their order (see `placesBy`). */
  places(keys: Uint32Array): Uint32Array;
  /** Fills lines of the other side, all in memory that is shared (see `turnOver`). */
  turnOver(lines: Lines, turned: Lines): Promise<void>;
}

/** Who has asked for a file, as the worker that makes it sees them. */
export interface Client {
  /** The next part of what it is made of, of which so many are done; null: there are no more. */
  next(done: number): unknown;
  /** So many steps are done. */
  said(done: number): void;
}

/** Makes files of what there is: pictures, films, tables, runs. To cancel is to terminate it. */
export interface ExportApi extends Pulse {
  /** The file of an export, from what was gathered for it; parts of it are asked for one by one. */
  make(id: string, wanted: unknown, client: Client): Promise<Blob>;
  /** What it will look like; at most so many pixels a side. */
  preview(id: string, wanted: unknown, parts: readonly unknown[], most: number): Promise<ImageBitmap[]>;
  /** Films that this browser cannot encode. */
  unableToFilm(): Promise<FilmFormat[]>;
  /** Opens a run file; `said` is told of its snapshots, of so many. */
  readRunFile(file: Blob, said: (done: number, of: number) => void): Promise<OpenedFile>;
}

/** Judges what models recommend. */
export interface RankApi extends Pulse {
  /** From now on by this. */
  open(judging: Judging): void;
  /** What a model recommends to the users who are asked, in metrics of lists. */
  judge(model: Scoring): Promise<Judged>;
  /** What the factors of a model mean. */
  directions(model: Parameters<typeof directionsOf>[0], asked: DirectionsAsked): Directions;
}

/** What became of a folder that is watched. */
export type Watched =
  | { readonly kind: 'news'; readonly news: FolderNews }
  /** There is no run folder, or none any more; or nobody answers who could tell. Both may pass. */
  | { readonly kind: 'gone' | 'unreachable' };

/** Of whom, and from which frame of a run in a folder, recommendations are wanted. Rows are the folder's. */
export interface Asked {
  /** The run's place in the manifest. */
  readonly run: number;
  /** Null: somebody who has no row yet. */
  readonly user: number | null;
  /** What the prediction is wanted of; null where it has no row yet; undefined: of nothing. */
  readonly item?: number | null;
  /** The newest frame up to this step, or before it. */
  readonly step: number;
  readonly isBefore?: boolean;
  readonly count: number;
}

/** What a frame says to somebody. */
export interface Advice {
  readonly step: number;
  /** Whether it has a row of the user. */
  readonly isKnown: boolean;
  /** Items that the user has rated by now, as far as the folder tells: they are not among the best. */
  readonly ratedCount: number;
  /** Of items by their rows, the best first; rating units. */
  readonly best: readonly Recommended[];
  /** r̂ of the item that was asked for, rating units; null where none was. */
  readonly prediction: number | null;
}

/** Reads a run folder while it is being written. */
export interface WatchApi extends Pulse {
  /** @param room bytes that the frames of one run may take */
  open(place: FolderPlace, room: number): void;
  /** What is new, once there is something; at once where `isMore` was said. */
  next(isMore: boolean): Promise<Result<{ readonly watched: Watched }, RunFileCode>>;
  /** What a frame recommends; null where there is no such frame, or it cannot be read. */
  advise(asked: Asked): Promise<Advice | null>;
}
