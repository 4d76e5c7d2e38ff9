import { proxy } from 'comlink';
import { liveAt } from '../../methods/changes';
import type { MethodId } from '../../methods/method';
import type { Named } from '../../ratings/formats/format';
import { changed, racingOf } from '../../settings/race';
import { settingsOf } from '../../state/run-configs';
import type { Pool } from '../../workers/pool';
import { lossOf, onceMore } from '../../workers/worker-handle';
import type { FloorDriver } from '../chart/floor.driver';
import type { Context } from '../context.driver';
import type { Dividing } from '../data/dividing.driver';
import { type Loading, startOf } from '../data/loading.driver';
import type { RaceDriver } from '../race/race.driver';
import { idleRun } from '../race/slice';
import type { ForksDriver } from '../replay/forks.driver';
import { kinship, noNames, type Opened, type RowNames, recordedRun, unknownData } from './opened-runs.driver';

/** Opens saved runs: beside the ratings that they were learnt from, or alone. */
export function openingRuns(
  { workbench, pool, events }: Omit<Context, 'ratings'>,
  loading: Pick<Loading, 'supersede' | 'refuse'>,
  division: Pick<Dividing, 'goOn' | 'moveTo'>,
  { forks, race, floor }: { forks: ForksDriver; race: RaceDriver; floor: FloorDriver },
) {
  const { getState: get, setState: set } = workbench;
  /** Who reads the newest file, and no other. */
  let reader: ReturnType<Pool['exporter']> | null = null;

  /** Opens a run, which may be a bad one. */
  async function open({ file, name }: Named) {
    const isNewest = loading.supersede();
    const start = startOf(name);
    set({ loading: start, notice: null });
    const said = proxy((done: number, of: number) => {
      if (get().loading?.since === start.since) set({ loading: { ...start, share: done / of } });
    });
    const read = () => {
      reader?.terminate();
      reader = pool.exporter();
      return reader.call((api) => api.readRunFile(file, said));
    };
    try {
      const opened = await onceMore(read);
      if (!isNewest()) return;
      if (!opened.ok)
        return loading.refuse({ kind: 'refused', problem: { ...opened.problem, fileName: name } });
      set({ loading: null });
      division.goOn();
      placeRuns(opened);
    } catch (error) {
      // Whoever cancelled knows.
      if (isNewest() && (error as Error).name !== 'AbortError')
        loading.refuse({ kind: 'data-lost', what: name, why: lossOf(error) });
    } finally {
      if (isNewest()) reader?.terminate();
    }
  }

  /** Opened runs go on where their ratings are on the stage; lie beside others where they may be; else stand alone. */
  function placeRuns(opened: Opened) {
    const kin = kinship(opened, get());
    const { data: about, judged } = opened;
    // Where the ratings are here, or others like them, what is recommended is judged by these.
    const runs = kin === 'none' ? opened.runs : opened.runs.map((run) => ({ ...run, found: [] }));
    const { settings } = get();
    const frameBytes = settings.budget * 2 ** 20;
    set({ playing: false });
    if (kin === 'none') {
      showAlone(about);
      if (judged) showJudged(judged, runs.flatMap(({ found }) => found).length);
    }
    if (kin !== 'alike') {
      const configs = runs.map(({ config, changes }) => ({
        ...config,
        ...liveAt(config, changes, Infinity),
      }));
      const found = new Set(configs.map(({ method }) => method));
      // Runs that stand alone take the panes; where there is but one, somebody who races keeps the other.
      const methods = [...found, ...settings.methods.filter((id) => !found.has(id))].slice(
        0,
        Math.max(2, found.size),
      );
      const change = { ...settingsOf(configs, settings), ...(kin === 'none' && { methods }) };
      set({ settings: changed(settings, change) ?? settings });
    }
    const racing = racingOf(get().settings);
    const placed = new Set<MethodId>();
    for (const run of runs) {
      const { method } = run.config;
      if (kin === 'alike' || placed.has(method) || !racing.includes(method))
        forks.layDown(recordedRun(run, frameBytes));
      else forks.adopt(method, recordedRun(run, frameBytes));
      placed.add(method);
    }
    if (kin === 'same') void floor.find();
  }

  /** Lists as they were judged when they were recorded. */
  function showJudged(judged: NonNullable<Opened['judged']>, count: number) {
    set({ rankings: { ...judged, references: [], judged: count } });
  }

  /** A stage of so many users and items, of which nothing is known, in place of what was on it. */
  function showAlone(about: Opened['data'], names = noNames) {
    set({ playing: false });
    forks.begin();
    for (const method of Object.keys(get().runs)) {
      race.halt(method);
      get().runs[method].track.clear();
      set(({ runs }) => ({ runs: { ...runs, [method]: { ...idleRun(method), status: 'finished' } } }));
    }
    stage(about, names);
    set({ rankings: null, floor: null, crosshair: null, window: null, inspecting: null, inspected: {} });
  }

  /** So many users and items, of which nothing is known. */
  function stage(about: Opened['data'], names: RowNames) {
    const { data, held, scene } = unknownData(about, names);
    division.moveTo(held);
    set({ data, scene });
  }

  events.on('loadingCancelled', () => reader?.terminate());
  return { open, showAlone, stage };
}
export type OpeningRuns = ReturnType<typeof openingRuns>;
