import { sceneOf } from '../paint/scene';
import { mostHeldOut } from '../ratings/hold-out';
import type { RatingInfo } from '../ratings/rating-set';
import { methods } from '../runs/config';
import { defaultsFor, possibleHoldOuts } from '../state/run-configs';
import type { Settings } from '../state/settings';
import type { Notice, Source, Workbench } from '../state/workbench';
import { bytesNeeded, roomInTab } from '../workers/layout';
import type { DataApi, Divided, LoadResult } from '../workers/protocol';
import { type WorkerHandle, WorkerLost } from '../workers/worker-handle';
import { type Load, startOf } from './files';
import type { Film } from './film';
import type { FloorFinder } from './floor-finder';
import { type Holding, isLarge } from './holding';
import type { Racing } from './racing';
import { asFile, asPicture, type Held, type StageLayout, wholeLens } from './stage-layout';

/** Brings ratings onto the stage, divides them, and starts the runs on them. */
export function loading(
  { getState: get, setState: set }: Workbench,
  data: Holding,
  { stage, floor, race, film }: { stage: StageLayout; floor: FloorFinder; race: Racing; film: Film },
  around: {
    firstPicture(): Promise<void>;
    /** Other ratings are on the stage, or the same divided otherwise, and their runs have begun. */
    arrived(): void;
    step(kind: 'step' | 'unit'): void;
  },
) {
  /** Of the newest load: what is older is dropped when it arrives. */
  let loadTicket = 0;
  /** The picture that stands in when the first file is refused was asked for: if it fails too, it is not asked again. */
  let firstTried = false;
  let divisionTicket = 0;
  let dividing = false;
  /** Steps asked for while the ratings were divided: done once the new runs are there. */
  const stepsAsked: ('step' | 'unit')[] = [];

  /** Takes the data worker over: whatever it was doing is dropped. */
  function freshDataWorker() {
    const isFree = !get().loading && !floor.isAtWork() && data.worker().alive;
    return isFree ? data.worker() : data.renew();
  }

  const load: Load = async (what, source, read, { keepSettings = false, accepted } = {}) => {
    const ticket = ++loadTicket;
    const worker = freshDataWorker();
    set({ loading: startOf(what), notice: null });
    try {
      const result = await read(worker);
      if (ticket !== loadTicket) return;
      if (!result.ok) return refuse(result.preview ? null : { kind: 'refused', problem: result.problem });
      if (await accept(worker, source, result, keepSettings)) accepted?.();
    } catch (error) {
      if (ticket !== loadTicket) return;
      const unreadable = (error as Error).name === 'NotReadableError';
      refuse(
        unreadable
          ? { kind: 'refused', problem: { code: 'unreadable', fileName: what } }
          : { kind: 'data-lost', what },
      );
      if (!unreadable && !(error instanceof WorkerLost)) throw error;
    }
  };

  /** Says why there is nothing new; where there was nothing before either, the first picture comes all the same. */
  function refuse(notice: Notice | null) {
    set({ loading: null, notice });
    if (!get().data && !firstTried) {
      firstTried = true;
      void around.firstPicture().then(() => set({ notice }));
    }
  }

  /** Takes a data set over once it is prepared: only then does the old one go. Whether it was taken. */
  async function accept(
    worker: WorkerHandle<DataApi>,
    source: Source,
    { ratings, warnings, preview, rejected }: Extract<LoadResult, { ok: true }>,
    keepSettings: boolean,
  ): Promise<boolean> {
    const ticket = loadTicket;
    const another = !keepSettings && (source !== 'picture' || get().data?.source !== source);
    const wanted = another
      ? { ...defaultsFor(source, ratings), ...keptOf(get().settings, source) }
      : get().settings;
    const possible = possibleHoldOuts(ratings);
    const hadTest = (get().data?.ratings.testCount ?? 0) > 0;
    const holdOut =
      possible.includes('test') && !hadTest
        ? 'test'
        : possible.includes(wanted.holdOut)
          ? wanted.holdOut
          : 'random';
    const settings = { ...wanted, holdOut };
    set({
      loading: {
        ...startOf(ratings.name),
        rows: ratings.ratingCount,
        needed: neededBy(ratings, settings),
      },
    });
    const prepared = await worker.call((api) =>
      api.prepare({ ...divisionOf(settings), ...(source === 'picture' ? asPicture : asFile) }),
    );
    if (ticket !== loadTicket) return false;
    if (!prepared.ok) {
      refuse(noRoom(ratings.name, prepared));
      return false;
    }
    moveTo(prepared);
    dividing = false;
    stepsAsked.length = 0;
    set({
      settings: another ? settings : { ...get().settings, holdOut },
      loading: null,
      floor: null,
      crosshair: null,
      window: null,
      scene: sceneOf(ratings, { ...prepared.cells, lens: wholeLens(prepared.orders, ratings, source) }),
      data: {
        ...{ source, ratings, warnings, preview, rejectedCount: rejected?.count },
        ...{ audit: prepared.audit, orders: prepared.orders },
        orderBy: source === 'picture' ? 'id' : 'count',
        ...known(prepared),
      },
    });
    methods.forEach(race.handOver);
    film.begin();
    startRuns();
    around.arrived();
    return true;
  }

  /** Divides the ratings anew, then starts anew; with the settings from before where there is no room. */
  async function divideAgain(settingsBefore: Settings) {
    const { data: before, settings } = get();
    const held = data.held();
    if (!before || !held) return;
    const ticket = loadTicket;
    const asked = ++divisionTicket;
    const lens = stage.lensNow();
    dividing = true;
    methods.forEach(race.halt);
    try {
      const prepared = await freshDataWorker().call((api) =>
        api.divide(held.split, divisionOf(settings), lens),
      );
      if (ticket !== loadTicket || asked !== divisionTicket) return;
      if (prepared.ok) {
        moveTo(prepared);
        set({
          // What was chosen meanwhile, such as another order, stays chosen.
          data: { ...(get().data ?? before), ...known(prepared) },
          scene: sceneOf(before.ratings, { ...prepared.cells, lens }),
        });
        stage.layOut();
        methods.forEach(race.handOver);
      } else set({ settings: settingsBefore, notice: noRoom(before.ratings.name, prepared) });
      dividing = false;
      startRuns();
      around.arrived();
      for (const kind of stepsAsked.splice(0)) around.step(kind);
    } catch (error) {
      if (ticket !== loadTicket || asked !== divisionTicket) return;
      dividing = false;
      set({ notice: { kind: 'data-lost', what: before.ratings.name } });
      startRuns();
      if (!(error instanceof WorkerLost)) throw error;
    }
  }

  /** The memory of other ratings from now on; workers that hold on to a large one are let go with it. */
  function moveTo(held: Held) {
    if (isLarge(data.held())) race.dismiss();
    stage.laidOut(data.put(held));
  }

  /** What the data and both runs take at the rank that is set. */
  function weigh() {
    const { data: shown, settings } = get();
    if (!shown) return;
    const needed = neededBy(shown.ratings, settings);
    set(({ computing }) => ({
      computing: { ...computing, needed, most: roomInTab, alone: data.held()?.memory === null },
    }));
  }

  function startRuns(dragged = false) {
    weigh();
    film.restart(dragged);
    void floor.find();
  }

  return {
    load,
    refuse,
    divideAgain,
    moveTo,
    weigh,
    startRuns,
    isDividing: () => dividing,
    /** Does a step once the ratings are divided. */
    stepLater: (kind: 'step' | 'unit') => void stepsAsked.push(kind),
    /** Whether anything was ever loaded. */
    hasBegun: () => loadTicket > 0,
    /** What is being loaded is dropped; tells whether nothing newer has come. */
    supersede() {
      const ticket = ++loadTicket;
      return () => ticket === loadTicket;
    },
    /** Whatever the data worker is doing is dropped. */
    cancel() {
      freshDataWorker();
      loadTicket++;
      set({ loading: null });
    },
  };
}
export type Loading = ReturnType<typeof loading>;

