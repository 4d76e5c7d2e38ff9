import type { Window } from '../draw/window';
import { reconstructor } from '../kernels/simd/reconstruct';
import { raceIds } from '../methods';
import { defaultsFor, plainLambda, weightedLambda } from '../state/run-configs';
import { changed, dataSettings, ranges, restartSettings, type Settings } from '../state/settings';
import type { StreamLab } from '../state/stream-lab';
import type { Workbench } from '../state/workbench';
import { isolated, simdModule } from '../workers/kernel-modules';
import type { Pool } from '../workers/pool';
import type { Actions } from './actions';
import { floorFinder } from './chart/floor.driver';
import { filesBrought, pastedFile } from './data/files.driver';
import { holding } from './data/holding.driver';
import { keptOf, loading } from './data/loading.driver';
import { makingUp } from './data/making-up.driver';
import { chartSaving } from './export/chart-saving.driver';
import { exporterOf } from './export/exporter.driver';
import { filmSaving } from './export/film-saving.driver';
import { openingRuns } from './export/opening-runs.driver';
import { predictionSaving } from './export/prediction-saving.driver';
import { runFiles } from './export/run-files.driver';
import { saving } from './export/saving.driver';
import { inspecting } from './inspect/inspect.driver';
import { linking } from './link/link.driver';
import { racing } from './race/race.driver';
import { filming } from './replay/replay.driver';
import { stageLayout } from './stage/layout.driver';
import { streaming } from './stream/stream.driver';
import type { StreamActions } from './stream/stream-actions';

