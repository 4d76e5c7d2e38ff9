import { atOnceOf, unitOf } from '../../methods';
import { withChange } from '../../methods/changes';
import type { MethodId } from '../../methods/method';
import type { Snapshot } from '../../methods/snapshot';
import { frameAt } from '../../sessions/track';
import { raceSettings, racingOf, type Settings } from '../../settings/race';
import type { LinkedRuns } from '../../state/link/runs';
import { runConfig } from '../../state/run-configs';
import type { Going, Racing } from '../race/race.driver';
import { idleRun, type RunState } from '../race/slice';
import type { Workbench } from '../workbench';
import { filmEnd, frameOf, neighbour } from './replay';
import { shelving } from './shelf.driver';
import type { ReplayActions, Steps } from './slice';

/** Settings that a run takes up while it is going. */
const live = ['lambda', 'learningRate'] as const;
const takes = (method: MethodId, name: (typeof live)[number]) => atOnceOf(method).settings.includes(name);
const liveIn = (method: MethodId, change: Partial<Settings>) =>
  live.some((name) => change[name] !== undefined && takes(method, name));

/** Looks back at the runs, goes on from any of their frames, and forks them where a parameter is changed there. */
export function filming(workbench: Workbench, race: Racing) {
  const { getState: get, setState: set } = workbench;
  const shelf = shelving(workbench);
  const racing = () => racingOf(get().settings);
  /** A value for each method that races. */
  const perMethod = <T>(of: (method: MethodId) => T): Record<MethodId, T> =>
    Object.fromEntries(racing().map((method) => [method, of(method)]));
  let marks = 0;
  /** Of the newest frame asked for: what is computed for an older one is not shown. */
  let sought = 0;

  /** What a run goes on as; null before it has begun. */
  function goingOf({ id, name, changes, track, config }: RunState): Going | null {
    return config && track.latest ? { id, name, changes, track, config } : null;
  }

  /** Whether a run's worker is at the run's newest frame, or lost it for good. */
  const isAtItsEnd = (method: MethodId, { status }: RunState) =>
    race.isThere(method) || status === 'diverged' || status === 'lost';

  /** Both runs go on from the frames on the stage: what they were after them they become again. */
  function goOn() {
    const state = get();
    for (const method of racing()) {
      const run = state.runs[method];
      const going = goingOf(run);
      const frame = frameOf(state, run, method);
      if (!going || !frame) continue;
      if (frame === run.track.latest && isAtItsEnd(method, run)) continue;
      run.track.truncate(frame);
      void race.conduct(method, going);
    }
    leave();
  }

  /** Back to the newest frames. */
  function leave() {
    sought++;
    set({ at: null, held: null, seeking: false });
  }

  /** Both methods anew from step 0, as the settings say. What was there is kept, unless it would be the same again. */
  function restart(dragged: boolean) {
    for (const method of racing()) {
      const next = race.fresh(method);
      const { runs } = get();
      if (!dragged && shelf.isWorthIt(runs[method], next)) shelf.put(runs[method]);
      else runs[method].track.clear();
      void race.conduct(method, next);
    }
    leave();
  }

  /** A run that was recorded elsewhere takes a method's place; what was there is kept, if it has come to something. */
  function adopt(method: MethodId, run: Omit<Going, 'id'>) {
    race.halt(method);
    const before = get().runs[method];
    const next = { ...run, id: race.named(method).id };
    if (shelf.isWorthIt(before, next)) shelf.put(before);
    else before.track.clear();
    const moments = before.moments + 1;
    set(({ runs }) => ({
      runs: { ...runs, [method]: { ...idleRun(method), ...next, status: 'finished', moments } },
    }));
    leave();
  }

  /** A run that was recorded elsewhere comes onto the shelf to stay, and into its method's pane. */
  function layDown(run: Omit<Going, 'id'>) {
    const { method } = run.config;
    const { id } = race.named(method);
    shelf.put({ ...idleRun(method), ...run, id });
    shelf.actions.changeRun(id, { pinned: true });
    shelf.actions.showIn(method, id);
  }

  /** λ and γ as they are set now, of a method's run. */
  function liveOf(method: MethodId) {
    const { data, settings } = get();
    if (!data) return null;
    const { lambda, learningRate } = runConfig(method, settings, data);
    return { lambda, learningRate };
  }

  /** Says λ or γ to the runs that have it; one that is looked at further back is left, and another begins there. */
  function applyLive(change: Partial<Settings>) {
    for (const method of racing()) {
      const state = get();
      const run = state.runs[method];
      const live = liveOf(method);
      const going = goingOf(run);
      if (!live || !going || !liveIn(method, change)) continue;
      const frame = frameOf(state, run, method);
      if (frame && frame !== run.track.latest) fork(method, run, going, frame, live);
      else if (run.status === 'diverged' || run.status === 'lost') continue;
      else {
        if (!race.isThere(method)) void race.conduct(method, going);
        race.apply(method, live);
      }
      noteOn(method, change);
    }
  }

  function fork(
    method: MethodId,
    run: RunState,
    going: Going,
    frame: Snapshot,
    live: NonNullable<ReturnType<typeof liveOf>>,
  ) {
    const track = run.track.branch(frame);
    const changes = withChange(run.changes, { unit: unitOf(frame), ...live });
    shelf.put(run);
    void race.conduct(method, { ...going, ...race.named(method), track, changes });
  }

  /** Marks a change on the run's track. */
  function noteOn(method: MethodId, change: Partial<Settings>) {
    const { runs, settings } = get();
    const { track } = runs[method];
    if (change.lambda !== undefined) track.mark('λ', `λ ${short(settings.lambda)}`);
    if (change.learningRate !== undefined && takes(method, 'learningRate'))
      track.mark('γ', `γ ${short(settings.learningRate)}`);
  }

  /** The steps of the frames looked at; null where those are the newest. */
  function stepsNow(): Steps | null {
    const state = get();
    if (state.at === null) return null;
    return stepsOf(state);
  }

  const stepsOf = (state: ReturnType<typeof get>): Steps => {
    const step = (method: MethodId) => frameOf(state, state.runs[method], method)?.step ?? 0;
    return perMethod(step);
  };

  /** Shows exactly these frames, or the last before them. */
  function hold(steps: Steps) {
    const { runs, looks } = get();
    const places = racing().map(
      (method) => frameAt(runs[method].track, 'step', steps[method])?.[looks.chartAxis] ?? 0,
    );
    set({ at: Math.max(...places), held: steps, playing: false });
  }

  /** Shows exactly these frames; what of them was thinned out, or never there, is computed from the last before it. */
  async function bring(steps: Steps) {
    const ticket = ++sought;
    hold(steps);
    // Without ratings nothing can be computed.
    if (get().data?.source === 'run') return;
    set({ seeking: true });
    await Promise.all(
      racing().map(async (method) => {
        const { id, track, status } = get().runs[method];
        const frame = frameAt(track, 'step', steps[method]);
        const unit = Math.round(steps[method] * unitsPerStep(method));
        if (!frame || unitOf(frame) === unit || status === 'starting') return;
        const found = await race.frame(method, unit, frame).catch(() => null);
        // Whoever went on meanwhile did so from the frame before.
        if (!found || ticket !== sought || get().runs[method].id !== id) return;
        if (found.step > (track.latest?.step ?? 0)) track.add(found);
        else track.insert(found);
      }),
    );
    if (ticket !== sought) return;
    set({ seeking: false });
    hold(steps);
  }

  const unitsPerStep = (method: MethodId) => atOnceOf(method).unitsPerStep(get().data?.trainingCount ?? 1);

  const actions: ReplayActions = {
    scrub(place) {
      if (place >= filmEnd(get())) return leave();
      sought++;
      set({ at: Math.max(0, place), held: null, seeking: false, playing: false });
    },
    frame(by) {
      const place = neighbour(get(), by);
      if (place !== null) actions.scrub(place);
      else if (by === 1) leave();
    },
    live() {
      const { runs, seeking } = get();
      leave();
      if (!seeking) return;
      // The workers leave the frames that were asked for, and come back to where the runs are.
      for (const method of racing()) {
        const going = goingOf(runs[method]);
        if (going && !isAtItsEnd(method, runs[method])) void race.conduct(method, going);
      }
    },
    goTo(step) {
      const stepOf = (method: MethodId) => {
        const { max } = raceSettings[atOnceOf(method).limit];
        const units = unitsPerStep(method);
        return Math.round(Math.min(max, Math.max(0, step)) * units) / units;
      };
      void bring(perMethod(stepOf));
    },
    mark() {
      const state = get();
      const mark = { id: ++marks, name: `Mark ${marks}`, steps: stepsOf(state) };
      set({ marks: [...state.marks, mark] });
    },
    goToMark(id) {
      const mark = get().marks.find((one) => one.id === id);
      if (mark) void bring(mark.steps);
    },
    renameMark: (id, name) =>
      set((state) => ({ marks: state.marks.map((mark) => (mark.id === id ? { ...mark, name } : mark)) })),
    dropMark: (id) => set((state) => ({ marks: state.marks.filter((mark) => mark.id !== id) })),
    ...shelf.actions,
  };

  /** Runs anew, with the changes that a link has, brought to the frames that it shows, and paused there. */
  function rerun(linked: LinkedRuns) {
    set({ playing: false });
    const methods = racing();
    const ids = methods.map((method) => {
      const next = { ...race.fresh(method), changes: linked[method].changes };
      void race.conduct(method, next);
      return next.id;
    });
    const begun = () =>
      methods.every((method, i) => {
        const { id, track } = get().runs[method];
        return id === ids[i] && track.latest !== null;
      });
    const { settings } = get();
    const steps = perMethod((method) =>
      Math.min(settings[atOnceOf(method).limit], linked[method].unit / unitsPerStep(method)),
    );
    // A frame can be brought once the first one of its run is there.
    const stop = workbench.subscribe(() => {
      if (methods.some((method, i) => get().runs[method].id !== ids[i])) return stop();
      if (!begun()) return;
      stop();
      void bring(steps);
    });
  }

  return {
    actions,
    rerun,
    goOn,
    restart,
    adopt,
    layDown,
    applyLive,
    stepsNow,
    hold,
    /** Of other data: what was recorded is of no use any more. */
    begin() {
      shelf.clear();
      for (const { track } of Object.values(get().runs)) track.clear();
      set({ marks: [], at: null, held: null, seeking: false });
    },
  };
}

const short = (value: number) => String(Number(value.toPrecision(2)));

export type Film = ReturnType<typeof filming>;
