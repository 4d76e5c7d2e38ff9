import { atOnceOf, unitOf } from '../../methods';
import type { MethodId } from '../../methods/method';
import { frameAt, recordAll } from '../../sessions/track';
import { raceSettings, racingOf } from '../../settings/race';
import type { Context } from '../context.driver';
import type { RaceDriver } from '../race/race.driver';
import { statusNow } from '../race/slice';
import { frameOf, neighbour, replayEnd } from './replay';
import type { ReplayActions, Steps } from './slice';

/** Looks back at the runs: at frames that were kept, and at others, which are computed again. */
export function replayDriver(
  { workbench }: Pick<Context, 'workbench'>,
  race: Pick<RaceDriver, 'seek' | 'goOn'>,
) {
  const { getState: get, setState: set } = workbench;
  /** Of the newest frame asked for: what is computed for an older one is not shown. */
  let sought = 0;

  const perMethod = (stepOf: (method: MethodId) => number): Steps =>
    Object.fromEntries(racingOf(get().settings).map((method) => [method, stepOf(method)]));
  /** Who of them still races. */
  const raced = (steps: Steps) => racingOf(get().settings).filter((method) => method in steps);
  const unitsPerStep = (method: MethodId) => atOnceOf(method).unitsPerStep(get().data?.trainingCount ?? 1);

  /** Back to the newest frames. */
  function leave() {
    sought++;
    set({ replayPlace: null, replaySteps: null, seeking: false });
  }

  /** The steps of the frames on the stage. */
  function stepsNow(): Steps {
    const state = get();
    return perMethod((method) => frameOf(state, state.runs[method], method)?.step ?? 0);
  }

  /** Shows exactly these frames, or the last before them; of methods that have joined since, what stands beside them. */
  function show(steps: Steps) {
    const { runs, looks } = get();
    const places = raced(steps).map(
      (method) => frameAt(runs[method].track, 'step', steps[method])?.[looks.chartAxis] ?? 0,
    );
    set({ replayPlace: Math.max(0, ...places), replaySteps: steps, playing: false });
  }

  /** Shows exactly these frames; what of them was thinned out, or never there, is computed from the last before it. */
  async function bring(steps: Steps) {
    const ticket = ++sought;
    show(steps);
    // Without ratings nothing can be computed.
    if (get().data?.source === 'run') return;
    set({ seeking: true });
    const isWanted = () => ticket === sought;
    await Promise.all(raced(steps).map((method) => seek(method, steps[method], isWanted)));
    if (!isWanted()) return;
    set({ seeking: false });
    show(steps);
  }

  /** Computes the frame of a run at a step, unless it is there. */
  async function seek(method: MethodId, step: number, isWanted: () => boolean) {
    const { id, track, status } = get().runs[method];
    const frame = frameAt(track, 'step', step);
    const unit = Math.round(step * unitsPerStep(method));
    if (!frame || unitOf(frame) === unit || status === 'starting') return;
    const found = await race.seek(method, unit, frame).catch(() => null);
    // Whoever went on meanwhile did so from the frame before.
    if (!found || !isWanted() || get().runs[method].id !== id) return;
    // What was measured on the way there belongs to the curve.
    recordAll(track, found);
    for (const snapshot of found.snapshots.slice(-1))
      if (snapshot.step > (track.latest?.step ?? 0)) track.add(snapshot);
      else track.insert(snapshot);
    set(({ runs, settings }) => {
      const { [method]: run } = runs;
      const status = statusNow(method, run, settings);
      return { runs: { ...runs, [method]: { ...run, status, moments: run.moments + 1 } } };
    });
  }

  const actions: ReplayActions = {
    look(look) {
      // On another axis the same frames are looked at.
      const steps = look.chartAxis && get().replayPlace !== null ? stepsNow() : null;
      set(({ looks }) => ({ looks: { ...looks, ...look } }));
      if (steps) show(steps);
    },
    scrub(place) {
      if (place >= replayEnd(get())) return leave();
      sought++;
      set({ replayPlace: Math.max(0, place), replaySteps: null, seeking: false, playing: false });
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
      for (const method of racingOf(get().settings)) {
        const { latest } = runs[method].track;
        if (latest) race.goOn(method, latest);
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
      const id = 1 + Math.max(0, ...get().marks.map((mark) => mark.id));
      set(({ marks }) => ({ marks: [...marks, { id, name: `Mark ${id}`, steps: stepsNow() }] }));
    },
    goToMark(id) {
      const mark = get().marks.find((one) => one.id === id);
      if (mark) void bring(mark.steps);
    },
    renameMark: (id, name) =>
      set((state) => ({ marks: state.marks.map((mark) => (mark.id === id ? { ...mark, name } : mark)) })),
    dropMark: (id) => set((state) => ({ marks: state.marks.filter((mark) => mark.id !== id) })),
  };

  return { actions, leave, bring, unitsPerStep };
}
export type ReplayDriver = ReturnType<typeof replayDriver>;
