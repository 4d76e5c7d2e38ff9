import { reconstructor } from '../kernels/simd/reconstruct';
import { sceneOf } from '../paint/scene';
import type { Window } from '../paint/window';
import { mostHeldOut } from '../ratings/hold-out';
import type { RatingInfo } from '../ratings/rating-set';
import { sampleSizes } from '../ratings/sample';
import { type Method, methods } from '../runs/config';
import { defaultsFor, plainLambda, possibleHoldOuts, weightedLambda } from '../state/run-configs';
import { changed, dataSettings, ranges, restartSettings, type Settings } from '../state/settings';
import type { StreamLab } from '../state/stream-lab';
import type { Notice, Source, Workbench } from '../state/workbench';
import type { Actions } from '../ui/actions';
import type { StreamActions } from '../ui/stream/stream-actions';
import { isolated, simdModule } from '../workers/kernel-modules';
import { bytesNeeded, roomInTab } from '../workers/layout';
import type { Pool } from '../workers/pool';
import type { Divided, LoadResult } from '../workers/protocol';
import { WorkerLost } from '../workers/worker-handle';
import { chartSaving } from './chart-saving';
import { exporterOf } from './exporter';
import { filesBrought, type Load, pastedFile, startOf } from './files';
import { filming } from './film';
import { filmSaving } from './film-saving';
import { floorFinder } from './floor-finder';
import { inspecting } from './inspecting';
import { linking } from './linking';
import { predictionSaving } from './prediction-saving';
import { idleRun, racing } from './racing';
import { goingOn, kinship, type Opened, runFiles, settingsOf, unknownData } from './run-files';
import { saving } from './saving';
import { asFile, asPicture, type Held, stageLayout, wholeLens } from './stage-layout';
import { streaming } from './streaming';

