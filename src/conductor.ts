import { proxy } from 'comlink';
import { exportFileName } from './export/file-name';
import { type Look, matrixImage, type Painted, savePng, stageImage } from './export/image';
import { regularisedFloor, truncatedFloor } from './kernels/floor';
import { reconstructor } from './kernels/simd/reconstruct';
import { type Metronome, metronome } from './metronome';
import { type Lens, lensOf, serves } from './paint/lens';
import type { OrderBy, Orders } from './paint/orders';
import { errorColourAt, paletteOf } from './paint/palette';
import { type Cells, cellsOf, ratingsUnder, sceneOf } from './paint/scene';
import { grown, wholeWindow } from './paint/window';
import type { Split } from './ratings/hold-out';
import type { RatingInfo } from './ratings/rating-set';
import type { Warning } from './ratings/read-ratings';
import { sampleSizes } from './ratings/sample';
import { type LiveSettings, type Method, methods, type RunConfig } from './runs/config';
import type { Snapshot } from './runs/snapshot';
import { emptyTimeline, snapshotBytes } from './runs/timeline';
import { coloursFor } from './state/colours';
import { defaultsFor, hasFloor, plainLambda, runConfig, weightedLambda } from './state/run-configs';
import { changed, dataSettings, ranges, restartSettings, type Settings } from './state/settings';
import type { LoadedData, RunState, Source, Workbench } from './state/workbench';
import type { Actions } from './ui/actions';
import { pictureName } from './ui/data/names';
import { isolated, simdModule } from './workers/kernel-modules';
import { bytesNeeded, roomInTab } from './workers/layout';
import type { Pool } from './workers/pool';
import type { Divided, LoadResult } from './workers/protocol';
import { train } from './workers/train';
import { WorkerLost } from './workers/worker-handle';

export const idleRun = (): RunState => ({
  status: 'starting',
  config: null,
  timeline: emptyTimeline(),
  moments: 0,
  diverged: null,
});

