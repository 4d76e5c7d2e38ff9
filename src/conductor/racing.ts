import { letGo } from '../ratings/lines';
import type { RatingInfo } from '../ratings/rating-set';
import { type Method, methods } from '../runs/config';
import type { Snapshot } from '../runs/snapshot';
import { emptyTimeline } from '../runs/timeline';
import { runConfig } from '../state/run-configs';
import type { Settings } from '../state/settings';
import type { RunState, Workbench } from '../state/workbench';
import type { Pool } from '../workers/pool';
import { train } from '../workers/train';
import { type Metronome, metronome } from './metronome';
import type { Held } from './stage-layout';

export const idleRun = (): RunState => ({
  status: 'starting',
  config: null,
  timeline: emptyTimeline(),
  moments: 0,
  diverged: null,
});

/** Drives the runs of both methods, each in its worker, into the store. */
export function racing({ getState: get, setState: set }: Workbench, pool: Pool, held: () => Held | null) {
  const trainers = { als: pool.trainer(), sgd: pool.trainer() };
  const metronomes: Partial<Record<Method, Metronome>> = {};

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

  /** Drives one run from its first snapshot to its end, or to the run that replaces it. */
  async function conduct(method: Method) {
    const { data, settings } = get();
    if (!data) return;
    metronomes[method]?.stop();
    const config = runConfig(method, settings, data);
    get().runs[method].timeline.clear();
    const timeline = emptyTimeline(undefined, undefined, drop);
    const beat = metronome(method, data.trainingCount, {
      playing: () => get().playing,
      settings: () => get().settings,
      latest: () => timeline.latest,
      finished: (done) => {
        const { status } = get().runs[method];
        if (status === 'going' || status === 'finished')
          patchRun(method, { status: done ? 'finished' : 'going' });
      },
    });
    metronomes[method] = beat;
    patchRun(method, { ...idleRun(), config, timeline });
    try {
      for await (const advance of train(trainers[method], config, beat.next)) {
        if (metronomes[method] !== beat) return;
        if (advance.status === 'diverged') {
          return patchRun(method, {
            status: 'diverged',
            diverged: { step: advance.step, proposedLearningRate: advance.proposedLearningRate },
          });
        }
        timeline.add(advance.snapshot);
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

  function applyLive(change: Partial<Settings>) {
    const { data, settings, runs } = get();
    if (!data) return;
    for (const method of methods) {
      if (!trainers[method].alive || runs[method].status === 'diverged') continue;
      const { lambda, learningRate } = runConfig(method, settings, data);
      trainers[method].call((api) => api.apply({ lambda, learningRate })).catch(() => {});
      if (change.lambda !== undefined) runs[method].timeline.mark('λ', `λ ${show(settings.lambda)}`);
      if (method === 'sgd' && change.learningRate !== undefined)
        runs.sgd.timeline.mark('γ', `γ ${show(settings.learningRate)}`);
    }
  }

  return {
    handOver,
    setWorkers,
    applyLive,
    /** A new run; its worker is replaced if it was lost. */
    start(method: Method) {
      if (!trainers[method].alive) handOver(method);
      void conduct(method);
    },
    /** No more steps of the run that is. */
    halt(method: Method) {
      metronomes[method]?.stop();
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
    revive(method: Method) {
      trainers[method].terminate();
      handOver(method);
      void conduct(method);
    },
  };
}

/** Of large data, a second's garbage would fill a tab. */
const drop = ({ userFactors, itemFactors, userBias, itemBias }: Snapshot) =>
  letGo([userFactors, itemFactors, userBias, itemBias]);

const ratedOf = ({ userCount, itemCount, scale }: RatingInfo) => ({ userCount, itemCount, scale });

const show = (value: number) => String(Number(value.toPrecision(2)));
