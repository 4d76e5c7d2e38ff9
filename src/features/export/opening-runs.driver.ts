import { proxy } from 'comlink';
import type { OpenedFile } from '../../files/run-file/read';
import { raceIds } from '../../methods';
import type { MethodId } from '../../methods/method';
import { changed } from '../../settings/race';
import { settingsOf } from '../../state/run-configs';
import type { Workbench } from '../../state/workbench';
import type { FloorFinder } from '../chart/floor.driver';
import { startOf } from '../data/files.driver';
import type { Loading } from '../data/loading.driver';
import { idleRun, type Racing } from '../race/race.driver';
import type { Film } from '../replay/replay.driver';
import type { Exporter } from './exporting.driver';
import { goingOn, kinship, type Opened, unknownData } from './opened-runs.driver';

/** Opens saved runs: beside the ratings that they were learnt from, or alone. */
export function openingRuns(
  { getState: get, setState: set }: Workbench,
  exporter: Pick<Exporter, 'open'>,
  loading: Loading,
  { film, race, floor }: { film: Film; race: Racing; floor: FloorFinder },
  openFiles: (files: readonly File[]) => void,
) {
  /** Reads a file if it is a run: null where it is not one. Throws an AbortError, or WorkerLost. */
  async function read(file: File): Promise<OpenedFile | null> {
    const magic = new Uint8Array(await file.slice(0, 2).arrayBuffer());
    if (magic[0] !== 0x50 || magic[1] !== 0x4b) return null;
    const start = startOf(file.name);
    set({ loading: start, notice: null });
    const said = proxy((done: number, of: number) => {
      if (get().loading?.since === start.since) set({ loading: { ...start, share: done / of } });
    });
    const opened = await exporter.open().call((api) => api.readRunFile(file, said));
    return !opened.ok && opened.code === 'not-a-run-file' ? null : opened;
  }

  /** Opens a run, or else what the files are. */
  async function open(chosen: readonly File[]) {
    const isNewest = loading.supersede();
    const [file] = chosen;
    try {
      const opened = chosen.length === 1 ? await read(file).catch(unlessAborted) : null;
      if (!isNewest()) return;
      if (!opened) return void openFiles(chosen);
      set({ loading: null });
      loading.notTaken();
      if (opened.ok) placeRuns(opened);
      else loading.refuse({ kind: 'refused', problem: { code: opened.code, fileName: file.name } });
    } catch {
      // Cancelled.
    }
  }

  /** Opened runs go on where their ratings are on the stage; lie beside others where they may be; else stand alone. */
  function placeRuns(opened: Opened) {
    const { data: about, runs } = opened;
    const { settings } = get();
    const filmBytes = settings.film * 2 ** 20;
    const kin = kinship(opened, get());
    set({ playing: false });
    if (kin === 'none') showAlone(about);
    if (kin !== 'alike') {
      const configs = runs.map(({ config }) => config);
      set({ settings: changed(settings, settingsOf(configs, settings)) ?? settings });
    }
    const placed = new Set<MethodId>();
    for (const run of runs) {
      const { method } = run.config;
      if (kin === 'alike' || placed.has(method)) film.layDown(goingOn(run, filmBytes));
      else film.adopt(method, goingOn(run, filmBytes));
      placed.add(method);
    }
    if (kin === 'same') void floor.find();
  }

  /** A stage of so many users and items, of which nothing is known. */
  function showAlone(about: Opened['data']) {
    film.begin();
    for (const method of raceIds) {
      race.halt(method);
      get().runs[method].timeline.clear();
      set(({ runs }) => ({ runs: { ...runs, [method]: { ...idleRun(method), status: 'finished' } } }));
    }
    const { data, held, scene } = unknownData(about);
    loading.moveTo(held);
    set({ data, scene, floor: null, crosshair: null, window: null });
    set({ inspecting: null, solved: null, observed: null, rows: null });
  }

  /** Runs whose ratings are not here cannot go on: that is said. */
  function isOnlyOpened(): boolean {
    if (get().data?.source !== 'run') return false;
    set({ playing: false, notice: { kind: 'no-ratings' } });
    return true;
  }

  return { open, isOnlyOpened };
}

/** What cannot be read as a run may be read as something else; who cancelled wants neither. */
function unlessAborted(error: Error): null {
  if (error.name === 'AbortError') throw error;
  return null;
}
