import type { FolderManifest, RowName } from '../../files/run-folder/manifest';
import type { FolderNews } from '../../files/run-folder/reader';
import type { RunConfig } from '../../methods/config';
import { emptyTrack, type Track } from '../../sessions/track';
import { racingOf } from '../../settings/race';
import type { FolderPlace } from '../../workers/folders';
import type { WatchApi, Watched } from '../../workers/protocol';
import type { WorkerHandle } from '../../workers/worker-handle';
import type { Context } from '../context.driver';
import type { OpeningRuns } from '../export/opening-runs.driver';
import { dropFrame } from '../race/race.driver';
import type { ForksDriver } from '../replay/forks.driver';
import { until } from '../until';
import { recommendingDriver } from './recommending.driver';
import { grown, type Placing, rowsByName, snapshotOf } from './rows';
import type { Watch, WatchActions } from './slice';

/** A run of the folder, as it lies on the shelf. */
interface WatchedRun {
  readonly id: number;
  readonly config: RunConfig;
  track: Track;
}

/** What was told of a folder since it began. */
interface Told {
  readonly users: RowName[];
  readonly items: RowName[];
  readonly runs: WatchedRun[];
  /** Where rows belong; null before anything was placed. */
  placing: Placing | null;
}

const nothingTold = (): Told => ({ users: [], items: [], runs: [], placing: null });

/**
 * Watches a run folder: its runs lie on the shelf, pinned, and grow there. They stand beside the ratings on the stage
 * where the folder's names are those of these ratings; else they take the stage for themselves.
 */
