import { type Judged, type Judging, type JudgingOptions, scoringBy, scoringOf } from '../../methods/judging';
import type { Snapshot } from '../../methods/snapshot';
import { listColumns, toldMetric } from '../../metrics';
import { columnName, isOfLists, type Part } from '../../metrics/metric';
import type { Track } from '../../sessions/track';
import type { RankApi } from '../../workers/protocol';
import { type WorkerHandle, WorkerLost } from '../../workers/worker-handle';
import type { Context } from '../context.driver';
import type { WorkbenchState } from '../workbench';
import { type Contest, contests, type Judges } from './contests';

/** What frames are judged by, as long as neither the ground nor the options change. */
interface Asked {
  readonly ground: object;
  readonly options: string;
  readonly judges: Judges | null;
  readonly judged: WeakSet<Snapshot>;
  /** What the worker judges by now. */
  opened: Judging | null;
  /** At which step a frame was judged last. */
  step: number;
}

type Parts = Pick<Context, 'workbench' | 'pool' | 'ratings'>;

/**
 * Judges what the frames that are kept recommend, once a metric of lists is chosen: the newest of each session first,
 * then the others from the beginning. Learning does not wait for it, and pays nothing where nobody asks.
 */
export function rankingDriver(context: Parts) {
  for (const contest of contests) contestDriver(context, contest(context.ratings));
}

function contestDriver({ workbench, pool }: Omit<Parts, 'ratings'>, contest: Contest) {
  const { getState: get, setState: set } = workbench;
  let worker: WorkerHandle<RankApi> | null = null;
  let asked: Asked | null = null;
  let isWorking = false;
  /** By which options workers were lost. */
  let lost: string[] = [];
  /** Something may be otherwise than when frames were looked for last. */
  let isChanged = false;

  /** What was judged by others is forgotten. */
  function begin(ground: object, options: JudgingOptions): Asked {
    const state = get();
    for (const track of contest.tracks(state)) track.untell(names);
    set(contest.unknown);
    const judges = contest.judges(state, options);
    const mine = {
      ground,
      options: keyOf(options),
      judges,
      judged: new WeakSet<Snapshot>(),
      opened: null,
      step: 0,
    };
    asked = mine;
    return mine;
  }

  /** The ground and the options are still those. */
  const isStill = (mine: Asked) => asked === mine && contest.ground(get()) === mine.ground;

  /** From now on by this; who needs no factors comes first. */
  async function open(mine: Asked, judging: Judging, frame: Snapshot): Promise<WorkerHandle<RankApi>> {
    const ranker = worker?.alive ? worker : pool.ranker();
    worker = ranker;
    await ranker.call((api) => api.open(judging));
    const references: { label: string; judged: Judged }[] = [];
    for (const { label, itemBias } of mine.judges?.references(judging) ?? []) {
      const judged = await ranker.call((api) => api.judge(scoringBy(itemBias)));
      references.push({ label, judged });
    }
    mine.opened = judging;
    if (isStill(mine)) set(contest.opened(get(), frame, judging, references));
    return ranker;
  }

  /** Judges the next frame; false where there is none, or nobody asks. */
  async function judgeNext(): Promise<boolean> {
    const state = get();
    const ground = contest.ground(state);
    if (!isOfLists(toldMetric(state.looks)) || !ground) return false;
    const options = optionsOf(state);
    const mine =
      asked?.ground === ground && asked.options === keyOf(options) ? asked : begin(ground, options);
    const next = mine.judges && nextFrame(state, contest, mine);
    if (!mine.judges || !next) return false;
    const { track, frame } = next;
    const judging = mine.judges.of(frame);
    mine.judged.add(frame);
    mine.step = frame.step;
    if (!judging) return true;
    const ranker = worker && judging === mine.opened ? worker : await open(mine, judging, frame);
    const found = await ranker.call((api) => api.judge(scoringOf(frame, judging.users)));
    if (!isStill(mine)) {
      mine.judged.delete(frame);
      return true;
    }
    track.tell(frame, columnsOf(found, judging.part));
    set(contest.counted(get()));
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
      giveUp(error);
    } finally {
      isWorking = false;
    }
    // Whoever gave a worker up asks another at once, whether or not anything else happens.
    if (isChanged) await work();
  }

  /** Another worker begins anew; where that was lost too, nothing is judged until something else is asked. */
  function giveUp({ why }: WorkerLost) {
    if (asked) lost.push(asked.options);
    const isSecond = lost.length > 1 && lost.at(-1) === lost.at(-2);
    if (!isSecond) {
      asked = null;
      isChanged = true;
      return;
    }
    lost = [];
    asked = asked && { ...asked, judges: null };
    set({ ...contest.unknown, notice: { kind: 'data-lost', what: 'Judging recommendations', why } });
  }

  workbench.subscribe(() => void work());
  void work();
}

/** What decides what is recommended to whom, beside the ratings. */
const optionsOf = ({ looks, settings }: WorkbenchState): JudgingOptions => ({
  ...{ size: looks.listSize, likedFrom: Number(looks.likedFrom) },
  ...{ mostUsers: looks.judgedUsers, seed: settings.seed },
});
const keyOf = (options: JudgingOptions): string => Object.values(options).join();

/**
 * The frame that is judged next, and the track that has it; null where all were. Of whom least is known comes first, so
 * that a run that is fast keeps no other waiting; but for frames of the step of the last one, which in a stream are judged
 * by the same.
 */
function nextFrame(
  state: WorkbenchState,
  contest: Contest,
  { judged, step }: Asked,
): { readonly track: Track; readonly frame: Snapshot } | null {
  const isNext = (frame: Snapshot | null | undefined): frame is Snapshot =>
    !!frame && !judged.has(frame) && contest.takes(frame, state);
  const tracks = contest.tracks(state).toSorted((a, b) => a.found.length - b.found.length);
  for (const track of tracks) if (isNext(track.latest)) return { track, frame: track.latest };
  const isBeside = (frame: Snapshot): frame is Snapshot => frame.step === step && isNext(frame);
  for (const isWanted of [isBeside, isNext])
    for (const track of tracks) {
      const frame = track.snapshots.find(isWanted);
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
const names = (['validation', 'hidden'] as const).flatMap(listColumns);
