import { proxy } from 'comlink';
import { sceneOf } from '../../draw/scene';
import type { Named } from '../../ratings/formats/format';
import type { HoldOutKind } from '../../ratings/hold-out';
import type { Problem, Read } from '../../ratings/problem';
import type { RatingInfo } from '../../ratings/rating-set';
import { failure, type Result } from '../../ratings/result';
import { sampleSizes } from '../../ratings/sample';
import { defaultsOf, withDefaults } from '../../settings/values';
import type { SampleSize } from '../../state/link/data';
import type { LoadedData, Source } from '../../state/loaded-data';
import { type Looks, lookSettings } from '../../state/looks';
import { defaultsFor, keptOf, possibleHoldOuts } from '../../state/run-configs';
import type { Room } from '../../workers/layout';
import type { DataApi, Loaded, Prepared, ReadProgress } from '../../workers/protocol';
import { lossOf, onceMore, type WorkerHandle, WorkerLost } from '../../workers/worker-handle';
import type { FloorDriver } from '../chart/floor.driver';
import type { Context } from '../context.driver';
import type { Notice } from '../shell/slice';
import { asFile, asPicture, wholeLens } from '../stage/layout.driver';
import { type Dividing, divisionFacts, divisionOf, neededBy, noRoom } from './dividing.driver';
import type { Pictures } from './pictures.driver';

/** Reads or makes ratings with the data worker. */
export type Reading = (worker: WorkerHandle<DataApi>, progress: ReadProgress) => Promise<Read<Loaded>>;

export interface LoadOptions {
  /** Settings stay as they are: the ratings are those that were there, or they were set for them. */
  readonly keepSettings?: boolean;
  /** A link says how they are shown. */
  readonly keepLooks?: boolean;
  /** Called once the ratings have taken the place of the old. */
  readonly accepted?: () => void;
}

/** What is being loaded, from now on. */
export const startOf = (what: string) => ({ what, share: null, rows: 0, since: performance.now() });

