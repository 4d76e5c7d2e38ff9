import type { Window } from '../../draw/window';
import { streamMethodIds, streamMethods } from '../../methods';
import type { MethodId } from '../../methods/method';
import type { Snapshot } from '../../methods/snapshot';
import type { StreamConfig } from '../../methods/stream-config';
import type { Observation } from '../../methods/visits';
import type { Moment } from '../../sessions/lab';
import type { OwnRating } from '../../sessions/own-rating';
import { emptyTrack, type Track } from '../../sessions/track';
import { type StreamSettings, streamDefaults } from '../../settings/stream';
import type { StreamFacts } from '../../workers/learn-protocol';
import type { Loss } from '../../workers/protocol';

type StreamStatus =
  /** There are no ratings yet. */
  | 'waiting'
  /** The order of arrival is being made, and batch ALS fitted. */
  | 'opening'
  | 'ready'
  | 'no-room'
  /** A run was opened, and its ratings are not here. */
  | 'no-ratings'
  /** The worker died. */
  | 'lost';

/** What is shown of a stream; changes nothing that is computed. */
export interface StreamLooks {
  readonly error: 'validation' | 'prequential';
  /** Ratings of the moving window of prequential errors. */
  readonly window: number;
  readonly cost: 'seconds' | 'kept' | 'coverage';
  /** Whose matrices are on the stage. */
  readonly panes: readonly MethodId[];
}

/** Who stands where on the stage: as they came, or as in the source; null: pictures as in the source, files as they came. */
export type StageOrder = 'arrival' | 'source' | null;

export interface StreamState {
  readonly settings: StreamSettings;
  readonly looks: StreamLooks;
  readonly status: StreamStatus;
  /** What the open stream was made of. */
  readonly config: StreamConfig | null;
  readonly facts: StreamFacts | null;
  readonly room: { readonly needed: number; readonly most: number } | null;
  /** How its worker was lost, where it was. */
  readonly loss?: Loss;
  readonly playing: boolean;
  /** A batch that is being jumped to, at full speed. */
  readonly target: number | null;
  readonly batch: number;
  /** Mutable, ascending; `momentCount` counts what was added, so that subscribers see it change. */
  readonly moments: Moment[];
  /** The newest, also where none is due. */
  readonly newest: Moment | null;
  readonly momentCount: number;
  readonly tracks: Readonly<Record<MethodId, Track>>;
  /** B-SGD with ratings of one's own: newer than its track; null without. */
  readonly rated: Snapshot | null;
  /** A batch that was scrubbed back to; null: the newest. */
  readonly shown: number | null;
  /** What of the matrices is on screen, in the order of arrival; null: the whole. */
  readonly window: Window | null;
  readonly stageOrder: StageOrder;
  /** What is being rated. */
  readonly draft: Observation | null;
  readonly rating: 'idle' | 'learning' | 'no-learner';
  readonly ownRatings: readonly OwnRating[];
  readonly undoable: number;
  /** How many users were there when `you` rated first; null before. */
  readonly youCameAfter: number | null;
}

/** Who learns a rating of one's own, and who solves for it exactly. */
const panesAtFirst = (['takesOwnRatings', 'solvesRows'] as const).flatMap(
  (can) => streamMethods.find(({ arriving }) => arriving[can])?.id ?? [],
);

/** Bytes of snapshots that a method keeps. */
const frameBytes = 24 * 2 ** 20;

const emptyTracks = () =>
  Object.fromEntries(streamMethodIds.map((method) => [method, emptyTrack(frameBytes)])) as Record<
    MethodId,
    Track
  >;

/** Where nothing has arrived. */
export const beginning = () => ({
  batch: 0,
  moments: [],
  newest: null,
  momentCount: 0,
  tracks: emptyTracks(),
  rated: null,
  shown: null,
  window: null,
  draft: null,
  rating: 'idle' as const,
  ownRatings: [],
  undoable: 0,
  youCameAfter: null,
});

export interface StreamSlice {
  readonly stream: StreamState;
}

export const streamSlice = (): StreamSlice => ({
  stream: {
    settings: streamDefaults,
    looks: { error: 'validation', window: 5000, cost: 'seconds', panes: panesAtFirst },
    ...{ status: 'waiting', config: null, facts: null, room: null, playing: false, target: null },
    stageOrder: null,
    ...beginning(),
  },
});

/** Changes what the state says of the stream. */
export const ofStream =
  (change: Partial<StreamState>) =>
  ({ stream }: StreamSlice): StreamSlice => ({ stream: { ...stream, ...change } });

type Told = Pick<StreamState, 'moments' | 'newest'>;

/** The last moment at or before a batch; null where there is none. */
export const momentAt = ({ moments, newest }: Told, at: number): Moment | null =>
  newest && newest.batch <= at ? newest : (moments.findLast(({ batch }) => batch <= at) ?? null);

/** How many ratings have arrived after so many batches of the open stream. */
export const arrivedBy = ({ facts, config }: Pick<StreamState, 'facts' | 'config'>, batch: number): number =>
  Math.min(facts?.count ?? 0, batch * (config?.batchSize ?? 0));

/** The moment that is on screen: the newest, or that of the batch that was scrubbed to. */
export const momentShown = ({ moments, newest, shown }: Told & Pick<StreamState, 'shown'>): Moment | null =>
  shown === null ? newest : (momentAt({ moments, newest }, shown) ?? moments[0] ?? null);

/** The picture of a method that is on screen. */
export function snapshotShown({ tracks, shown, rated }: StreamState, method: MethodId): Snapshot | null {
  const track = tracks[method];
  if (shown === null) return rated?.method === method ? rated : track.latest;
  return track.snapshots.findLast(({ step }) => step <= shown) ?? null;
}
/** What a user can do in the stream lab. */
export interface StreamActions {
  play(): void;
  pause(): void;
  /** One batch, paused. */
  oneBatch(): void;
  /** To a batch at full speed: backwards, the stream is gone through again from its beginning. */
  jump(batch: number): void;
  /** Back to where nothing has arrived; playing or paused as before. */
  restart(): void;
  /** Out-of-bounds changes are ignored. */
  change(change: Partial<StreamSettings>): void;
  look(change: Partial<StreamLooks>): void;
  /** Shows the stream as it was after a batch; null: as it is. */
  scrub(batch: number | null): void;
  /** Brings a part of the matrices onto the stage; null: the whole. */
  show(window: Window | null): void;
  orderStage(by: StageOrder): void;
  /** What is to be rated, before it is. */
  draft(rating: Observation | null): void;
  rate(): void;
  undo(): void;
  /** After the worker was lost. */
  revive(): void;
}