/** Conducts: settings into data, data into runs, runs into the store. The only caller of workers. */
export function conductor(workbench: Workbench, pool: Pool): Actions {
  const { getState: get, setState: set } = workbench;
  let dataWorker = pool.data();
  const trainers = { als: pool.trainer(), sgd: pool.trainer() };
  /** A dropped picture, as bytes of its size. */
  let yours: { file: File; size: number; pixels: Uint8Array } | null = null;
  let singular: { ratings: RatingInfo; values: Promise<Float64Array>; pending: boolean } | null = null;
  /** Of the newest load and of each method's newest run: what is older is dropped when it arrives. */
  let loadTicket = 0;
  let divisionTicket = 0;
  let dividing = false;
  /** Steps asked for while the ratings were divided: done once the new runs are there. */
  const stepsAsked: ('step' | 'unit')[] = [];
  /** The ratings, and the memory that they lie in. */
  let space: Held | null = null;
  const metronomes: Partial<Record<Method, Metronome>> = {};

  // —— data ——

  /** Takes the data worker over: whatever it was doing is dropped. */
  function freshDataWorker() {
    if (get().loading || singular?.pending || !dataWorker.alive) {
      dataWorker.terminate();
      dataWorker = pool.data();
    }
    return dataWorker;
  }

  async function load(
    what: string,
    source: Source,
    read: (worker: typeof dataWorker) => Promise<LoadResult>,
  ) {
    const ticket = ++loadTicket;
    const worker = freshDataWorker();
    set({ loading: { what, share: null, rows: 0 }, notice: null });
    try {
      const result = await read(worker);
      if (ticket !== loadTicket) return;
      if (result.ok) return await accept(worker, source, result.ratings, result.warnings);
      set({ loading: null, notice: { kind: 'refused', problem: result.problem } });
    } catch (error) {
      if (ticket !== loadTicket) return;
      const unreadable = (error as Error).name === 'NotReadableError';
      set({
        loading: null,
        notice: unreadable
          ? { kind: 'refused', problem: { code: 'unreadable', fileName: what } }
          : { kind: 'data-lost' },
      });
      if (!unreadable && !(error instanceof WorkerLost)) throw error;
      return;
    }
  }

  /** Takes a data set over once it is prepared: only then does the old one go. */
  async function accept(
    worker: typeof dataWorker,
    source: Source,
    ratings: RatingInfo,
    warnings: readonly Warning[],
  ) {
    const ticket = loadTicket;
    const another = source !== 'picture' || get().data?.source !== source;
    const settings = another
      ? { ...defaultsFor(source, ratings), ...keptOf(get().settings, source) }
      : get().settings;
    const prepared = await worker.call((api) =>
      api.prepare({ ...divisionOf(settings), ...(source === 'picture' ? asPicture : asFile) }),
    );
    if (ticket !== loadTicket) return;
    if (!prepared.ok) return set({ loading: null, notice: noRoom(ratings.name, prepared) });
    moveTo(prepared);
    dividing = false;
    stepsAsked.length = 0;
    set({
      settings: another ? settings : get().settings,
      loading: null,
      floor: null,
      crosshair: null,
      window: null,
      scene: sceneOf(ratings, { ...prepared.cells, lens: wholeLens(prepared.orders, ratings, source) }),
      data: {
        ...{ source, ratings, warnings, audit: prepared.audit, orders: prepared.orders },
        orderBy: source === 'picture' ? 'id' : 'count',
        ...known(prepared),
      },
    });
    for (const method of methods) handOver(method);
    startRuns();
  }

  /** Divides the ratings anew, then starts anew; with the settings from before where there is no room. */
  async function divideAgain(before: Settings) {
    const { data, settings } = get();
    const held = space;
    if (!data || !held) return;
    const ticket = loadTicket;
    const asked = ++divisionTicket;
    const lens = lensNow();
    dividing = true;
    for (const method of methods) {
      metronomes[method]?.stop();
      patchRun(method, { status: 'starting' });
    }
    try {
      const prepared = await freshDataWorker().call((api) =>
        api.divide(held.split, divisionOf(settings), lens),
      );
      if (ticket !== loadTicket || asked !== divisionTicket) return;
      if (prepared.ok) {
        moveTo(prepared);
        set({
          data: { ...get().data, ...data, ...known(prepared) },
          scene: sceneOf(data.ratings, { ...prepared.cells, lens }),
        });
        layOut();
        for (const method of methods) handOver(method);
      } else set({ settings: before, notice: noRoom(data.ratings.name, prepared) });
      dividing = false;
      startRuns();
      for (const kind of stepsAsked.splice(0)) step(kind);
    } catch (error) {
      if (ticket !== loadTicket || asked !== divisionTicket) return;
      dividing = false;
      set({ notice: { kind: 'data-lost' } });
      startRuns();
      if (!(error instanceof WorkerLost)) throw error;
    }
  }

  /** Settings of the data itself survive a change of source. */
  function keptOf(
    { picture, size, pictureRank, pictureSeed, knownShare, noise, flatOut }: Settings,
    source: Source,
  ): Partial<Settings> {
    return source === 'picture'
      ? { picture, size, pictureRank, pictureSeed, knownShare, noise, flatOut }
      : { flatOut };
  }

  /**
   * The memory of another data set from now on. Nobody knows when an idle worker's garbage is collected, so workers
   * that hold on to a large memory are let go with it.
   */
  function moveTo({ split, layout, memory }: Divided) {
    if (space && space.layout.bytes > largeMemory) for (const method of methods) trainers[method].terminate();
    space = { split, layout, memory };
    laidOutFor = split;
    if (layout.bytes > largeMemory) {
      dataWorker.terminate();
      dataWorker = pool.data();
    }
  }

  /** Gives a method's worker the ratings; a worker that was lost is replaced. */
  function handOver(method: Method) {
    const { data } = get();
    if (!trainers[method].alive) trainers[method] = pool.trainer();
    if (!data || !space) return;
    const { split, layout, memory } = space;
    trainers[method]
      .call((api) => api.load(method, ratedOf(data.ratings), { split, layout, memory }))
      .then(
        (name) => set(({ computing }) => ({ computing: { ...computing, slow: name === 'page' } })),
        () => {},
      );
    setWorkers(method);
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
    return load(settings.picture, 'picture', async (worker) => {
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
    });
  }

  const progress = proxy((rows: number, share: number) => {
    const { loading } = get();
    if (loading) set({ loading: { ...loading, rows, share } });
  });

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

  function setWorkers(method: Method) {
    const { workers } = get().settings;
    trainers[method].call((api) => api.resize(workers)).catch(() => {});
  }

  /** What the data and both runs take at the rank that is set. */
  function weigh() {
    const { data, settings } = get();
    if (!data) return;
    const { userCount, itemCount } = data.ratings;
    const needed = bytesNeeded(
      { userCount, itemCount, trainingCount: data.trainingCount, validationCount: data.validationCount },
      settings.rank,
      snapshotBytes,
    );
    set(({ computing }) => ({
      computing: { ...computing, needed, most: roomInTab, alone: space?.memory === null },
    }));
  }

  // —— stage ——

  /** The lens of what is on screen, and something around it, so that it can be moved before the next one is there. */
  function lensNow(): Lens {
    const { data, window } = get();
    if (!data || !space) throw new Error('no data to look at');
    const { orders, ratings, source } = data;
    const bins = source === 'picture' ? asPicture.mostBins : asFile.mostBins;
    if (!window) return wholeLens(orders, ratings, source);
    const around = ratingsUnder(space.split, lensOf(orders, window, bins)) > laidOutAtOnce;
    return lensOf(orders, around ? grown(window, ratings) : window, around ? 2 * bins : bins);
  }

  let layingOut = 0;
  /** The ratings that the scene in the store was made from. */
  let laidOutFor: Split | null = null;

  function showScene({ split }: Held, cells: Cells) {
    const { data } = get();
    if (!data) return;
    laidOutFor = split;
    set({ scene: sceneOf(data.ratings, cells) });
  }

  /** Lays out what is on screen: at once where that is little work, else in the data worker, the newest wish only. */
  function layOut() {
    const { data } = get();
    const held = space;
    if (!data || !held) return;
    const lens = lensNow();
    const { scene, window } = get();
    const { users, items } = data.orders;
    const inOrder = scene?.lens.users.order === users.order && scene.lens.items.order === items.order;
    if (window && inOrder && laidOutFor === held.split && serves(scene.lens, window, asFile.mostBins)) return;
    if (ratingsUnder(held.split, lens) <= laidOutAtOnce) {
      layingOut = 0;
      return showScene(held, cellsOf(held.split, lens));
    }
    if (layingOut++ > 0) return;
    dataWorker
      .call((api) => api.cells(held.memory ? held.split : null, lens))
      .then(
        (cells) => {
          const again = layingOut > 1;
          layingOut = 0;
          if (space === held && get().data?.orders === data.orders) showScene(held, { ...cells, lens });
          if (again) layOut();
        },
        () => {
          // The worker was replaced, or lost: with other data comes another layout.
          layingOut = 0;
        },
      );
  }

  /** Orders users and items; along a factor, of the newest picture that ALS has. */
  async function orderBy(by: OrderBy) {
    const { data, runs } = get();
    if (!data) return;
    const newest = runs.als.timeline.latest;
    const { userIds, itemIds, userCount, itemCount } = data.ratings;
    const shared = space?.memory ? space.split : null;
    let orders: Orders;
    try {
      orders = await dataWorker.call((api) =>
        by === 'factor' && newest
          ? api.orderByFactor(newest.userFactors, newest.itemFactors, newest.rank)
          : by === 'count'
            ? api.orderByCount(shared)
            : api.orderById({ userIds, itemIds, userCount, itemCount }),
      );
    } catch {
      return;
    }
    const { data: now } = get();
    if (now?.ratings !== data.ratings) return;
    set({ data: { ...now, orders, orderBy: by }, crosshair: null });
    layOut();
  }

  // —— floor ——

  /** Singular values of a complete matrix, asked for once. */
  function singularValuesOf({ ratings }: LoadedData, { split }: Held) {
    if (singular?.ratings === ratings) return singular.values;
    const asked = {
      ratings,
      pending: true,
      values: dataWorker.call((api) => api.singularValues(split.byUser)),
    };
    asked.values = asked.values.finally(() => {
      asked.pending = false;
    });
    singular = asked;
    return asked.values;
  }

  async function findFloor() {
    const { data, floor } = get();
    if (!data || !space || !hasFloor(data, get().settings)) return set({ floor: null });
    if (floor && floor.rank !== get().settings.rank) set({ floor: null });
    let values: Float64Array;
    try {
      values = await singularValuesOf(data, space);
    } catch {
      // The worker went on to newer data, or was lost; the chart does without its floor.
      if (singular?.ratings === data.ratings) singular = null;
      return;
    }
    const { data: current, settings } = get();
    if (current?.ratings !== data.ratings || !hasFloor(current, settings)) return;
    const { rank } = settings;
    const cells = data.ratings.ratingCount;
    const { rmse } = regularisedFloor(values, rank, plainLambda(settings, current), cells);
    set({ floor: { rank, least: truncatedFloor(values, rank, cells), regularised: rmse } });
  }

  // —— runs ——

  function startRuns() {
    weigh();
    for (const method of methods) {
      if (!trainers[method].alive) handOver(method);
      void conduct(method);
    }
    void findFloor();
  }

  function patchRun(method: Method, patch: Partial<RunState>) {
    set(({ runs }) => ({ runs: { ...runs, [method]: { ...runs[method], ...patch } } }));
  }

  /** Drives one run from its first snapshot to its end, or to the run that replaces it. */
  async function conduct(method: Method) {
    const { data, settings } = get();
    if (!data) return;
    metronomes[method]?.stop();
    const config = runConfig(method, settings, data);
    get().runs[method].timeline.clear();
    const timeline = emptyTimeline(undefined, undefined, letGo);
    const beat = metronome(method, data.trainingCount, {
      playing: () => get().playing,
      settings: () => get().settings,
      latest: () => timeline.latest,
      finished: (done) => {
        const { status } = get().runs[method];
        if (status === 'going' || status === 'finished')
          patchRun(method, { status: done ? 'finished' : 'going' });
      },
    });
    metronomes[method] = beat;
    patchRun(method, { ...idleRun(), config, timeline });
    try {
      for await (const advance of train(trainers[method], config, beat.next)) {
        if (metronomes[method] !== beat) return;
        if (advance.status === 'diverged') {
          return patchRun(method, {
            status: 'diverged',
            diverged: { step: advance.step, proposedLearningRate: advance.proposedLearningRate },
          });
        }
        timeline.add(advance.snapshot);
        patchRun(method, {
          status: beat.isDone() ? 'finished' : 'going',
          moments: get().runs[method].moments + 1,
        });
      }
    } catch (error) {
      if (metronomes[method] === beat) patchRun(method, { status: 'lost' });
      // By name: an error that crossed from a worker has lost its class.
      if (!['WorkerLost', 'AbortError'].includes((error as Error).name)) throw error;
    }
  }

  function applyLive(change: Partial<Settings>) {
    const { data, settings, runs } = get();
    if (!data) return;
    for (const method of methods) {
      if (!trainers[method].alive || runs[method].status === 'diverged') continue;
      const { lambda, learningRate } = runConfig(method, settings, data);
      trainers[method].call((api) => api.apply({ lambda, learningRate })).catch(() => {});
      if (change.lambda !== undefined) runs[method].timeline.mark('λ', `λ ${show(settings.lambda)}`);
      if (method === 'sgd' && change.learningRate !== undefined)
        runs.sgd.timeline.mark('γ', `γ ${show(settings.learningRate)}`);
    }
    if (change.lambda !== undefined) void findFloor();
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
    if (differs(restartSettings)) {
      const { data } = get();
      const another =
        differs(['holdOutShare']) ||
        (differs(['seed']) && (data?.validationCount ?? 0) > 0) ||
        (data && settings.rank > data.highestRank);
      return another ? void divideAgain(before) : startRuns();
    }
    if (differs(['workers'])) methods.forEach(setWorkers);
    if (differs(['lambda', 'learningRate'])) applyLive(change);
    for (const method of methods) metronomes[method]?.settingsChanged();
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
    set({ playing: false });
    if (dividing) return void stepsAsked.push(kind);
    for (const method of methods) metronomes[method]?.step(kind);
  }

  const defaults = () => {
    const { data, settings } = get();
    const source = data?.source ?? 'picture';
    return { ...defaultsFor(source, data?.ratings ?? null), picture: settings.picture };
  };

  const actions: Actions = {
    play: () => set({ playing: true }),
    pause: () => set({ playing: false }),
    step: () => step('step'),
    smallStep: () => step('unit'),
    reset: startRuns,
    change,
    restoreDefaults: (name) => change(name ? { [name]: defaults()[name] } : defaults()),
    defaultOf: (name) => defaults()[name],
    look: (look) => set(({ looks }) => ({ looks: { ...looks, ...look } })),
    openFile(file) {
      const image = file.type.startsWith('image/') || /\.(png|jpe?g|gif|webp|avif|bmp|svg)$/i.test(file.name);
      if (image) void openPicture(file);
      else
        void load(file.name, 'file', (worker) =>
          worker.call((api) => api.readFile(file, file.name, progress)),
        );
    },
    openSample(size = 'small') {
      const name = 'Sample ratings';
      void load(name, 'sample', (worker) =>
        size === 'small'
          ? worker.call((api) => api.readSample(1, name, progress))
          : worker
              .call((api) => api.makeUp(sampleSizes[size], 1, name, progress))
              .then((ratings) => ({ ok: true, ratings, warnings: [] })),
      );
    },
    cancelLoading() {
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
    revive(method) {
      trainers[method].terminate();
      handOver(method);
      void conduct(method);
    },
    pointAt(cell) {
      const before = get().crosshair;
      if (cell?.user !== before?.user || cell?.item !== before?.item) set({ crosshair: cell });
    },
    show(window) {
      set({ window });
      layOut();
    },
    orderBy: (by) => void orderBy(by),
    exportMatrix: (pane, scale) =>
      save(
        pane,
        (look, models) => matrixImage(look, pane === 'ratings' ? null : modelOf(models, pane), scale),
        pane === 'ratings' ? [] : [pane],
      ),
    exportStage: (scale) =>
      save('stage', (look, models, title) => stageImage(look, title, models, scale), methods),
  };

  async function save(
    what: string,
    render: (look: Look, models: readonly Painted[], title: string) => OffscreenCanvas,
    shown: readonly Method[],
  ) {
    const { data, looks, runs, scene } = get();
    if (!data || !scene) return;
    const dark = getComputedStyle(document.documentElement).colorScheme === 'dark';
    const { colourAt } = looks.view === 'error' ? { colourAt: errorColourAt } : paletteOf(looks.palette);
    const look: Look = {
      scene,
      colours: coloursFor(looks.palette, dark),
      view: looks.view,
      dark,
      legend: colourAt,
    };
    const models = shown.flatMap((method) => {
      const { config, timeline } = runs[method];
      return config && timeline.latest
        ? [{ config: { ...config, ...liveOf(method) }, snapshot: timeline.latest }]
        : [];
    });
    const { name, userCount, itemCount } = data.ratings;
    try {
      await savePng(
        render(look, models, `${pictureName(name) ?? name} · ${userCount} × ${itemCount}`),
        exportFileName(name, what, models),
      );
    } catch {
      set({ notice: { kind: 'export-failed' } });
    }
  }

  /** λ and γ as they are now: they may have changed since the run began. */
  function liveOf(method: Method) {
    const { data, settings } = get();
    return data ? pick(runConfig(method, settings, data)) : {};
  }

  void simdModule().then((module) => {
    if (module) set({ reconstruct: reconstructor(module, isolated) });
    // A file that was dropped meanwhile comes first.
    if (loadTicket === 0) void loadPicture();
  });
  return actions;
}

/** How a data set is laid out at first: pixels are cells of a picture, blocks of a file. */
const asPicture = { order: 'index', mostBins: 512 } as const;
const asFile = { order: 'count', mostBins: 400 } as const;

/** Ratings that can be laid out within a frame. */
const laidOutAtOnce = 200_000;

/** Bytes from which on it matters who holds a memory. */
const largeMemory = 2 ** 27;

/** Gives a snapshot's memory back at once: of large data, a second's garbage would fill a tab. */
function letGo({ userFactors, itemFactors, userBias, itemBias }: Snapshot) {
  for (const { buffer } of [userFactors, itemFactors, userBias, itemBias])
    (buffer as ArrayBuffer & { transfer?(length: number): ArrayBuffer }).transfer?.(0);
}

const wholeLens = (orders: Orders, ratings: RatingInfo, source: Source): Lens =>
  lensOf(orders, wholeWindow(ratings), (source === 'picture' ? asPicture : asFile).mostBins);

type Held = Pick<Divided, 'split' | 'layout' | 'memory'>;

const divisionOf = ({ holdOutShare, seed, rank }: Settings) => ({ holdOutShare, seed, rank });

const known = ({ split, references, layout }: Divided) => ({
  trainingCount: split.trainingCount,
  validationCount: split.validationCount,
  references,
  highestRank: layout.rank,
});

const noRoom = (what: string, { needed, most }: { needed: number; most: number }) =>
  ({ kind: 'no-room', what, needed, most }) as const;

const ratedOf = ({ userCount, itemCount, scale }: RatingInfo) => ({ userCount, itemCount, scale });

const pick = ({ lambda, learningRate }: RunConfig): LiveSettings => ({ lambda, learningRate });

function modelOf(models: readonly Painted[], method: Method): Painted {
  const model = models.find(({ config }) => config.method === method);
  if (!model) throw new Error(`nothing learnt by ${method} yet`);
  return model;
}

const show = (value: number) => String(Number(value.toPrecision(2)));
