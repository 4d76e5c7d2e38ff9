import {
  type Judged,
  type Judging,
  judgingOf,
  listReferences,
  scoringBy,
  scoringOf,
} from '../../methods/judging';
import type { Snapshot } from '../../methods/snapshot';
import { listMetrics, metricOf } from '../../metrics';
import { columnName, isOfLists, type Part } from '../../metrics/metric';
import type { Split } from '../../ratings/hold-out';
import type { Track } from '../../sessions/track';
import { racingOf } from '../../settings/race';
import type { RankApi } from '../../workers/protocol';
import { type WorkerHandle, WorkerLost } from '../../workers/worker-handle';
import type { Context } from '../context.driver';
import type { WorkbenchState } from '../workbench';

/** What frames are judged by, as long as neither the ratings nor the options change. */
interface Asked {
  readonly split: Split;
  readonly options: string;
  readonly judging: Judging | null;
  readonly judged: WeakSet<Snapshot>;
}

/**
 * Judges what the frames that are kept recommend, once a metric of lists is chosen: the newest of each run first, then
 * the others from the beginning. Learning does not wait for it, and pays nothing where nobody asks.
 */
export function rankingDriver({ workbench, pool, ratings }: Pick<Context, 'workbench' | 'pool' | 'ratings'>) {
  const { getState: get, setState: set } = workbench;
  let worker: WorkerHandle<RankApi> | null = null;
  let asked: Asked | null = null;
  let isWorking = false;
  /** Of which a frame was judged last. */
  let last: Track | null = null;
  /** Something may be otherwise than when frames were looked for last. */
  let isChanged = false;

  /** Makes of the ratings and the options what frames are judged by; what was judged by others is forgotten. */
  async function open(split: Split, options: string): Promise<void> {
    const state = get();
    const { data, looks, settings } = state;
    const judging =
      data &&
      judgingOf(split, data.ratings.scale, {
        ...{ size: looks.listSize, likedFrom: Number(looks.likedFrom) },
        ...{ mostUsers: looks.judgedUsers, seed: settings.seed },
      });
    asked = { split, options, judging, judged: new WeakSet() };
    for (const track of tracksOf(state)) track.untell(names);
    set({ rankings: null });
    if (!judging) return;
    if (!worker?.alive) worker = pool.ranker();
    await worker.call((api) => api.open(judging));
    const references: { label: string; judged: Judged }[] = [];
    for (const { label, itemBias } of listReferences(split)) {
      const judged = await worker.call((api) => api.judge(scoringBy(itemBias)));
      references.push({ label, judged });
    }
    const { part, users, among } = judging;
    set({ rankings: { part, users: users.length, among, references, judged: 0 } });
  }

  /** Judges the next frame; false where there is none, or nobody asks. */
  async function judgeNext(): Promise<boolean> {
    const state = get();
    const split = ratings.held()?.split;
    if (!isOfLists(metricOf(state.looks.metric)) || !split || !state.data || state.looks.mode !== 'race')
      return false;
    const options = optionsOf(state);
    if (asked?.split !== split || asked.options !== options) {
      await open(split, options);
      return true;
    }
    const { judging, judged } = asked;
    // Whose turn it was last comes last, so that a run that is fast keeps no other waiting.
    const tracks = tracksOf(state).toSorted((a, b) => Number(a === last) - Number(b === last));
    const next = judging && nextFrame(state, tracks, judged);
    if (!next || !worker) return false;
    const { track, frame } = next;
    last = track;
    const found = await worker.call((api) => api.judge(scoringOf(frame, judging.users)));
    judged.add(frame);
    track.tell(frame, columnsOf(found, judging.part));
    set(({ rankings }) => ({ rankings: rankings && { ...rankings, judged: rankings.judged + 1 } }));
    return true;
  }

  async function work() {
    isChanged = true;
    if (isWorking) return;
    isWorking = true;
    try {
      do {
        isChanged = false;
        while (await judgeNext());
      } while (isChanged);
    } catch (error) {
      if (!(error instanceof WorkerLost)) throw error;
      // Another worker begins anew when there is something new to judge.
      asked = null;
    } finally {
      isWorking = false;
    }
  }

  workbench.subscribe(() => void work());
  void work();
}

/** What decides what is recommended to whom, beside the ratings. */
const optionsOf = ({ looks, settings }: WorkbenchState): string =>
  [looks.listSize, looks.likedFrom, looks.judgedUsers, settings.seed].join();

const tracksOf = ({ settings, runs, shelf }: WorkbenchState): Track[] => [
  ...racingOf(settings).map((id) => runs[id].track),
  ...shelf.map(({ track }) => track),
];

/** The frame that is judged next, and the track that has it; null where all were. */
function nextFrame(
  { data }: Pick<WorkbenchState, 'data'>,
  tracks: readonly Track[],
  judged: WeakSet<Snapshot>,
) {
  const isNext = (frame: Snapshot | null | undefined): frame is Snapshot =>
    !!frame &&
    !judged.has(frame) &&
    frame.userCount === data?.ratings.userCount &&
    frame.itemCount === data.ratings.itemCount;
  for (const track of tracks) if (isNext(track.latest)) return { track, frame: track.latest };
  for (const track of tracks) {
    const frame = track.snapshots.find(isNext);
    if (frame) return { track, frame };
  }
  return null;
}

/** Metrics and their standard errors, by the names of their columns. */
function columnsOf(judged: Judged, part: Part): Record<string, number | null> {
  return Object.fromEntries(
    Object.entries(judged).flatMap(([id, { value, error }]) => [
      [columnName(part, { id }), value],
      [columnName(part, { id: `${id}Error` }), error],
    ]),
  );
}

/** The columns of all metrics of lists. */
const names = (['validation', 'hidden'] as const).flatMap((part) =>
  listMetrics.flatMap(({ id }) => [columnName(part, { id }), columnName(part, { id: `${id}Error` })]),
);