/** Settings of the data itself, and of the machine, survive a change of source. */
export function keptOf(
  { picture, size, pictureRank, pictureSeed, knownShare, noise, flatOut, workers, film: kept }: Settings,
  source: Source,
): Partial<Settings> {
  return source === 'picture'
    ? { picture, size, pictureRank, pictureSeed, knownShare, noise, flatOut, workers, film: kept }
    : { flatOut, workers, film: kept };
}

/** Bytes that a data set and both its runs take. */
function neededBy(ratings: RatingInfo, settings: Settings): number {
  const { userCount, itemCount, ratingCount, clock } = ratings;
  const { rank, holdOut, filmBytes } = divisionOf(settings);
  const validationCount = mostHeldOut(ratings, holdOut);
  const trainingCount = ratingCount - validationCount;
  const timed = clock !== null && clock !== undefined;
  return bytesNeeded({ userCount, itemCount, trainingCount, validationCount, timed }, rank, filmBytes);
}

const divisionOf = ({ holdOut, holdOutShare, seed, rank, film }: Settings) => ({
  holdOut: { kind: holdOut, share: holdOutShare, seed },
  rank,
  filmBytes: film * 2 ** 20,
});

const known = ({ split, references, cold, layout }: Divided) => ({
  trainingCount: split.trainingCount,
  validationCount: split.validationCount,
  references,
  cold,
  highestRank: layout.rank,
});

const noRoom = (what: string, { needed, most }: { needed: number; most: number }) =>
  ({ kind: 'no-room', what, needed, most }) as const;