/** Brings ratings onto the stage: the newest that were asked for, whatever else is on its way. */
export function loading(
  { workbench, ratings: data, events }: Pick<Context, 'workbench' | 'ratings' | 'events'>,
  floor: Pick<FloorDriver, 'isAtWork'>,
  division: Dividing,
  pictures: Pictures,
) {
  const { getState: get, setState: set } = workbench;
  /** Of the newest load: what is older is dropped when it arrives. */
  let ticket = 0;
  /** Of the newest load of the picture that is set: where that itself fails, nothing can stand in for it. */
  let ofPicture = 0;

  const progress = proxy((rows: number, share: number) => {
    const { loading } = get();
    if (loading && loading.needed === undefined) set({ loading: { ...loading, rows, share } });
  });

  const laying = proxy((done: number, of: number) => {
    const { loading } = get();
    if (loading?.needed !== undefined) set({ loading: { ...loading, share: done / of } });
  });

  /** Has the data worker do something as the newest load; null where that failed, which is said, or where a newer one came. */
  async function attempt<T extends object>(
    what: string,
    work: (worker: WorkerHandle<DataApi>, isNewest: () => boolean) => Promise<Tried<T>>,
  ): Promise<T | null> {
    const mine = ++ticket;
    const isNewest = () => mine === ticket;
    set({ loading: startOf(what), notice: null, undrawn: false });
    let release = () => {};
    const claimed = () => {
      const claim = data.claim(!floor.isAtWork());
      release = claim.release;
      return work(claim.worker, isNewest);
    };
    try {
      const result = await onceMore(claimed);
      if (!isNewest()) return null;
      if (result.ok) return result;
      refuse(noticeOf(result.problem));
    } catch (error) {
      if (!isNewest()) return null;
      const isUnreadable = (error as Error).name === 'NotReadableError';
      refuse(
        isUnreadable
          ? { kind: 'refused', problem: { code: 'unreadable', fileName: what } }
          : { kind: 'data-lost', what, why: lossOf(error) },
      );
      if (!isUnreadable && !(error instanceof WorkerLost)) throw error;
    } finally {
      release();
    }
    return null;
  }

  /** Says why there is nothing new; where there was nothing before either, the first picture comes all the same. */
  function refuse(notice: Notice | null) {
    set({ loading: null, notice });
    division.goOn();
    if (get().data) return;
    if (ticket === ofPicture) return set({ undrawn: true });
    void loadPicture().then(() => set({ notice }));
  }

  /** Brings ratings onto the stage; tells whether they were taken. */
  async function load(
    what: string,
    source: Source,
    read: Reading,
    { accepted, ...kept }: LoadOptions = {},
  ): Promise<boolean> {
    const taken = await attempt(what, async (worker, isNewest) => {
      const result = await read(worker, progress);
      return result.ok && isNewest() ? take(worker, isNewest, source, result, kept) : result;
    });
    if (taken) accepted?.();
    return taken !== null;
  }

  /** Takes a data set over once it is prepared: only then does the old one go. */
  async function take(
    worker: WorkerHandle<DataApi>,
    isNewest: () => boolean,
    source: Source,
    { ratings, warnings, preview, account, rejected }: Loaded,
    { keepSettings = false, keepLooks = false }: Omit<LoadOptions, 'accepted'>,
  ): Promise<Tried<Prepared>> {
    const { data: before, settings: asked } = get();
    const isOther = !keepSettings && (source !== 'picture' || before?.source !== source);
    const wanted = isOther ? { ...defaultsFor(source, ratings), ...keptOf(asked, source) } : asked;
    const holdOut = holdOutFor(ratings, wanted.holdOut, before);
    const settings = { ...wanted, holdOut };
    const rows = ratings.ratingCount;
    set({ loading: { ...startOf(ratings.name), rows, needed: neededBy(ratings, settings) } });
    const prepared = await worker.call((api) =>
      api.prepare({ ...divisionOf(settings), ...(source === 'picture' ? asPicture : asFile) }, laying),
    );
    if (!prepared.ok) return failure('no-room', { ...prepared.problem, fileName: ratings.name });
    if (!isNewest()) return prepared;
    division.moveTo(prepared);
    set({
      settings: isOther ? settings : { ...get().settings, holdOut },
      looks: keepLooks ? get().looks : looksFor(get().looks, before, { source, ratings }),
      loading: null,
      floor: null,
      crosshair: null,
      window: null,
      scene: sceneOf(ratings, { ...prepared.cells, lens: wholeLens(prepared.orders, ratings, source) }),
      data: {
        ...{ source, ratings, warnings, preview, account, rejected },
        ...{ audit: prepared.audit, orders: prepared.orders },
        orderBy: source === 'picture' ? 'id' : 'count',
        ...divisionFacts(prepared),
      },
    });
    division.begin();
    void events.tell('ratingsArrived');
    return prepared;
  }

  /** The picture that is set. */
  function loadPicture(keepLooks = false) {
    ofPicture = ticket + 1;
    return load(get().settings.picture, 'picture', pictures.read, { keepSettings: true, keepLooks });
  }

  /** What is being loaded is dropped, and what is on the stage stays; where nothing is, the picture comes. */
  function cancelLoading() {
    void events.tell('loadingCancelled');
    data.renew();
    ticket++;
    set({ loading: null });
    division.goOn();
    if (!get().data) void loadPicture();
  }

  events.on('pictureChanged', () => void loadPicture());

  /** A picture of the user's. */
  const openPicture = (brought: Named) =>
    load(brought.name, 'picture', (worker) => pictures.readYours(brought, worker));

  /** The made-up sample. */
  function loadSample(size: SampleSize, isLinked: boolean) {
    const name = 'Sample ratings';
    return load(
      name,
      'sample',
      async (worker, progress) => {
        if (size === 'small') return worker.call((api) => api.readSample(1, name, progress));
        const ratings = await worker.call((api) => api.makeUp(sampleSizes[size], 1, name, progress));
        return { ok: true, ratings, warnings: [] };
      },
      { keepSettings: isLinked, keepLooks: isLinked },
    );
  }

  return {
    actions: {
      drawAgain: () => void loadPicture(),
      cancelLoading,
      openSample: (size: SampleSize = 'small') => void loadSample(size, false),
    },
    attempt,
    load,
    loadPicture,
    openPicture,
    loadSample,
    refuse,
    /** Whether anything was ever loaded. */
    hasBegun: () => ticket > 0,
    /** What is being loaded is dropped; tells whether nothing newer has come. */
    supersede() {
      if (get().loading) data.renew();
      const mine = ++ticket;
      return () => mine === ticket;
    },
  };
}
export type Loading = ReturnType<typeof loading>;

/** What a load comes to: it is read and has room, or one of them fails. */
type Tried<T extends object> = Read<T> | Result<T, 'no-room', NamedRoom>;
type NamedRoom = Room & { readonly fileName: string };

type Brought = Pick<LoadedData, 'source' | 'ratings'>;

/** Pictures and other ratings are shown otherwise at first; what was chosen stays. */
function looksFor(looks: Looks, before: Brought | null, now: Brought): Looks {
  const usual = (data: Brought | null) =>
    defaultsOf(lookSettings, data && data.source !== 'picture' ? data.ratings : null);
  return { ...looks, ...withDefaults(lookSettings, looks, usual(before), usual(now)) };
}

/** A problem with a preview is no news: somebody is asked which column is which. */
function noticeOf(problem: Problem | (NamedRoom & { readonly code: 'no-room' })): Notice | null {
  if (problem.code === 'no-room') return noRoom(problem.fileName, problem);
  return problem.preview ? null : { kind: 'refused', problem };
}

/** A test set that has just come is what is held out; else what was wanted, where these ratings can be divided so. */
function holdOutFor(ratings: RatingInfo, wanted: HoldOutKind, before: LoadedData | null): HoldOutKind {
  const possible = possibleHoldOuts(ratings);
  if (possible.includes('test') && !before?.ratings.testCount) return 'test';
  return possible.includes(wanted) ? wanted : 'random';
}