export function watchDriver(
  { workbench, pool, events }: Pick<Context, 'workbench' | 'pool' | 'events'>,
  forks: Pick<ForksDriver, 'layDown' | 'actions'>,
  opened: Pick<OpeningRuns, 'showAlone' | 'stage'>,
) {
  const { getState: get, setState: set } = workbench;
  let worker: WorkerHandle<WatchApi> | null = null;
  let watched: { readonly place: FolderPlace; readonly name: string } | null = null;
  let told = nothingTold();

  const show = (change: Partial<Watch>) => set(({ watch }) => ({ watch: watch && { ...watch, ...change } }));
  const frameBytes = () => get().settings.budget * 2 ** 20;

  const recommending = recommendingDriver(workbench, {
    advise: async (asked) => (await worker?.call((api) => api.advise(asked)).catch(() => null)) ?? null,
    moments: (run) => told.runs[run]?.track.moments ?? [],
  });

  /** Watches a folder until another one is watched, or none. */
  function watch(place: FolderPlace, name: string) {
    void recommending.begin(place);
    return read(place, name);
  }

  /** Reads a folder from its beginning. */
  async function read(place: FolderPlace, name: string) {
    worker?.terminate();
    const mine = pool.watcher();
    worker = mine;
    watched = { place, name };
    forget();
    set({ watch: { name, status: 'opening', manifest: null, isBeside: false, runs: [] } });
    try {
      await mine.call((api) => api.open(place, frameBytes()));
      for (let isMore = false; worker === mine; ) {
        const answer = await mine.call((api) => api.next(isMore));
        await until(workbench, () => get().data !== null && get().loading === null);
        if (worker !== mine) return;
        if (!answer.ok) return show({ status: 'refused', code: answer.problem.code });
        isMore = take(answer.watched);
      }
    } catch (error) {
      if (worker === mine) show({ status: 'lost' });
      if (!['WorkerLost', 'AbortError'].includes((error as Error).name)) throw error;
    } finally {
      mine.terminate();
    }
  }

  /** Shows what became of the folder; tells whether more is there already. */
  function take(became: Watched): boolean {
    if (became.kind !== 'news') {
      show({ status: became.kind === 'gone' ? 'empty' : 'unreachable' });
      return false;
    }
    const { news } = became;
    if (news.isBegunAnew) forget();
    for (const side of ['users', 'items'] as const) for (const name of news[side]) told[side].push(name);
    const { manifest } = news;
    const { userCount, itemCount } = manifest.data;
    // A run of nobody, or of nothing, cannot be shown yet.
    if (userCount > 0 && itemCount > 0) {
      if (!place(manifest, news.users.length + news.items.length > 0)) return again();
      record(news);
    }
    show({ status: manifest.state, manifest, isBeside: isBeside(), runs: told.runs.map(({ id }) => id) });
    set({ names: { users: told.users, items: told.items } });
    recommending.heard(news);
    return news.isMore;
  }

  const isBeside = () => Boolean(told.placing?.users);

  function again(): false {
    if (watched) void read(watched.place, watched.name);
    return false;
  }

  /**
   * Decides where rows belong, and makes room for those that are new. False where runs that stood beside the ratings on
   * the stage cannot any more, since somebody has come who is not there.
   */
  function place({ data: about }: FolderManifest, areNamed: boolean): boolean {
    const before = told.placing;
    const beside = before && !areNamed ? before : placingBeside(about);
    if (beside?.users) {
      told.placing = beside;
      return true;
    }
    if (before?.users) return false;
    told.placing = { ...about, users: null, items: null };
    if (!before) opened.showAlone(about, named());
    else if (before.userCount < about.userCount || before.itemCount < about.itemCount) grow(about);
    return true;
  }

  /** Where rows belong among the ratings on the stage; null where these are others, or none. */
  function placingBeside(about: FolderManifest['data']): Placing | null {
    const { data } = get();
    if (!data || data.source === 'run' || told.users.length + told.items.length === 0) return null;
    const { userCount, itemCount, userIds, itemIds } = data.ratings;
    const isNamed = told.users.length >= about.userCount && told.items.length >= about.itemCount;
    const users = rowsByName(told.users, userIds, userCount);
    const items = rowsByName(told.items, itemIds, itemCount);
    return isNamed && users && items ? { userCount, itemCount, users, items } : null;
  }

  const named = () => ({
    userIds: told.users.map(({ id }) => id),
    itemIds: told.items.map(({ id }) => id),
    itemTitles: told.items.map(({ title }) => (title === undefined ? null : { title, genres: '' })),
  });

  /** The stage of more users and items; what was seen is seen on it. */
  function grow(about: FolderManifest['data']) {
    const placing = { ...about, users: null, items: null };
    opened.stage(about, named());
    for (const run of told.runs) {
      const { snapshots, moments, marks } = run.track;
      const kept = snapshots.map((snapshot, ordinal) => ({ snapshot: grown(snapshot, placing), ordinal }));
      const track = emptyTrack(frameBytes(), dropFrame, { moments, marks, kept, every: 1 });
      run.track.clear();
      run.track = track;
    }
  }

  /** Records what is new of every run. */
  function record({ manifest, runs }: FolderNews) {
    for (const [i, { moments, frames }] of runs.entries()) {
      const { name, config } = manifest.runs[i];
      told.runs[i] ??= laidDown(i, name, config);
      const { track } = told.runs[i];
      for (const moment of moments) track.record(moment);
      for (const frame of frames) track.add(snapshotOf(frame, config, told.placing as Placing));
    }
    // Tracks are mutable: whoever shows them hears of it by the list.
    const tracks = new Map(told.runs.map(({ id, track }) => [id, track]));
    set(({ shelf }) => ({
      shelf: shelf.map((run) => ({ ...run, track: tracks.get(run.id) ?? run.track })),
    }));
  }

  /** A run that begins comes onto the shelf, and into a pane as long as there is one for it. */
  function laidDown(i: number, name: string, config: RunConfig): WatchedRun {
    const track = emptyTrack(frameBytes(), dropFrame);
    const racing = racingOf(get().settings);
    const own = racing.includes(config.method) ? config.method : racing[racing.length - 1];
    const free = racing.find((id) => get().panes[id] === null) ?? null;
    const pane = i === 0 ? own : isBeside() ? null : free;
    return { id: forks.layDown({ name, config, changes: [], track }, pane), config, track };
  }

  /** What was seen is not there any more. */
  function forget() {
    for (const { id } of told.runs) forks.actions.dropRun(id);
    told = nothingTold();
  }

  function stop() {
    worker?.terminate();
    worker = watched = null;
    set({ watch: null });
  }

  // Who brings ratings onto a stage that the folder had to itself has left it; beside others it is read anew.
  events.on('ratingsArrived', () => {
    if (!watched || !told.placing) return;
    if (isBeside()) again();
    else stop();
  });

  const actions: WatchActions = {
    stopWatching: stop,
    ...recommending.actions,
  };
  return { ...actions, watch };
}
