import { sceneOf } from '../../draw/scene';
import { raceIds } from '../../methods';
import { mostHeldOut } from '../../ratings/hold-out';
import type { RatingInfo } from '../../ratings/rating-set';
import { raceSettings, type Settings } from '../../settings/race';
import { pick } from '../../settings/values';
import { defaultsFor, keptOf, possibleHoldOuts } from '../../state/run-configs';
import type { Notice, Source, Workbench } from '../../state/workbench';
import { bytesNeeded, roomInTab } from '../../workers/layout';
import type { DataApi, Divided, LoadResult } from '../../workers/protocol';
import { type WorkerHandle, WorkerLost } from '../../workers/worker-handle';
import type { FloorFinder } from '../chart/floor.driver';
import type { Racing } from '../race/race.driver';
import type { Film } from '../replay/replay.driver';
import { asFile, asPicture, type Held, type StageLayout, wholeLens } from '../stage/layout.driver';
import { type Load, startOf } from './files.driver';
import { type Holding, isLarge } from './holding.driver';

/** Brings ratings onto the stage, divides them, and starts the runs on them. */
export function loading(
  { getState: get, setState: set }: Workbench,
  data: Holding,
  { stage, floor, race, film }: { stage: StageLayout; floor: FloorFinder; race: Racing; film: Film },
  around: {
    firstPicture(): Promise<boolean>;
    /** Other ratings are on the stage, and their runs have begun. */
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
  /** A division that has to wait for what is being loaded: it is done if that is not taken. */
  let owed = false;
  /** What the ratings on the stage were made and divided by. */
  let divided: Settings | null = null;
  /** Steps asked for while the ratings were divided: done once the new runs are there. */
  const stepsAsked: ('step' | 'unit')[] = [];

  const load: Load = async (what, source, read, { keepSettings = false, accepted } = {}) => {
    const ticket = ++loadTicket;
    const { worker, release } = data.claim(!floor.isAtWork());
    set({ loading: startOf(what), notice: null });
    try {
      const result = await read(worker);
      if (ticket !== loadTicket) return false;
      if (!result.ok) {
        refuse(result.preview ? null : { kind: 'refused', problem: result.problem });
        return false;
      }
      const keep = typeof keepSettings === 'function' ? keepSettings() : keepSettings;
      const isTaken = await accept(worker, source, result, keep);
      if (isTaken) accepted?.();
      return isTaken;
    } catch (error) {
      if (ticket !== loadTicket) return false;
      const unreadable = (error as Error).name === 'NotReadableError';
      refuse(
        unreadable
          ? { kind: 'refused', problem: { code: 'unreadable', fileName: what } }
          : { kind: 'data-lost', what },
      );
      if (!unreadable && !(error instanceof WorkerLost)) throw error;
      return false;
    } finally {
      release();
    }
  };

  /** Says why there is nothing new; where there was nothing before either, the first picture comes all the same. */
  function refuse(notice: Notice | null) {
    set({ loading: null, notice });
    notTaken();
    if (!get().data && !firstTried) {
      firstTried = true;
      void around.firstPicture().then(() => set({ notice }));
    }
  }

  /** What is on the stage stays: what was to be done with it is done now, and settings say again what it is. */
  function notTaken() {
    if (!get().data) return;
    if (owed) void divideAgain();
    else asDivided();
  }

  /** Puts the settings back that the ratings on the stage were made and divided by. */
  function asDivided() {
    const { data: shown, settings } = get();
    if (!shown || !divided) return;
    const kept = pick(raceSettings, divided, ({ effect }) => effect === 'data' || effect === 'division');
    const seed = shown.validationCount > 0 ? divided.seed : settings.seed;
    const rank = settings.rank > shown.highestRank ? divided.rank : settings.rank;
    set({ settings: { ...settings, ...kept, seed, rank } });
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
    divided = get().settings;
    raceIds.forEach(race.handOver);
    film.begin();
    startRuns();
    around.arrived();
    return true;
  }

  /** Divides the ratings anew, then starts anew; with the settings from before where there is no room. */
  async function divideAgain() {
    const { data: before, settings } = get();
    const held = data.held();
    if (!before || !held) return;
    // What is being loaded takes its place, or is not taken.
    owed = get().loading !== null;
    if (owed) return;
    const asked = ++divisionTicket;
    const isNewest = () => asked === divisionTicket && data.held() === held;
    const lens = stage.lensNow();
    dividing = true;
    raceIds.forEach(race.halt);
    const { worker, release } = data.claim(!floor.isAtWork());
    try {
      const prepared = await worker.call((api) => api.divide(held.split, divisionOf(settings), lens));
      if (!isNewest()) return;
      if (prepared.ok) {
        moveTo(prepared);
        set({
          // What was chosen meanwhile, such as another order, stays chosen.
          data: { ...(get().data ?? before), ...known(prepared) },
          scene: sceneOf(before.ratings, { ...prepared.cells, lens }),
        });
        stage.layOut();
        raceIds.forEach(race.handOver);
        divided = settings;
      } else {
        asDivided();
        set({ notice: noRoom(before.ratings.name, prepared) });
      }
      dividing = false;
      startRuns();
      for (const kind of stepsAsked.splice(0)) around.step(kind);
    } catch (error) {
      if (!isNewest()) return;
      // Something is being loaded, and took the worker over.
      if ((error as Error).name === 'AbortError') {
        owed = true;
        return;
      }
      dividing = false;
      asDivided();
      set({ notice: { kind: 'data-lost', what: before.ratings.name } });
      startRuns();
      if (!(error instanceof WorkerLost)) throw error;
    } finally {
      release();
    }
  }

  /** The memory of other ratings from now on; workers that hold on to a large one are let go with it. */
  function moveTo(held: Held) {
    dividing = false;
    owed = false;
    divisionTicket++;
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
      if (get().loading) data.renew();
      const ticket = ++loadTicket;
      return () => ticket === loadTicket;
    },
    /** What is being loaded is dropped, and what is on the stage stays. */
    cancel() {
      data.renew();
      loadTicket++;
      set({ loading: null });
      notTaken();
    },
    notTaken,
  };
}
export type Loading = ReturnType<typeof loading>;

/** Bytes that a data set and both its runs take. */
function neededBy(ratings: RatingInfo, settings: Settings): number {
  const { userCount, itemCount, ratingCount, clock } = ratings;
  const { rank, holdOut, methods, filmBytes } = divisionOf(settings);
  const validationCount = mostHeldOut(ratings, holdOut);
  const trainingCount = ratingCount - validationCount;
  const timed = clock !== null && clock !== undefined;
  return bytesNeeded(
    { userCount, itemCount, trainingCount, validationCount, timed },
    rank,
    methods,
    filmBytes,
  );
}

const divisionOf = ({ holdOut, holdOutShare, seed, rank, film }: Settings) => ({
  holdOut: { kind: holdOut, share: holdOutShare, seed },
  rank,
  methods: raceIds,
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
