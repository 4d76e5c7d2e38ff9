import { withChange } from '../../methods/changes';
import { type LiveSettings, type Method, methods, type RunConfig } from '../../methods/config';
import { type Snapshot, unitOf } from '../../methods/snapshot';
import { letGo } from '../../ratings/lines';
import type { RatingInfo } from '../../ratings/rating-set';
import { emptyTimeline } from '../../sessions/track';
import { runConfig } from '../../state/run-configs';
import type { RunState, Workbench } from '../../state/workbench';
import type { Pool } from '../../workers/pool';
import { train } from '../../workers/train';
import type { Held } from '../stage/layout.driver';
import { type Metronome, metronome } from './metronome';

export const idleRun = (method: Method): RunState => ({
  id: 0,
  name: '',
  colour: `var(--${method})`,
  status: 'starting',
  config: null,
  changes: [],
  timeline: emptyTimeline(),
  moments: 0,
  diverged: null,
});

/** Rows of a file that is being read from which on the runs leave the cores to it. */
const worthWaiting = 1_000_000;

/** What a run goes on from: the newest frame of its timeline; step 0 where that is empty. */
export type Going = Pick<RunState, 'id' | 'name' | 'changes' | 'timeline'> & { readonly config: RunConfig };

/** Drives the runs of both methods, each in its worker, into the store. */
export function racing({ getState: get, setState: set }: Workbench, pool: Pool, held: () => Held | null) {
  const trainers = { als: pool.trainer(), sgd: pool.trainer() };
  const metronomes: Partial<Record<Method, Metronome>> = {};
  let ids = 0;
  const numbers = { als: 0, sgd: 0 };

  /** Gives a method's worker the ratings; a worker that was lost is replaced. */
  function handOver(method: Method) {
    const { data } = get();
    if (!trainers[method].alive) trainers[method] = pool.trainer();
    const ratings = held();
    if (!data || !ratings) return;
    const { split, layout, memory } = ratings;
    trainers[method]
      .call((api) => api.load(method, ratedOf(data.ratings), { split, layout, memory }))
      .then(
        (name) => set(({ computing }) => ({ computing: { ...computing, slow: name === 'page' } })),
        () => {},
      );
    setWorkers(method);
  }

  function setWorkers(method: Method) {
    const { workers } = get().settings;
    trainers[method].call((api) => api.resize(workers)).catch(() => {});
  }

  function patchRun(method: Method, patch: Partial<RunState>) {
    set(({ runs }) => ({ runs: { ...runs, [method]: { ...runs[method], ...patch } } }));
  }

  /** Drives one run from where it is to its end, or to the run that replaces it. Its worker is replaced if it was lost. */
  async function conduct(method: Method, run: Going) {
    const { data } = get();
    if (!data) return;
    metronomes[method]?.stop();
    if (!trainers[method].alive) handOver(method);
    const { config, timeline } = run;
    const beat = metronome(method, data.trainingCount, {
      playing: () => get().playing && !((get().loading?.rows ?? 0) > worthWaiting),
      settings: () => get().settings,
      latest: () => timeline.latest,
      finished: (done) => {
        const { status } = get().runs[method];
        if (status === 'going' || status === 'finished')
          patchRun(method, { status: done ? 'finished' : 'going' });
      },
    });
    metronomes[method] = beat;
    const { moments } = get().runs[method];
    patchRun(method, { ...idleRun(method), ...run, moments: moments + 1 });
    try {
      for await (const advance of train(trainers[method], config, pastOf(run), beat.next)) {
        if (metronomes[method] !== beat) return;
        if (advance.status === 'diverged') {
          return patchRun(method, {
            status: 'diverged',
            diverged: { step: advance.step, proposedLearningRate: advance.proposedLearningRate },
          });
        }
        // The frame it goes on from is there already.
        if (advance.snapshot.step !== timeline.latest?.step) timeline.add(advance.snapshot);
        patchRun(method, {
          status: beat.isDone() ? 'finished' : 'going',
          moments: get().runs[method].moments + 1,
        });
      }
    } catch (error) {
      if (metronomes[method] === beat) patchRun(method, { status: 'lost' });
      // By name: an error that crossed from a worker has lost its class.
      if (!['WorkerLost', 'AbortError'].includes((error as Error).name)) throw error;
    }
  }

  /** What the worker has to know of a run that is to be at a unit, by default at its newest frame. */
  function pastOf({ changes, timeline }: Going, from = timeline.latest, unit?: number) {
    return {
      changes,
      from,
      unit: unit ?? (from ? unitOf(from) : 0),
      firstRmse: timeline.metrics.trainRmse[0] ?? null,
    };
  }

  return {
    handOver,
    setWorkers,
    conduct,
    /** A run that begins anew, as the settings say. */
    fresh(method: Method): Going {
      const { data, settings } = get();
      if (!data) throw new Error('no data to learn');
      const filmBytes = settings.film * 2 ** 20;
      return {
        ...this.named(method),
        config: runConfig(method, settings, data),
        changes: [],
        timeline: emptyTimeline(undefined, filmBytes, dropFrame),
      };
    },
    /** The next run of a method has this id and name. */
    named: (method: Method) => ({
      id: ++ids,
      name: `${method === 'als' ? 'ALS' : 'B-SGD'} ${++numbers[method]}`,
    }),
    /** Whether the worker is at the newest frame, and goes on from there when it is asked to. */
    isThere: (method: Method) => metronomes[method]?.stopped() === false,
    /** Says λ and γ to the worker, and notes from which unit of the run they are in force. */
    apply(method: Method, settings: LiveSettings) {
      const beat = metronomes[method];
      if (!trainers[method].alive || get().runs[method].status === 'diverged') return;
      trainers[method]
        .call((api) => api.apply(settings))
        .then(
          (change) => {
            if (change && metronomes[method] === beat)
              patchRun(method, { changes: withChange(get().runs[method].changes, change) });
          },
          () => {},
        );
    },
    /**
     * The frame of a run at a unit, computed from the nearest one before. Afterwards the worker is not where the run
     * is: whoever goes on conducts it anew. Null where another run took the worker.
     */
    async frame(method: Method, unit: number, from: Snapshot): Promise<Snapshot | null> {
      const run = get().runs[method];
      if (!run.config) return null;
      metronomes[method]?.stop();
      delete metronomes[method];
      if (!trainers[method].alive) handOver(method);
      const past = pastOf({ ...run, config: run.config }, from, unit);
      for await (const advance of train(trainers[method], run.config, past, async () => null))
        return advance.status === 'running' ? advance.snapshot : null;
      return null;
    },
    /** The observation that follows so many others of the run that is; null where it cannot be known. */
    visit: (unit: number) =>
      trainers.sgd.alive
        ? trainers.sgd.call((api) => api.visit(unit)).catch(() => null)
        : Promise.resolve(null),
    /** No more steps of the run that is. */
    halt(method: Method) {
      metronomes[method]?.stop();
      delete metronomes[method];
      patchRun(method, { status: 'starting' });
    },
    step(method: Method, kind: 'step' | 'unit') {
      metronomes[method]?.step(kind);
    },
    settingsChanged() {
      for (const method of methods) metronomes[method]?.settingsChanged();
    },
    /** Lets the workers go, with what they hold. */
    dismiss() {
      for (const method of methods) trainers[method].terminate();
    },
    /** After a worker was lost: another one goes on from the newest frame. */
    revive(method: Method) {
      trainers[method].terminate();
      handOver(method);
      const run = get().runs[method];
      if (run.config) void conduct(method, { ...identityOf(run), config: run.config });
    },
  };
}
export type Racing = ReturnType<typeof racing>;

const identityOf = ({ id, name, changes, timeline }: RunState) => ({ id, name, changes, timeline });

/** Of large data, a second's garbage would fill a tab. */
export const dropFrame = ({ userFactors, itemFactors, userBias, itemBias }: Snapshot) =>
  letGo([userFactors, itemFactors, userBias, itemBias]);

const ratedOf = ({ userCount, itemCount, scale }: RatingInfo) => ({ userCount, itemCount, scale });
