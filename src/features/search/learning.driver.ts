import type { Task } from '../../experiments/search';
import { atOnceOf } from '../../methods';
import { noPast } from '../../methods/changes';
import type { JudgingOptions } from '../../methods/judging';
import type { MethodId } from '../../methods/method';
import { listMetrics } from '../../metrics';
import { columnName } from '../../metrics/metric';
import { hasFiniteErrors } from '../../metrics/moment';
import { sumsOf } from '../../metrics/tally';
import { emptyTrack, recordAll, type Track } from '../../sessions/track';
import { racingOf } from '../../settings/race';
import type { LoadedData } from '../../state/loaded-data';
import { follow } from '../../workers/follow';
import { bytesNeeded, roomInTab } from '../../workers/layout';
import type { Apart, Loadable } from '../../workers/learn-protocol';
import type { Pool } from '../../workers/pool';
import { type Held, ratedOf } from '../data/holding.driver';
import type { Reproduction } from '../published/slice';
import { finitePart } from '../race/finite-part';
import { dropFrame } from '../race/race.driver';
import type { WorkbenchState } from '../workbench';
import type { Outcome } from './slice';
import type { Wanted } from './work';

export type RunWorker = ReturnType<Pool['run']>;

/** The ratings as workers are given them; null where there are none. */
export function loadableIn(data: LoadedData | null, held: Held | null): Omit<Loadable, 'apart'> | null {
  if (!data || !held || data.source === 'run') return null;
  return { ratings: ratedOf(data.ratings), ...held };
}

/** As many workers as the race has, as far as they have room; 0 where not even one has. */
export function workerCount(
  { data, settings, computing }: Pick<WorkbenchState, 'data' | 'settings' | 'computing'>,
  method: MethodId,
  rank: number,
): number {
  if (!data) return 0;
  const timed = (data.ratings.clock ?? null) !== null;
  const shape = { ...data.ratings, trainingCount: data.ratings.ratingCount, validationCount: 0, timed };
  const room = Math.floor((roomInTab - computing.needed) / bytesNeeded(shape, rank, [method], 0));
  return Math.min(room, settings.workers * racingOf(settings).length);
}

/** What ends work that is no mistake of ours. */
const ends: Readonly<Record<string, Reproduction['status']>> = {
  ...{ WorkerLost: 'lost', AbortError: 'lost' },
  ...{ RangeError: 'no-room', NobodyLikes: 'no-likes' },
};

/** What has become of work that ended with an error. */
export const statusAfter = (error: unknown) => ends[(error as Error).name] ?? 'lost';

/** Throws what is a mistake of ours, and no worker's or machine's. */
export function throwMistakes(error: unknown): void {
  if (!Object.hasOwn(ends, (error as Error).name)) throw error;
}

/** What a run recommends cannot be judged: nobody likes anything of what was held out. */
class NobodyLikes extends Error {
  override name = 'NobodyLikes';
}

/** The same, and where somebody asks for it with what the run recommends. Throws NobodyLikes, too. */
export async function learnAndJudge(
  worker: RunWorker,
  wanted: Wanted,
  options: JudgingOptions | null,
): Promise<Outcome> {
  const outcome = await learn(worker, wanted);
  if (!outcome || !options) return outcome;
  const judged = await worker.call((api) => api.judge(options));
  if (!judged) throw new NobodyLikes();
  const values = listMetrics.map((metric) => [columnName('validation', metric), judged[metric.id].value]);
  return { ...outcome, values: Object.fromEntries(values) };
}

/** Learns a run to its end; null where it diverges. Throws WorkerLost or AbortError. */
export async function learn(worker: RunWorker, { config, steps }: Wanted): Promise<Outcome> {
  let outcome: Outcome = null;
  let ratings = 0;
  let isBegun = false;
  async function pace() {
    if (isBegun) return null;
    isBegun = true;
    return { units: steps * atOnceOf(config.method).unitsPerStep(ratings), shown: [] };
  }
  for await (const answer of follow(worker, { feed: 'all', config, past: noPast, shown: [] }, pace)) {
    if (answer.status !== 'running') return null;
    outcome = answer.passing ?? answer.moments[answer.moments.length - 1] ?? null;
    ratings = sumsOf(outcome?.tallies.train ?? []).count;
  }
  return outcome && hasFiniteErrors(outcome) ? outcome : null;
}

/** The same as a run that can be looked at: with frames, as many as there is room for. */
export async function learnToShow(
  worker: RunWorker,
  wanted: Wanted,
  ratings: number,
  frameBytes: number,
): Promise<Track> {
  const { config, steps } = wanted;
  const { unitsPerStep, momentsPerStep } = atOnceOf(config.method);
  const track = emptyTrack(frameBytes, dropFrame);
  let moments = 0;
  async function pace() {
    const perStep = momentsPerStep(ratings);
    const unitOf = (moment: number) => Math.round((moment * unitsPerStep(ratings)) / perStep);
    if (moments >= steps * perStep) return null;
    return { units: unitOf(moments + 1) - unitOf(moments++) };
  }
  for await (const answer of follow(worker, { feed: 'all', config, past: noPast }, pace)) {
    if (answer.status === 'no-room') break;
    const { part, end } = finitePart(answer);
    recordAll(track, part);
    for (const frame of part.status === 'running' ? part.snapshots : []) track.add(frame);
    if (end) break;
  }
  return track;
}

/** Tasks under way: what is to be learnt from what, by whom, and who is told. */
export interface Job<O> {
  readonly workers: readonly RunWorker[];
  readonly data: Omit<Loadable, 'apart'>;
  /** Whose room in the memory runs have. */
  readonly method: MethodId;
  /** What there is to be done once all that was given out is done; nothing: it has come to its end. */
  openTasks(): readonly Task[];
  apart(part: number): Apart;
  /** Does a task with a worker that has loaded its part. */
  learn(worker: RunWorker, task: Task): Promise<O>;
  note(task: Task, outcome: O): void;
}

/** Does all tasks. Throws what its workers throw. */
export async function doAll<O>(job: Job<O>): Promise<void> {
  const take = taskQueue(job.openTasks);
  await Promise.all(job.workers.map((worker) => work(worker, job, take)));
}

async function work<O>(worker: RunWorker, job: Job<O>, take: ReturnType<typeof taskQueue>): Promise<void> {
  const { data, method, apart, note } = job;
  let loaded = -1;
  for (let taken = await take(loaded); taken; taken = await take(loaded)) {
    const { task, done } = taken;
    if (task.part !== loaded)
      await worker.call((api) => api.load({ ...data, apart: apart(task.part) }, method));
    loaded = task.part;
    note(task, await job.learn(worker, task));
    done();
  }
}

/** Hands out tasks to several workers, to each first those of the part that it has loaded; null once all are done. */
function taskQueue(openTasks: () => readonly Task[]) {
  const waiting: Task[] = [];
  const sleepers: (() => void)[] = [];
  let underWay = 0;
  function done() {
    underWay--;
    for (const wake of sleepers.splice(0)) wake();
  }
  return async (loaded: number): Promise<{ readonly task: Task; done(): void } | null> => {
    // What comes next may follow from what others are at.
    while (waiting.length === 0 && underWay > 0) await new Promise<void>((resolve) => sleepers.push(resolve));
    if (waiting.length === 0) waiting.push(...openTasks());
    if (waiting.length === 0) return null;
    const own = waiting.findIndex(({ part }) => part === loaded);
    const [task] = waiting.splice(Math.max(0, own), 1);
    underWay++;
    return { task, done };
  };
}
