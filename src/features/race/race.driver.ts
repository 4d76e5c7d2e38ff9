import { methodOf, raceIds, unitOf } from '../../methods';
import { withChange } from '../../methods/changes';
import type { LiveSettings, RunConfig } from '../../methods/config';
import type { MethodId } from '../../methods/method';
import type { Snapshot } from '../../methods/snapshot';
import type { Moment } from '../../metrics/moment';
import { rmse } from '../../metrics/rmse';
import { letGo } from '../../ratings/lines';
import type { RatingInfo } from '../../ratings/rating-set';
import { emptyTrack, type Track } from '../../sessions/track';
import { runConfig } from '../../state/run-configs';
import { follow } from '../../workers/follow';
import type { Running } from '../../workers/learn-protocol';
import type { Pool } from '../../workers/pool';
import type { Held } from '../stage/layout.driver';
import type { Workbench } from '../workbench';
import { type Metronome, metronome } from './metronome';
import { idleRun, type RunState } from './slice';

/** Rows of a file that is being read from which on the runs leave the cores to it. */
const worthWaiting = 1_000_000;

/** What a run goes on from: the newest frame of its track; step 0 where that is empty. */
export type Going = Pick<RunState, 'id' | 'name' | 'changes' | 'track'> & { readonly config: RunConfig };