/** Conducts: settings into data, data into runs, runs into the store. The only caller of workers. */
export function conductor(
  workbench: Workbench,
  lab: StreamLab,
  pool: Pool,
): { actions: Actions; stream: StreamActions } {
  const { getState: get, setState: set } = workbench;
  const around = holding(pool);
  const stage = stageLayout(workbench, around);
  const floor = floorFinder(workbench, around);
  const race = racing(workbench, pool, around.held);
  const film = filming(workbench, race);
  const inspector = inspecting(workbench, race, around.held);
  const exporter = exporterOf(workbench, pool);
  const runFile = runFiles(workbench, exporter);

  const parts = { stage, floor, race, film };
  const load = loading(workbench, around, parts, {
    firstPicture: () => made.loadPicture(),
    arrived: () => link.arrived(),
    step,
  });
  const files = filesBrought(workbench, load.load);
  const made = makingUp(workbench, load.load, files.progress);
  const opened = openingRuns(workbench, runFile, load, parts, (chosen) => void files.open(chosen));
  const stream = streaming(workbench, lab, pool, around.held, exporter);
  const link = linking(workbench, {
    loadPicture: made.loadPicture,
    loadSample: (size) => made.loadSample(size, true),
    async change(settings) {
      await change(settings);
    },
    show,
    orderBy: stage.orderBy,
    rerun: (runs) => film.rerun(runs),
    runs: () => film.linkedRuns(),
    openStream(linked) {
      if (linked) stream.openLinked(linked);
      else set(({ looks }) => ({ looks: { ...looks, mode: 'race' } }));
    },
    stream: stream.linked,
    watchStream: stream.watch,
  });

  function show(window: Window | null) {
    set({ window });
    stage.layOut();
  }

  function change(change: Partial<Settings>): Promise<void> | void {
    const before = get().settings;
    const settings = changed(before, inSameMeasure(change));
    if (!settings) return;
    const differs = (names: readonly (keyof Settings)[]) =>
      names.some((name) => settings[name] !== before[name]);
    const wasFile = get().data?.source !== 'picture' && change.picture !== undefined;
    set({
      settings: wasFile
        ? { ...defaultsFor('picture', null), ...keptOf(settings, 'picture'), ...change }
        : settings,
    });
    if (differs(dataSettings) || wasFile) return void made.loadPicture();
    if (differs([...restartSettings, 'lambda', 'learningRate']) && opened.isOnlyOpened()) return;
    if (differs(restartSettings)) {
      const { data } = get();
      // What came as a test set is not known any more once it was divided otherwise.
      if (differs(['holdOut']) && settings.holdOut === 'test') return files.again();
      const another =
        differs(['holdOut', 'holdOutShare']) ||
        (differs(['seed']) && (data?.validationCount ?? 0) > 0) ||
        (data && settings.rank > data.highestRank);
      return another ? load.divideAgain() : load.startRuns(isDragged(change));
    }
    if (differs(['film'])) load.weigh();
    if (differs(['workers'])) raceIds.forEach(race.setWorkers);
    if (differs(['lambda', 'learningRate'])) film.applyLive(change);
    if (differs(['lambda'])) void floor.find();
    race.settingsChanged();
  }

  /** A slider that is being dragged asks for one change, not for fifty. */
  let draggedLast = { names: '', at: Number.NEGATIVE_INFINITY };
  function isDragged(change: Partial<Settings>): boolean {
    const before = draggedLast;
    draggedLast = { names: Object.keys(change).join(), at: performance.now() };
    return before.names === draggedLast.names && draggedLast.at - before.at < 1000;
  }

  /** Another convention for λ says the same λ in other words, as near as its slider reaches. */
  function inSameMeasure(change: Partial<Settings>): Partial<Settings> {
    const { data, settings } = get();
    const { regularisation } = change;
    if (!data || !regularisation || regularisation === settings.regularisation || change.lambda !== undefined)
      return change;
    const same = regularisation === 'plain' ? plainLambda(settings, data) : weightedLambda(settings, data);
    const { min, max } = ranges.lambda;
    return { ...change, lambda: Math.min(max, Math.max(min, Number(same.toPrecision(3)))) };
  }

  function step(kind: 'step' | 'unit') {
    if (opened.isOnlyOpened()) return;
    set({ playing: false });
    if (load.isDividing()) return load.stepLater(kind);
    film.goOn();
    for (const method of raceIds) race.step(method, kind);
  }

  const defaults = () => {
    const { data, settings } = get();
    const source = data?.source ?? 'picture';
    return { ...defaultsFor(source, data?.ratings ?? null), picture: settings.picture };
  };

  const actions: Actions = {
    play() {
      if (opened.isOnlyOpened()) return;
      set({ playing: true });
      if (!load.isDividing()) film.goOn();
    },
    pause: () => set({ playing: false }),
    step: () => step('step'),
    smallStep() {
      if (opened.isOnlyOpened()) return;
      if (get().inspecting === null) inspector.inspect(true);
      step('unit');
    },
    reset: () => opened.isOnlyOpened() || load.startRuns(),
    change,
    restoreDefaults: (name) => change(name ? { [name]: defaults()[name] } : defaults()),
    defaultOf: (name) => defaults()[name],
    look(look) {
      const steps = look.chartAxis ? film.stepsNow() : null;
      set(({ looks }) => ({ looks: { ...looks, ...look } }));
      if (steps) film.hold(steps);
    },
    openFiles(chosen) {
      const [file] = chosen;
      const image =
        (chosen.length === 1 && file.type.startsWith('image/')) ||
        /\.(png|jpe?g|gif|webp|avif|bmp|svg)$/i.test(file.name);
      if (image) void made.openPicture(file);
      else void opened.open(chosen);
    },
    paste: (text) => void files.open([pastedFile(text)]),
    ...files.actions,
    openSample: (size = 'small') => void made.loadSample(size, false),
    copyLink: () => link.copyLink(),
    acceptLink: () => link.acceptLink(),
    cancelLoading() {
      exporter.cancel();
      load.cancel();
      if (!get().data) void made.loadPicture();
    },
    dismissNotice: () => set({ notice: null }),
    restartWith(learningRate) {
      set(({ settings }) => ({ settings: changed(settings, { learningRate }) ?? settings }));
      load.startRuns();
    },
    revive: race.revive,
    pointAt(cell) {
      const before = get().crosshair;
      if (cell?.user !== before?.user || cell?.item !== before?.item) set({ crosshair: cell });
    },
    show,
    orderBy: (by) => void stage.orderBy(by),
    ...film.actions,
    ...inspector,
    ...saving(workbench, exporter),
    ...filmSaving(workbench, exporter),
    ...chartSaving(workbench),
    ...predictionSaving(workbench, exporter, around.held),
    ...runFile.actions,
  };

  void simdModule().then((module) => {
    if (module) set({ reconstruct: reconstructor(module, isolated) });
    // A file that was dropped meanwhile comes first.
    if (!load.hasBegun()) link.open(location.hash);
  });
  return { actions, stream: stream.actions };
}