/** Conducts: settings into data, data into runs, runs into the store. The only caller of workers. */
export function conductor(
  workbench: Workbench,
  lab: StreamLab,
  pool: Pool,
): { actions: Actions; stream: StreamActions } {
  const { getState: get, setState: set } = workbench;
  let dataWorker = pool.data();
  /** A dropped picture, as bytes of its size. */
  let yours: { file: File; size: number; pixels: Uint8Array } | null = null;
  /** Of the newest load and of each method's newest run: what is older is dropped when it arrives. */
  let loadTicket = 0;
  /** The picture that stands in when the first file is refused was asked for: if it fails too, it is not asked again. */
  let firstTried = false;
  let divisionTicket = 0;
  let dividing = false;
  /** Steps asked for while the ratings were divided: done once the new runs are there. */
  const stepsAsked: ('step' | 'unit')[] = [];
  /** The ratings, and the memory that they lie in. */
  let space: Held | null = null;
  const around = { held: () => space, worker: () => dataWorker };
  const stage = stageLayout(workbench, around);
  const floor = floorFinder(workbench, around);
  const race = racing(workbench, pool, around.held);
  const film = filming(workbench, race);
  const inspector = inspecting(workbench, race, around.held);
  const exporter = exporterOf(workbench, pool);
  const runFile = runFiles(workbench, exporter);

  /** Takes the data worker over: whatever it was doing is dropped. */
  function freshDataWorker() {
    if (get().loading || floor.isAtWork() || !dataWorker.alive) {
      dataWorker.terminate();
      dataWorker = pool.data();
    }
    return dataWorker;
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
  const files = filesBrought(workbench, load);
  const stream = streaming(workbench, lab, pool, around.held, exporter);
  const link = linking(workbench, {
    loadPicture,
    loadSample: (size) => loadSample(size, true),
    change(settings) {
      change(settings);
      return dividing;
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
  });

  /** Says why there is nothing new; where there was nothing before either, the first picture comes all the same. */
  function refuse(notice: Notice | null) {
    set({ loading: null, notice });
    if (!get().data && !firstTried) {
      firstTried = true;
      void loadPicture().then(() => set({ notice }));
    }
  }

  /** Takes a data set over once it is prepared: only then does the old one go. Whether it was taken. */
  async function accept(
    worker: typeof dataWorker,
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
    link.arrived();
    return true;
  }

  /** Divides the ratings anew, then starts anew; with the settings from before where there is no room. */
  async function divideAgain(before: Settings) {
    const { data, settings } = get();
    const held = space;
    if (!data || !held) return;
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
          data: { ...(get().data ?? data), ...known(prepared) },
          scene: sceneOf(data.ratings, { ...prepared.cells, lens }),
        });
        stage.layOut();
        methods.forEach(race.handOver);
      } else set({ settings: before, notice: noRoom(data.ratings.name, prepared) });
      dividing = false;
      startRuns();
      link.arrived();
      for (const kind of stepsAsked.splice(0)) step(kind);
    } catch (error) {
      if (ticket !== loadTicket || asked !== divisionTicket) return;
      dividing = false;
      set({ notice: { kind: 'data-lost', what: data.ratings.name } });
      startRuns();
      if (!(error instanceof WorkerLost)) throw error;
    }
  }

  /** Settings of the data itself, and of the machine, survive a change of source. */
  function keptOf(
    { picture, size, pictureRank, pictureSeed, knownShare, noise, flatOut, workers, film: kept }: Settings,
    source: Source,
  ): Partial<Settings> {
    return source === 'picture'
      ? { picture, size, pictureRank, pictureSeed, knownShare, noise, flatOut, workers, film: kept }
      : { flatOut, workers, film: kept };
  }

  /**
   * The memory of another data set from now on. Nobody knows when an idle worker's garbage is collected, so workers
   * that hold on to a large memory are let go with it.
   */
  function moveTo({ split, layout, memory }: Held) {
    if (space && space.layout.bytes > largeMemory) race.dismiss();
    space = { split, layout, memory };
    stage.laidOut(space);
    if (memory && layout.bytes > largeMemory) {
      dataWorker.terminate();
      dataWorker = pool.data();
    }
  }

  const describePicture = (settings: Settings) => ({
    kind: settings.picture === 'yours' ? ('portrait' as const) : settings.picture,
    size: settings.size,
    seed: settings.pictureSeed,
    rank: settings.pictureRank,
    knownShare: settings.knownShare,
    noise: settings.noise,
  });

  function loadPicture() {
    const { settings } = get();
    const recipe = describePicture(settings);
    const read = async (worker: typeof dataWorker): Promise<LoadResult> => {
      if (settings.picture !== 'yours' || !yours) {
        return {
          ok: true,
          warnings: [],
          ratings: await worker.call((api) => api.shop(recipe, settings.picture)),
        };
      }
      const { file } = yours;
      if (yours.size !== recipe.size) {
        const picture = await worker.call((api) => api.picture(file, file.name, recipe.size));
        if (!picture.ok) return picture;
        yours = { file, size: recipe.size, pixels: picture.pixels };
      }
      const { pixels } = yours;
      return {
        ok: true,
        warnings: [],
        ratings: await worker.call((api) => api.shopOf(pixels, recipe, file.name)),
      };
    };
    return load(settings.picture, 'picture', read, { keepSettings: true });
  }

  function openPicture(file: File) {
    const size = get().settings.size;
    return load(file.name, 'picture', async (worker) => {
      const picture = await worker.call((api) => api.picture(file, file.name, size));
      if (!picture.ok) return picture;
      yours = { file, size, pixels: picture.pixels };
      set({ settings: { ...get().settings, picture: 'yours', knownShare: 1, noise: 0 } });
      const recipe = describePicture(get().settings);
      const ratings = await worker.call((api) => api.shopOf(picture.pixels, recipe, file.name));
      return { ok: true, ratings, warnings: picture.warnings.map((code) => ({ code })) };
    });
  }

  function loadSample(size: keyof typeof sampleSizes, keepSettings: boolean) {
    const name = 'Sample ratings';
    void load(
      name,
      'sample',
      (worker) =>
        size === 'small'
          ? worker.call((api) => api.readSample(1, name, files.progress))
          : worker
              .call((api) => api.makeUp(sampleSizes[size], 1, name, files.progress))
              .then((ratings) => ({ ok: true, ratings, warnings: [] })),
      { keepSettings },
    );
  }

  function show(window: Window | null) {
    set({ window });
    stage.layOut();
  }

  /** What the data and both runs take at the rank that is set. */
  function weigh() {
    const { data, settings } = get();
    if (!data) return;
    const needed = neededBy(data.ratings, settings);
    set(({ computing }) => ({
      computing: { ...computing, needed, most: roomInTab, alone: space?.memory === null },
    }));
  }

  function startRuns(dragged = false) {
    weigh();
    film.restart(dragged);
    void floor.find();
  }

  function change(change: Partial<Settings>) {
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
    if (differs(dataSettings) || wasFile) return void loadPicture();
    if (differs([...restartSettings, 'lambda', 'learningRate']) && isOnlyOpened()) return;
    if (differs(restartSettings)) {
      const { data } = get();
      // What came as a test set is not known any more once it was divided otherwise.
      if (differs(['holdOut']) && settings.holdOut === 'test') return files.again();
      const another =
        differs(['holdOut', 'holdOutShare']) ||
        (differs(['seed']) && (data?.validationCount ?? 0) > 0) ||
        (data && settings.rank > data.highestRank);
      return another ? void divideAgain(before) : startRuns(isDragged(change));
    }
    if (differs(['film'])) weigh();
    if (differs(['workers'])) methods.forEach(race.setWorkers);
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

  /** Runs whose ratings are not here cannot go on: that is said. */
  function isOnlyOpened(): boolean {
    if (get().data?.source !== 'run') return false;
    set({ playing: false, notice: { kind: 'no-ratings' } });
    return true;
  }

  /** Opens a run, or else what the files are. */
  async function open(chosen: readonly File[]) {
    const ticket = ++loadTicket;
    const [file] = chosen;
    try {
      const opened = chosen.length === 1 ? await runFile.read(file).catch(unlessAborted) : null;
      if (ticket !== loadTicket) return;
      if (!opened) return void files.open(chosen);
      set({ loading: null });
      if (opened.ok) placeRuns(opened);
      else refuse({ kind: 'refused', problem: { code: opened.code, fileName: file.name } });
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
    if (kin !== 'alike') set({ settings: changed(settings, settingsOf(runs, settings)) ?? settings });
    const placed = new Set<Method>();
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
    for (const method of methods) {
      race.halt(method);
      get().runs[method].timeline.clear();
      set(({ runs }) => ({ runs: { ...runs, [method]: { ...idleRun(method), status: 'finished' } } }));
    }
    const { data, held, scene } = unknownData(about);
    moveTo(held);
    set({ data, scene, floor: null, crosshair: null, window: null });
    set({ inspecting: null, solved: null, observed: null, rows: null });
  }

  function step(kind: 'step' | 'unit') {
    if (isOnlyOpened()) return;
    set({ playing: false });
    if (dividing) return void stepsAsked.push(kind);
    film.goOn();
    for (const method of methods) race.step(method, kind);
  }

  const defaults = () => {
    const { data, settings } = get();
    const source = data?.source ?? 'picture';
    return { ...defaultsFor(source, data?.ratings ?? null), picture: settings.picture };
  };

  const actions: Actions = {
    play() {
      if (isOnlyOpened()) return;
      set({ playing: true });
      if (!dividing) film.goOn();
    },
    pause: () => set({ playing: false }),
    step: () => step('step'),
    smallStep() {
      if (isOnlyOpened()) return;
      if (get().inspecting === null) inspector.inspect(true);
      step('unit');
    },
    reset: () => isOnlyOpened() || startRuns(),
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
      if (image) void openPicture(file);
      else void open(chosen);
    },
    paste: (text) => void files.open([pastedFile(text)]),
    ...files.actions,
    openSample: (size = 'small') => loadSample(size, false),
    copyLink: () => link.copyLink(),
    cancelLoading() {
      exporter.cancel();
      freshDataWorker();
      loadTicket++;
      set({ loading: null });
      if (!get().data) void loadPicture();
    },
    dismissNotice: () => set({ notice: null }),
    restartWith(learningRate) {
      set(({ settings }) => ({ settings: changed(settings, { learningRate }) ?? settings }));
      startRuns();
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
    if (loadTicket === 0) link.open(location.hash);
  });
  return { actions, stream: stream.actions };
}

/** What cannot be read as a run may be read as something else; who cancelled wants neither. */
function unlessAborted(error: Error): null {
  if (error.name === 'AbortError') throw error;
  return null;
}

/** Bytes from which on it matters who holds a memory. */
const largeMemory = 2 ** 27;

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