/** Drives the runs of both methods, each in its worker, into the store. */
export function racing({ getState: get, setState: set }: Workbench, pool: Pool, held: () => Held | null) {
  const trainers = new Map(raceIds.map((method) => [method, pool.run()]));
  const metronomes = new Map<MethodId, Metronome>();
  let ids = 0;
  const numbers = new Map<MethodId, number>();

  /** The worker of a method; one that was lost, or is not there yet, gives way to another that has to be loaded. */
  function trainerOf(method: MethodId) {
    const there = trainers.get(method);
    if (there?.alive) return there;
    const trainer = pool.run();
    trainers.set(method, trainer);
    return trainer;
  }

  /** Gives a method's worker the ratings; a worker that was lost is replaced. */
  function handOver(method: MethodId) {
    const { data } = get();
    const trainer = trainerOf(method);
    const ratings = held();
    if (!data || !ratings) return;
    const { split, layout, memory } = ratings;
    trainer
      .call((api) => api.load({ ratings: ratedOf(data.ratings), split, layout, memory }, method))
      .then(
        (name) => set(({ computing }) => ({ computing: { ...computing, slow: name === 'page' } })),
        () => {},
      );
    setWorkers(method);
  }

  function setWorkers(method: MethodId) {
    const { workers } = get().settings;
    trainerOf(method)
      .call((api) => api.resize(workers))
      .catch(() => {});
  }

  function patchRun(method: MethodId, patch: Partial<RunState>) {
    set(({ runs }) => ({ runs: { ...runs, [method]: { ...runs[method], ...patch } } }));
  }

  /** Drives one run from where it is to its end, or to the run that replaces it. Its worker is replaced if it was lost. */
  async function conduct(method: MethodId, run: Going) {
    const { data } = get();
    if (!data) return;
    metronomes.get(method)?.stop();
    if (!trainers.get(method)?.alive) handOver(method);
    const { config, track } = run;
    const beat = metronome(method, data.trainingCount, {
      playing: () => get().playing && !((get().loading?.rows ?? 0) > worthWaiting),
      settings: () => get().settings,
      latest: () => track.latest,
      finished: (done) => {
        const { status } = get().runs[method];
        if (status === 'going' || status === 'finished')
          patchRun(method, { status: done ? 'finished' : 'going' });
      },
    });
    metronomes.set(method, beat);
    const { moments } = get().runs[method];
    patchRun(method, { ...idleRun(method), ...run, moments: moments + 1 });
    try {
      const plan = { feed: 'all', config, past: pastOf(run) } as const;
      for await (const answer of follow(trainerOf(method), plan, beat.next)) {
        if (metronomes.get(method) !== beat) return;
        if (answer.status === 'diverged') return patchRun(method, { status: 'diverged', diverged: answer });
        if (answer.status !== 'running') return;
        take(track, answer);
        patchRun(method, {
          status: beat.isDone() ? 'finished' : 'going',
          moments: get().runs[method].moments + 1,
        });
      }
    } catch (error) {
      if (metronomes.get(method) === beat) patchRun(method, { status: 'lost' });
      // By name: an error that crossed from a worker has lost its class.
      if (!['WorkerLost', 'AbortError'].includes((error as Error).name)) throw error;
    }
  }

  /** What the worker has to know of a run that is to be at a unit, by default at its newest frame. */
  function pastOf({ changes, track }: Going, from = track.latest, unit?: number) {
    return {
      changes,
      from,
      unit: unit ?? (from ? unitOf(from) : 0),
      firstRmse: track.column('train', rmse)[0] ?? null,
    };
  }

  return {
    handOver,
    setWorkers,
    conduct,
    /** A run that begins anew, as the settings say. */
    fresh(method: MethodId): Going {
      const { data, settings } = get();
      if (!data) throw new Error('no data to learn');
      const filmBytes = settings.film * 2 ** 20;
      return {
        ...this.named(method),
        config: runConfig(method, settings, data),
        changes: [],
        track: emptyTrack(undefined, filmBytes, dropFrame),
      };
    },
    /** The next run of a method has this id and name. */
    named(method: MethodId) {
      const number = (numbers.get(method) ?? 0) + 1;
      numbers.set(method, number);
      return { id: ++ids, name: `${methodOf(method).name} ${number}` };
    },
    /** Whether the worker is at the newest frame, and goes on from there when it is asked to. */
    isThere: (method: MethodId) => metronomes.get(method)?.stopped() === false,
    /** Says λ and γ to the worker, and notes from which unit of the run they are in force. */
    apply(method: MethodId, settings: LiveSettings) {
      const beat = metronomes.get(method);
      if (!trainers.get(method)?.alive || get().runs[method].status === 'diverged') return;
      trainerOf(method)
        .call((api) => api.apply(settings))
        .then(
          (change) => {
            if (change && metronomes.get(method) === beat)
              patchRun(method, { changes: withChange(get().runs[method].changes, change) });
          },
          () => {},
        );
    },
    /**
     * The frame of a run at a unit, computed from the nearest one before. Afterwards the worker is not where the run
     * is: whoever goes on conducts it anew. Null where another run took the worker.
     */
    async frame(method: MethodId, unit: number, from: Snapshot): Promise<Snapshot | null> {
      const run = get().runs[method];
      if (!run.config) return null;
      metronomes.get(method)?.stop();
      metronomes.delete(method);
      if (!trainers.get(method)?.alive) handOver(method);
      const past = pastOf({ ...run, config: run.config }, from, unit);
      const plan = { feed: 'all', config: run.config, past } as const;
      for await (const answer of follow(trainerOf(method), plan, async () => null)) {
        if (answer.status !== 'running') return null;
        // What was measured on the way there belongs to the curve.
        for (const moment of answer.moments) run.track.record(moment);
        return answer.snapshots.at(-1) ?? null;
      }
      return null;
    },
    /** The observation that follows so many others of the run that is; null where it cannot be known. */
    async visit(method: MethodId, unit: number) {
      const trainer = trainers.get(method);
      return trainer?.alive ? trainer.call((api) => api.visit(unit)).catch(() => null) : null;
    },
    /** No more steps of the run that is. */
    halt(method: MethodId) {
      metronomes.get(method)?.stop();
      metronomes.delete(method);
      patchRun(method, { status: 'starting' });
    },
    step(method: MethodId, kind: 'step' | 'unit') {
      metronomes.get(method)?.step(kind);
    },
    settingsChanged() {
      for (const method of metronomes.keys()) metronomes.get(method)?.settingsChanged();
    },
    /** Lets the workers go, with what they hold. */
    dismiss() {
      for (const trainer of trainers.values()) trainer.terminate();
    },
    /** After a worker was lost: another one goes on from the newest frame. */
    revive(method: MethodId) {
      trainers.get(method)?.terminate();
      handOver(method);
      const run = get().runs[method];
      if (run.config) void conduct(method, { ...identityOf(run), config: run.config });
    },
  };
}
export type Racing = ReturnType<typeof racing>;

const identityOf = ({ id, name, changes, track }: RunState) => ({ id, name, changes, track });

/** Takes over what a run has come to. The frame that it goes on from is there already. */
function take(track: Track, { moments, snapshots }: Running<Moment>) {
  for (const moment of moments) track.record(moment);
  for (const snapshot of snapshots) if (snapshot.step !== track.latest?.step) track.add(snapshot);
}

/** Of large data, a second's garbage would fill a tab. */
export const dropFrame = ({ userFactors, itemFactors, userBias, itemBias }: Snapshot) =>
  letGo([userFactors, itemFactors, userBias, itemBias]);

const ratedOf = ({ userCount, itemCount, scale }: RatingInfo) => ({ userCount, itemCount, scale });
