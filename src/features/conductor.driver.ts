import type { Window } from '../draw/window';
import { reconstructor } from '../kernels/simd/reconstruct';
import { changed, racingOf } from '../settings/race';
import { isolated, simdModule } from '../workers/kernel-modules';
import type { Pool } from '../workers/pool';
import { floorFinder } from './chart/floor.driver';
import { dividing } from './data/dividing.driver';
import { filesBrought, pastedFile } from './data/files.driver';
import { holding } from './data/holding.driver';
import { loading } from './data/loading.driver';
import { makingUp } from './data/making-up.driver';
import { pictures } from './data/pictures.driver';
import { exportingDriver } from './export/exporting.driver';
import { openingRuns } from './export/opening-runs.driver';
import { inspecting } from './inspect/inspect.driver';
import { linkDriver } from './link/link.driver';
import { racing } from './race/race.driver';
import { filming } from './replay/replay.driver';
import { settingsDriver } from './settings/settings.driver';
import { stageLayout } from './stage/layout.driver';
import { streaming } from './stream/stream.driver';
import type { Actions, Workbench } from './workbench';

/** Conducts: settings into data, data into runs, runs into the store. The only caller of workers. */
export function conductor(workbench: Workbench, pool: Pool): Actions {
  const { getState: get, setState: set } = workbench;
  const around = holding(pool);
  const stage = stageLayout(workbench, around);
  const floor = floorFinder(workbench, around);
  const race = racing(workbench, pool, around.held);
  const film = filming(workbench, race);
  const inspector = inspecting(workbench, race, around.held);
  const exporter = exportingDriver(workbench, pool, around.held);

  const parts = { stage, floor, race, film };
  const division = dividing(workbench, around, parts);
  const ours = pictures(workbench);
  const load = loading(workbench, around, floor, division, ours, { arrived: () => link.arrived() });
  const made = makingUp(load, ours);
  const opened = openingRuns(workbench, exporter, load, division, parts);
  const files = filesBrought(workbench, load, { picture: made.openPicture, run: opened.open });
  const stream = streaming(workbench, pool, around.held);
  const link = linkDriver(workbench, {
    pictureLinked: load.loadPicture,
    sampleLinked: (size) => made.loadSample(size, true),
    async settingsLinked(linked) {
      await settings.change(linked);
    },
    runsLinked: film.rerun,
    streamLinked: stream.openLinked,
    orderLinked: stage.orderBy,
    windowLinked: show,
  });

  function show(window: Window | null) {
    set({ window });
    stage.layOut();
  }

  const settings = settingsDriver(workbench, {
    isOnlyOpened: opened.isOnlyOpened,
    dataChanged: () => void load.loadPicture(),
    testSetWanted: files.again,
    divisionChanged: division.divideAgain,
    restartAsked: division.startRuns,
    liveChanged: film.applyLive,
    otherwiseChanged(names) {
      if (names.includes('film')) division.weigh();
      if (names.includes('workers')) racingOf(get().settings).forEach(race.setWorkers);
      if (names.includes('lambda')) void floor.find();
      race.settingsChanged();
    },
  });

  function step(kind: 'step' | 'unit') {
    if (opened.isOnlyOpened()) return;
    set({ playing: false });
    if (division.isDividing()) return division.afterDivision(() => step(kind));
    film.goOn();
    for (const method of racingOf(get().settings)) race.step(method, kind);
  }

  const actions: Actions = {
    play() {
      if (opened.isOnlyOpened()) return;
      set({ playing: true });
      if (!division.isDividing()) film.goOn();
    },
    pause: () => set({ playing: false }),
    step: () => step('step'),
    smallStep() {
      if (opened.isOnlyOpened()) return;
      if (get().inspecting === null) inspector.inspect(true);
      step('unit');
    },
    reset: () => opened.isOnlyOpened() || division.startRuns(),
    ...settings,
    look(look) {
      const steps = look.chartAxis ? film.stepsNow() : null;
      set(({ looks }) => ({ looks: { ...looks, ...look } }));
      if (steps) film.hold(steps);
    },
    openFiles: (chosen) => void files.open(chosen),
    paste: (text) => void files.open([pastedFile(text)]),
    ...files.actions,
    openSample: (size = 'small') => void made.loadSample(size, false),
    copyLink: link.copyLink,
    acceptLink: link.acceptLink,
    cancelLoading() {
      exporter.actions.cancel();
      load.cancel();
    },
    dismissNotice: () => set({ notice: null }),
    restartWith(learningRate) {
      set(({ settings }) => ({ settings: changed(settings, { learningRate }) ?? settings }));
      division.startRuns();
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
    exporting: exporter.actions,
    stream: stream.actions,
  };

  void simdModule().then((module) => {
    if (module) set({ reconstruct: reconstructor(module, isolated) });
    // A file that was dropped meanwhile comes first.
    if (!load.hasBegun()) link.open(location.hash);
  });
  return actions;
}
