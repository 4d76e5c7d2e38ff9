import {
  type Judged,
  type Judging,
  type JudgingOptions,
  judgingOf,
  type ListReference,
  listReferences,
  mostPopular,
} from '../../methods/judging';
import type { Snapshot } from '../../methods/snapshot';
import { judgingAlong } from '../../methods/stream-judging';
import type { Split } from '../../ratings/hold-out';
import type { Track } from '../../sessions/track';
import { racingOf } from '../../settings/race';
import { isOfRatings } from '../replay/replay';
import { arrivedBy } from '../stream/slice';
import type { WorkbenchState } from '../workbench';
import type { RankingSlice } from './slice';

/** By what a frame is judged, and who is judged beside it. */
export interface Judges {
  /** The very same for frames that are judged alike; null: nobody likes anything. */
  of(frame: Snapshot): Judging | null;
  references(judging: Judging): readonly ListReference[];
}

/** Whose frames are judged: those who race, or who learn from a stream. */
export interface Contest {
  /** What frames are judged on: where it is another, all is judged anew. Null where nothing is, or nobody looks. */
  ground(state: WorkbenchState): object | null;
  tracks(state: WorkbenchState): readonly Track[];
  /** Whether a frame can be judged. */
  takes(frame: Snapshot, state: WorkbenchState): boolean;
  judges(state: WorkbenchState, options: JudgingOptions): Judges | null;
  /** Nothing is judged yet. */
  readonly unknown: Partial<RankingSlice>;
  /** The references are judged, beside a frame. */
  opened(
    state: WorkbenchState,
    frame: Snapshot,
    judging: Judging,
    references: readonly { readonly label: string; readonly judged: Judged }[],
  ): Partial<RankingSlice>;
  /** Another frame is judged. */
  counted(state: WorkbenchState): Partial<RankingSlice>;
}

const more = <R extends { readonly judged: number }>(rankings: R | null): R | null =>
  rankings && { ...rankings, judged: rankings.judged + 1 };

/** How lists were made. */
const howOf = ({ part, task: { size } }: Judging, { looks }: WorkbenchState) => ({
  ...{ part, size, likedFrom: Number(looks.likedFrom), judged: 0 },
});

/** The ratings on the stage. */
interface Ratings {
  held(): { readonly split: Split } | null;
}

const raceOf = (ratings: Ratings): Contest => ({
  // Of runs whose ratings are not here there is what was recorded.
  ground: ({ data, looks }) =>
    (data && data.source !== 'run' && looks.mode !== 'stream' && ratings.held()?.split) || null,
  tracks: ({ settings, runs, shelf }) => [
    ...racingOf(settings).map((id) => runs[id].track),
    ...shelf.map(({ track }) => track),
  ],
  takes: isOfRatings,
  judges({ data }, options) {
    const split = ratings.held()?.split;
    const judging = data && split ? judgingOf(split, data.ratings.scale, options) : null;
    return split && judging ? { of: () => judging, references: () => listReferences(split) } : null;
  },
  unknown: { rankings: null },
  opened(state, _, judging, references) {
    const { users, among } = judging;
    return { rankings: { ...howOf(judging, state), users: users.length, among, references } };
  },
  counted: ({ rankings }) => ({ rankings: more(rankings) }),
});

const streamOf = (ratings: Ratings): Contest => ({
  ground: ({ stream, looks }) => (looks.mode === 'stream' ? stream.facts : null),
  tracks: ({ stream: { config, tracks } }) => (config?.methods ?? []).map((id) => tracks[id]),
  // Before anything has arrived there is nothing to say.
  takes: ({ step }) => step > 0,
  judges({ data, stream }, options) {
    const split = ratings.held()?.split;
    if (!data || !split || !stream.facts) return null;
    const along = judgingAlong(split, data.ratings.scale, stream.facts, options);
    return {
      of: ({ step }) => along(arrivedBy(stream, step)),
      references: ({ catalogue }) => [mostPopular(catalogue)],
    };
  },
  unknown: { streamRankings: null },
  opened(state, { step }, judging, [{ judged: popular }]) {
    const { users, among } = judging;
    const before = state.streamRankings ?? { ...howOf(judging, state), batches: [] };
    const others = before.batches.filter(({ batch }) => batch !== step);
    const arrived = arrivedBy(state.stream, step);
    const now = { ...{ batch: step, arrived }, ...{ users: users.length, among, popular } };
    return {
      streamRankings: { ...before, batches: [...others, now].sort((a, b) => a.batch - b.batch) },
    };
  },
  counted: ({ streamRankings }) => ({ streamRankings: more(streamRankings) }),
});

/** All there are. */
export const contests: readonly ((ratings: Ratings) => Contest)[] = [raceOf, streamOf];
