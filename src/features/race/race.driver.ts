import { methodOf, raceIds, unitOf } from '../../methods';
import { withChange } from '../../methods/changes';
import type { LiveSettings } from '../../methods/config';
import type { MethodId } from '../../methods/method';
import type { Snapshot } from '../../methods/snapshot';
import type { Moment } from '../../metrics/moment';
import { rmse } from '../../metrics/rmse';
import { letGo } from '../../ratings/let-go';
import { stopOf } from '../../sessions/stopping';
import type { Stretch } from '../../sessions/stretch';
import { emptyTrack, recordAll } from '../../sessions/track';
import { racingOf } from '../../settings/race';
import { runConfig } from '../../state/run-configs';
import { follow } from '../../workers/follow';
import type { Running } from '../../workers/learn-protocol';
import { isWorthAnother, lossOf, onceMore } from '../../workers/worker-handle';
import type { Context } from '../context.driver';
import { ratedOf } from '../data/holding.driver';
import { finitePart } from './finite-part';
import { type Metronome, metronome } from './metronome';
import { idleRun, type RunSoFar, type RunState, soFar, statusNow } from './slice';

/** Rows of a file that is being read from which on the runs leave the cores to it. */
const worthWaiting = 1_000_000;

/** Drives the run of every method that races, each in its worker, into the store. */
export function raceDriver({ workbench, pool, ratings, events }: Context) {
  const { getState: get, setState: set } = workbench;
  const workers = new Map(raceIds.map((method) => [method, pool.run()]));
  /** Who hands out work to the run of a method; nobody while its worker is not at the newest frame. */
  const beats = new Map<MethodId, Metronome>();
  /** Runs that there were of each method, and in all. */
  const counts = new Map<MethodId, number>();
  /** Runs whose worker was replaced without a word once; if the next one is lost too, somebody has to want another. */
  const replaced = new Set<number>();
  let ids = 0;

  /** Gives a method's worker the ratings; a worker that was lost, or is not there yet, gives way to another. */
  function handOver(method: MethodId) {
    const there = workers.get(method);
    const worker = there?.alive ? there : pool.run();
    workers.set(method, worker);
    const { data } = get();
    const held = ratings.held();
    if (!data || !held) return worker;
    const { split, layout, memory } = held;
    worker
      .call((api) => api.load({ ratings: ratedOf(data.ratings), split, layout, memory }, method))
      .then(
        (name) => set(({ computing }) => ({ computing: { ...computing, slow: name === 'page' } })),
        () => {},
      );
    setWorkers(method);
    return worker;
  }

  function workerOf(method: MethodId) {
    const there = workers.get(method);
    return there?.alive ? there : handOver(method);
  }

  /** How many help with a method; a worker that is still to come is told when it is given the ratings. */
  function setWorkers(method: MethodId) {
    const count = get().settings.workers;
    workers
      .get(method)
      ?.call((api) => api.resize(count))
      .catch(() => {});
  }

  function patchRun(method: MethodId, patch: Partial<RunState>) {
    set(({ runs }) => ({ runs: { ...runs, [method]: { ...runs[method], ...patch } } }));
  }

  /** Says whether a run has come to its end. */
  const settle = (method: MethodId) =>
    patchRun(method, { status: statusNow(method, get().runs[method], get().settings) });

  /** No more work for the run that is. */
  function rest(method: MethodId) {
    beats.get(method)?.stop();
    beats.delete(method);
  }

  /** Whether a run's worker is at the run's newest frame, or there is none that it could be at. */
  const isAtItsEnd = (method: MethodId) =>
    beats.has(method) || ['starting', 'diverged', 'lost'].includes(get().runs[method].status);

  /**
   * Drives one run from where it is to its end, or to the run that replaces it.
   *
   * @param owed units that somebody asked for, and that a worker was lost with
   */
  async function conduct(method: MethodId, run: RunSoFar, owed = 0): Promise<void> {
    const { data } = get();
    if (!data) return;
    rest(method);
    const { track } = run;
    const beat = metronome(method, data.trainingCount, {
      playing: () => get().playing && !((get().loading?.rows ?? 0) > worthWaiting),
      settings: () => get().settings,
      latest: () => track.latest,
      hasStopped: () => stopOf(track, get().settings) !== null,
      isOpening: () => get().opening && data.source === 'picture',
    });
    beats.set(method, beat);
    const next = () => get().runs[method].moments + 1;
    patchRun(method, { ...idleRun(method), ...run, moments: next() });
    let asked: Stretch | null = null;
    const pace = async () => {
      asked = await beat.next();
      return asked;
    };
    try {
      const plan = planOf(run, track.latest, unitAt(track.latest) + owed);
      for await (const answer of follow(workerOf(method), plan, pace)) {
        if (beats.get(method) !== beat) return;
        asked = null;
        if (answer.status === 'no-room') return;
        const { part, end } = finitePart(answer);
        recordAll(track, part);
        // The frame that it goes on from is there already.
        const frames = part.status === 'running' ? part.snapshots : [];
        for (const frame of frames) if (frame.step !== track.latest?.step) track.add(frame);
        if (end) return patchRun(method, { status: 'diverged', diverged: end, moments: next() });
        patchRun(method, { status: 'going', moments: next() });
        settle(method);
      }
    } catch (error) {
      if (beats.get(method) !== beat) return;
      if (mayGoOn(run, error)) return conduct(method, run, owedBy(asked) || owed);
      patchRun(method, { status: 'lost', loss: lossOf(error) });
      if (!['WorkerLost', 'AbortError'].includes((error as Error).name)) throw error;
    } finally {
      if (beats.get(method) === beat) rest(method);
    }
  }

  /** Whether a run goes on by itself, from its newest frame, after what it was lost by. */
  function mayGoOn({ id }: RunSoFar, error: unknown): boolean {
    // The worker is there, and has one helper less. By name: an error that crossed from a worker has lost its class.
    if ((error as Error).name === 'HelperLost') return true;
    if (!isWorthAnother(error) || replaced.has(id)) return false;
    replaced.add(id);
    return true;
  }

  events.on('settingsChanged', (names) => {
    // Whoever has begun to set things has understood what there is to see.
    if (get().opening) set({ opening: false });
    if (names.includes('workers')) racingOf(get().settings).forEach(setWorkers);
    // Runs that were opened without their ratings cannot go on, wherever their end is.
    if (get().data?.source !== 'run') racingOf(get().settings).forEach(settle);
  });

  return {
    handOver: (method: MethodId) => void handOver(method),
    conduct,
    /** A run that begins anew, as the settings say. */
    fresh(method: MethodId): RunSoFar {
      const { data, settings } = get();
      if (!data) throw new Error('no data to learn');
      if (ids >= racingOf(settings).length) set({ opening: false });
      const track = emptyTrack(settings.budget * 2 ** 20, dropFrame);
      return { ...this.named(method), config: runConfig(method, settings, data), changes: [], track };
    },
    /** The next run of a method has this id and name. */
    named(method: MethodId) {
      const count = (counts.get(method) ?? 0) + 1;
      counts.set(method, count);
      return { id: ++ids, name: `${methodOf(method).name} ${count}` };
    },
    /** Has a run go on from a frame of it, which is its newest from now on; nothing where its worker is there already. */
    goOn(method: MethodId, frame: Snapshot) {
      const run = soFar(get().runs[method]);
      if (!run || (frame === run.track.latest && isAtItsEnd(method))) return;
      run.track.truncate(frame);
      void conduct(method, run);
    },
    /** Says λ and γ to the worker, and notes from which unit of the run they are in force. */
    apply(method: MethodId, settings: LiveSettings) {
      const beat = beats.get(method);
      const worker = workers.get(method);
      if (!beat || !worker?.alive || get().runs[method].status === 'diverged') return;
      worker
        .call((api) => api.apply(settings))
        .then(
          (change) => {
            if (change && beats.get(method) === beat)
              patchRun(method, { changes: withChange(get().runs[method].changes, change) });
          },
          () => {},
        );
    },
    /**
     * What a run is at a unit, computed from the nearest frame before. Afterwards the worker is not where the run is:
     * whoever goes on conducts it anew. Null where another run took the worker, or there is nothing to show.
     */
    async seek(method: MethodId, unit: number, from: Snapshot): Promise<Running<Moment> | null> {
      const run = soFar(get().runs[method]);
      if (!run) return null;
      rest(method);
      const { value } = await onceMore(() =>
        follow(workerOf(method), planOf(run, from, unit), async () => null).next(),
      );
      return value?.status === 'running' && finitePart(value).end === null ? value : null;
    },
    /** The observation that follows so many others of the run that is; null where it cannot be known. */
    async visit(method: MethodId, unit: number) {
      const worker = workers.get(method);
      return worker?.alive ? worker.call((api) => api.visit(unit)).catch(() => null) : null;
    },
    /** No more steps of the run that is. */
    halt(method: MethodId) {
      rest(method);
      patchRun(method, { status: 'starting' });
    },
    step(method: MethodId, kind: 'step' | 'unit') {
      beats.get(method)?.step(kind);
    },
    /** Lets the workers go, with what they hold. */
    dismiss() {
      for (const worker of workers.values()) worker.terminate();
    },
    /** After a worker was lost: another one goes on from the newest frame. */
    revive(method: MethodId) {
      workers.get(method)?.terminate();
      const run = soFar(get().runs[method]);
      if (!run) return;
      replaced.delete(run.id);
      void conduct(method, run);
    },
  };
}
export type RaceDriver = ReturnType<typeof raceDriver>;

const unitAt = (frame: Snapshot | null) => (frame ? unitOf(frame) : 0);

/** Units that somebody asked for; as many as can be done in a time are asked for again by themselves. */
const owedBy = (asked: Stretch | null) => (asked?.milliseconds === undefined ? (asked?.units ?? 0) : 0);

/** What a worker has to know of a run that is to be at a unit, from a frame of it on. */
function planOf(run: RunSoFar, from: Snapshot | null, unit: number) {
  const { config, changes, track } = run;
  const firstRmse = track.column('train', rmse)[0] ?? null;
  return { feed: 'all', config, past: { changes, from, unit, firstRmse } } as const;
}

/** Of large data, a second's garbage would fill a tab. */
export const dropFrame = ({ userFactors, itemFactors, userBias, itemBias }: Snapshot) =>
  letGo([userFactors, itemFactors, userBias, itemBias]);
