import { sceneOf } from '../../draw/scene';
import { raceMethodIds } from '../../methods';
import { mostHeldOut } from '../../ratings/hold-out';
import type { RatingInfo } from '../../ratings/rating-set';
import { raceSettings, racingOf, type Settings } from '../../settings/race';
import { pick } from '../../settings/values';
import { bytesNeeded, type Room, roomInTab } from '../../workers/layout';
import type { Divided } from '../../workers/protocol';
import { lossOf, onceMore, WorkerLost } from '../../workers/worker-handle';
import type { FloorDriver } from '../chart/floor.driver';
import type { Context } from '../context.driver';
import type { RaceDriver } from '../race/race.driver';
import type { ForksDriver } from '../replay/forks.driver';
import type { LayoutDriver } from '../stage/layout.driver';
import { type Held, isLarge } from './holding.driver';

/** Whom other ratings, or the same ones divided otherwise, concern at once. */
export interface Concerned {
  readonly stage: Pick<LayoutDriver, 'lensNow' | 'layOut' | 'laidOut'>;
  readonly floor: Pick<FloorDriver, 'isAtWork' | 'find'>;
  readonly race: Pick<RaceDriver, 'handOver' | 'halt' | 'dismiss'>;
  readonly forks: Pick<ForksDriver, 'begin' | 'restart'>;
}

/** Divides the ratings on the stage into those that are learnt and those that are held out, and starts the runs on them. */
export function dividing(
  { workbench, ratings: data, events }: Pick<Context, 'workbench' | 'ratings' | 'events'>,
  { stage, floor, race, forks }: Concerned,
) {
  const { getState: get, setState: set } = workbench;
  /** Of the newest division: what is older is dropped when it arrives. */
  let ticket = 0;
  let isDividing = false;
  /** A division has to wait for what is being loaded: it is done if that is not taken. */
  let isOwed = false;
  /** What the ratings on the stage were made and divided by. */
  let divided: Settings | null = null;
  /** What waits for the runs that follow a division. */
  const waiting: (() => void)[] = [];

  /** Puts the settings back that the ratings on the stage were made and divided by. */
  function asDivided() {
    const { data: shown, settings } = get();
    if (!shown || !divided) return;
    const kept = pick(raceSettings, divided, ({ effect }) => effect === 'data' || effect === 'division');
    const seed = shown.validationCount > 0 ? divided.seed : settings.seed;
    const rank = settings.rank > shown.highestRank ? divided.rank : settings.rank;
    set({ settings: { ...settings, ...kept, seed, rank } });
  }

  /** Divides the ratings anew, then starts anew; with the settings from before where there is no room. */
  async function divideAgain() {
    const { data: before, settings } = get();
    const held = data.held();
    if (!before || !held) return;
    // What is being loaded takes its place, or is not taken.
    isOwed = get().loading !== null;
    if (isOwed) return;
    const asked = ++ticket;
    const isNewest = () => asked === ticket && data.held() === held;
    const lens = stage.lensNow();
    isDividing = true;
    raceMethodIds.forEach(race.halt);
    let release = () => {};
    const claimed = () => {
      const claim = data.claim(!floor.isAtWork());
      release = claim.release;
      return claim.worker.call((api) =>
        api.divide(held.split, divisionOf(settings), before.ratings.scale, lens),
      );
    };
    try {
      const prepared = await onceMore(claimed);
      if (!isNewest()) return;
      if (prepared.ok) {
        moveTo(prepared);
        set({
          // What was chosen meanwhile, such as another order, stays chosen.
          data: { ...(get().data ?? before), ...divisionFacts(prepared) },
          scene: sceneOf(before.ratings, { ...prepared.cells, lens }),
        });
        stage.layOut();
        racingOf(get().settings).forEach(race.handOver);
        divided = settings;
      } else {
        asDivided();
        set({ notice: noRoom(before.ratings.name, prepared.problem) });
      }
      isDividing = false;
      startRuns();
      for (const goOn of waiting.splice(0)) goOn();
    } catch (error) {
      if (!isNewest()) return;
      // Something is being loaded, and took the worker over.
      if ((error as Error).name === 'AbortError') {
        isOwed = true;
        return;
      }
      isDividing = false;
      asDivided();
      set({ notice: { kind: 'data-lost', what: before.ratings.name, why: lossOf(error) } });
      startRuns();
      if (!(error instanceof WorkerLost)) throw error;
    } finally {
      release();
    }
  }

  /** The memory of other ratings from now on; workers that hold on to a large one are let go with it. */
  function moveTo(held: Held) {
    isDividing = false;
    isOwed = false;
    ticket++;
    // What is recommended was judged by the ratings before.
    if (get().rankings) set({ rankings: null });
    if (isLarge(data.held())) race.dismiss();
    stage.laidOut(data.put(held));
  }

  /** Tells what the data and both runs take at the rank that is set. */
  function weigh() {
    const { data: shown, settings } = get();
    if (!shown) return;
    const needed = neededBy(shown.ratings, settings);
    set(({ computing }) => ({
      computing: { ...computing, needed, most: roomInTab, alone: data.held()?.memory === null },
    }));
  }

  function startRuns(isDragged = false) {
    weigh();
    forks.restart(isDragged);
    void floor.find();
  }

  events.on('divisionChanged', divideAgain);
  events.on('restartAsked', startRuns);
  events.on('settingsChanged', (names) => names.includes('budget') && weigh());

  return {
    divideAgain,
    moveTo,
    weigh,
    startRuns,
    isDividing: () => isDividing,
    /** Does something once the runs that follow the division have begun; nothing, where other ratings come before. */
    afterDivision: (work: () => void) => void waiting.push(work),
    /** Other ratings are on the stage: their runs begin. */
    begin() {
      divided = get().settings;
      waiting.length = 0;
      racingOf(get().settings).forEach(race.handOver);
      forks.begin();
      startRuns();
    },
    /** What is on the stage stays: what was to be done with it is done now, and settings say again what it is. */
    goOn() {
      if (!get().data) return;
      if (isOwed) return void divideAgain();
      asDivided();
      // What was being loaded may have taken the worker from whoever was finding it.
      void floor.find();
    },
  };
}
export type Dividing = ReturnType<typeof dividing>;

/** Bytes that a data set and both its runs take. */
export function neededBy(ratings: RatingInfo, settings: Settings): number {
  const { userCount, itemCount, ratingCount, hiddenCount = 0, clock } = ratings;
  const { rank, holdOut, methods, frameBytes } = divisionOf(settings);
  const validationCount = mostHeldOut(ratings, holdOut);
  const trainingCount = ratingCount - validationCount;
  const timed = clock !== null && clock !== undefined;
  return bytesNeeded(
    { userCount, itemCount, trainingCount, validationCount, hiddenCount, timed },
    rank,
    methods,
    frameBytes,
  );
}

/** How ratings are divided by these settings. */
export const divisionOf = ({ methods, holdOut, holdOutShare, seed, rank, budget }: Settings) => ({
  holdOut: { kind: holdOut, share: holdOutShare, seed },
  rank,
  methods: racingOf({ methods }),
  frameBytes: budget * 2 ** 20,
});

/** What of a division is for all to see. */
export const divisionFacts = ({ split, references, cold, layout }: Divided) => ({
  trainingCount: split.trainingCount,
  validationCount: split.validationCount,
  references,
  cold,
  highestRank: layout.rank,
});

export const noRoom = (what: string, { needed, most }: Room) =>
  ({ kind: 'no-room', what, needed, most }) as const;
