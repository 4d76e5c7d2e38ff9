import { atOnceOf, takes, unitOf } from '../../methods';
import { withChange } from '../../methods/changes';
import type { MethodId } from '../../methods/method';
import type { Snapshot } from '../../methods/snapshot';
import { racingOf, type Settings } from '../../settings/race';
import type { LinkedRuns } from '../../state/link/runs';
import { runConfig } from '../../state/run-configs';
import { significant } from '../../words/numbers';
import type { Context } from '../context.driver';
import type { RaceDriver } from '../race/race.driver';
import { idleRun, type RunSoFar, soFar } from '../race/slice';
import { until } from '../until';
import { frameOf } from './replay';
import type { ReplayDriver } from './replay.driver';
import { shelving } from './shelf.driver';

/** Settings that a run takes up while it is going. */
const live = ['lambda', 'learningRate'] as const;

/** Has runs go on from any of their frames, begin anew, and fork where a parameter is changed further back. */
export function forksDriver(
  { workbench, events }: Pick<Context, 'workbench' | 'events'>,
  race: RaceDriver,
  replay: ReplayDriver,
) {
  const { getState: get, setState: set } = workbench;
  const shelf = shelving(workbench);
  const racing = () => racingOf(get().settings);

  /** The runs go on from the frames on the stage: what they were after them they become again. */
  function goOn() {
    const state = get();
    for (const method of racing()) {
      const frame = frameOf(state, state.runs[method], method);
      if (frame) race.goOn(method, frame);
    }
    replay.leave();
  }

  /** What was there is kept, if it has come to something and would not be the same again. */
  function makeWay(method: MethodId, next: RunSoFar) {
    const run = get().runs[method];
    if (shelf.isWorthIt(run, next)) shelf.put(run);
    else run.track.clear();
  }

  /** All methods anew from step 0, as the settings say. */
  function restart(isDragged: boolean) {
    for (const method of racing()) {
      const next = race.fresh(method);
      if (isDragged) get().runs[method].track.clear();
      else makeWay(method, next);
      void race.conduct(method, next);
    }
    replay.leave();
  }

  /** A run that was recorded elsewhere takes a method's place. */
  function adopt(method: MethodId, run: Omit<RunSoFar, 'id'>) {
    race.halt(method);
    const next = { ...run, id: race.named(method).id };
    makeWay(method, next);
    set(({ runs }) => {
      const moments = runs[method].moments + 1;
      return { runs: { ...runs, [method]: { ...idleRun(method), ...next, status: 'finished', moments } } };
    });
    replay.leave();
  }

  /** A run that was recorded elsewhere comes onto the shelf to stay, and into a pane; gives it an id. */
  function layDown(run: Omit<RunSoFar, 'id'>, pane: MethodId | null = run.config.method): number {
    const { method } = run.config;
    const { id } = race.named(method);
    shelf.put({ ...idleRun(method), ...run, id });
    shelf.actions.changeRun(id, { pinned: true });
    if (pane !== null) shelf.actions.showIn(pane, id);
    return id;
  }

  /** Says λ or γ to the runs that have it; one that is looked at further back is left, and another begins there. */
  function applyLive(change: Partial<Settings>) {
    for (const method of racing())
      if (live.some((name) => change[name] !== undefined && takes(method, name))) applyTo(method, change);
  }

  function applyTo(method: MethodId, change: Partial<Settings>) {
    const state = get();
    const run = soFar(state.runs[method]);
    const frame = frameOf(state, state.runs[method], method);
    if (!state.data || !run) return;
    const { lambda, learningRate } = runConfig(method, state.settings, state.data);
    if (frame && frame !== run.track.latest) fork(run, frame, { lambda, learningRate });
    else if (['diverged', 'lost'].includes(state.runs[method].status)) return;
    else {
      if (frame) race.goOn(method, frame);
      race.apply(method, { lambda, learningRate });
    }
    noteOn(method, change);
  }

  function fork(run: RunSoFar, frame: Snapshot, now: { lambda: number; learningRate: number }) {
    const { method } = run.config;
    const track = run.track.branch(frame);
    const changes = withChange(run.changes, { unit: unitOf(frame), ...now });
    shelf.put(get().runs[method]);
    void race.conduct(method, { ...run, ...race.named(method), track, changes });
  }

  /** Marks a change on the run's track. */
  function noteOn(method: MethodId, change: Partial<Settings>) {
    const { runs, settings } = get();
    const { track } = runs[method];
    if (change.lambda !== undefined) track.mark('λ', `λ ${significant(settings.lambda)}`);
    if (change.learningRate !== undefined && takes(method, 'learningRate'))
      track.mark('γ', `γ ${significant(settings.learningRate)}`);
  }

  /** Runs anew, with the changes that a link has, brought to the frames that it shows, and paused there. */
  async function rerun(linked: LinkedRuns) {
    set({ playing: false });
    const ids = new Map<MethodId, number>();
    for (const method of racing()) {
      const next = { ...race.fresh(method), changes: linked[method].changes };
      ids.set(method, next.id);
      void race.conduct(method, next);
    }
    const { settings } = get();
    const stepOf = (method: MethodId) =>
      Math.min(settings[atOnceOf(method).limit], linked[method].unit / replay.unitsPerStep(method));
    const steps = Object.fromEntries([...ids.keys()].map((method) => [method, stepOf(method)]));
    const areThere = () => [...ids].every(([method, id]) => get().runs[method].id === id);
    const haveBegun = () => [...ids.keys()].every((method) => get().runs[method].track.latest);
    // A frame can be brought once the first one of its run is there.
    await until(workbench, () => !areThere() || haveBegun());
    if (areThere()) await replay.bring(steps);
  }

  events.on('liveChanged', applyLive);
  events.on('runsLinked', rerun);

  return {
    actions: shelf.actions,
    goOn,
    restart,
    adopt,
    layDown,
    /** Of other data: what was recorded is of no use any more. */
    begin() {
      shelf.clear();
      for (const { track } of Object.values(get().runs)) track.clear();
      set({ marks: [] });
      replay.leave();
    },
  };
}
export type ForksDriver = ReturnType<typeof forksDriver>;
