import { floorDriver } from './features/chart/floor.driver';
import { type Context, contextOf } from './features/context.driver';
import { dividing } from './features/data/dividing.driver';
import { filesBrought } from './features/data/files.driver';
import { launchedFiles } from './features/data/launched.driver';
import { loading } from './features/data/loading.driver';
import { pictures } from './features/data/pictures.driver';
import { isEmbedded } from './features/embed/embedded';
import type { openingRuns } from './features/export/opening-runs.driver';
import type { InspectActions } from './features/inspect/slice';
import { linkDriver } from './features/link/link.driver';
import { raceDriver } from './features/race/race.driver';
import { forksDriver } from './features/replay/forks.driver';
import { type ReplayDriver, replayDriver } from './features/replay/replay.driver';
import { settingsDriver } from './features/settings/settings.driver';
import type { OfflineActions } from './features/shell/slice';
import { noteUnloaded, readyAgain, Unloaded } from './features/shell/unloaded';
import { layoutDriver } from './features/stage/layout.driver';
import { streamDriver } from './features/stream/stream.driver';
import { transportDriver } from './features/transport/transport.driver';
import { until } from './features/until';
import type { watchDriver } from './features/watch/watch.driver';
import type { Actions, Workbench, WorkbenchState } from './features/workbench';
import { reconstructor } from './kernels/simd/reconstruct';
import { toldMetric } from './metrics';
import { isOfLists } from './metrics/metric';
import type { Named } from './ratings/formats/format';
import { canShare, simdModule } from './workers/kernel-modules';
import { within } from './workers/patience';
import type { Pool } from './workers/pool';
import type { NotThere } from './workers/protocol';

/** How long the first picture waits for the kernel that paints fastest. */
const fewBeats = 2;

/** Nobody saves anything before the first picture is there. */
const lazily = async (context: Context, replay: ReplayDriver) =>
  (await import('./features/export/exporting.driver')).exportingDriver(context, replay);

/** Nor is the app kept. */
const lazyOffline = async (context: Context) => {
  const [driver, { keepApp }] = await Promise.all([
    import('./features/shell/offline.driver'),
    import('./workers/kept-app'),
  ]);
  return driver.offlineDriver(context, keepApp);
};

/** Nor opens a run. */
const lazyOpening = async (...parts: Parameters<typeof openingRuns>) =>
  (await import('./features/export/opening-runs.driver')).openingRuns(...parts);

/** Nor is anything kept, or found again. */
const lazyKeeping = async (
  context: Context,
  { current, openAs }: Pick<ReturnType<typeof filesBrought>, 'current' | 'openAs'>,
  openLink: (hash: string) => void,
  address: string,
) => {
  const [{ keeperIn }, { keepingDriver }] = await Promise.all([
    import('./files/kept-data'),
    import('./features/data/keeping.driver'),
  ]);
  return keepingDriver(
    context,
    keeperIn(() => navigator.storage.getDirectory()),
    current(),
    (kept) => {
      openLink(`#${kept.link}`);
      openAs(kept);
    },
    address,
  );
};

/** Nor watches a folder. */
const lazyWatching = async (...parts: Parameters<typeof watchDriver>) =>
  (await import('./features/watch/watch.driver')).watchDriver(...parts);

/**
 * Starts the driver of every feature, each with those before it that it commands. What they have to tell one another
 * otherwise are events (features/events.ts).
 */
export function compose(workbench: Workbench, pool: Pool): Actions {
  const context = contextOf(workbench, pool);
  const stage = layoutDriver(context);
  const floor = floorDriver(context);
  const race = raceDriver(context);
  const replay = replayDriver(context, race);
  const forks = forksDriver(context, race, replay);
  let inspector: InspectActions | undefined;
  const inspect: InspectActions['inspect'] = (inspecting) =>
    inspector ? inspector.inspect(inspecting) : workbench.setState({ inspecting, inspected: {} });

  const parts = { stage, floor, race, forks };
  const division = dividing(context, parts);
  const ours = pictures(context);
  const load = loading(context, floor, division, ours);
  const opening = once(() => lazyOpening(context, load, division, parts));
  /** Whatever else is brought while its script is on its way takes its place. */
  async function openRun(chosen: Named) {
    const isNewest = load.supersede();
    const opened = await cameOr(opening(), (why) => {
      if (isNewest()) load.refuse({ kind: 'data-lost', what: chosen.name, why });
    });
    if (isNewest()) await opened?.open(chosen);
  }
  const files = filesBrought(context, load, { picture: load.openPicture, run: openRun });
  const isCalm = matchMedia('(prefers-reduced-motion: reduce)').matches;
  const stream = streamDriver(context, !isCalm);
  const settings = settingsDriver(context);
  const link = linkDriver(context, load, isEmbedded(location));
  launchedFiles(files.open);
  let offline: OfflineActions | undefined;
  // The address is made to follow the settings later.
  const address = location.hash;
  const keeping = once(() => lazyKeeping(context, files, link.open, address));
  const watching = once(async () => lazyWatching(context, forks, await opening()));
  const watcher = () =>
    cameOr(watching(), (why) =>
      workbench.setState({ notice: { kind: 'data-lost', what: 'The folder', why } }),
    );

  // Without its script, as without storage, the app works as long as there is a network.
  void until(workbench, () => workbench.getState().data !== null)
    .then(() => lazyOffline(context))
    .then(
      (driver) => {
        offline = driver;
      },
      () => {},
    );
  // Nobody looks at single steps, judges recommendations, is recommended anything, or looks into errors and factors, who
  // does not ask for it.
  whenFirst(workbench, 'The inspector', {
    isWanted: ({ inspecting }) => inspecting === true,
    async begin() {
      const driver = await import('./features/inspect/inspect.driver');
      inspector = driver.inspecting(workbench, race, context.ratings.held);
    },
  });
  whenFirst(workbench, 'What judges recommendations', {
    isWanted: ({ looks }) => isOfLists(toldMetric(looks)),
    begin: async () => (await import('./features/ranking/ranking.driver')).rankingDriver(context),
  });
  whenFirst(workbench, 'What finds where the errors are', {
    isWanted: ({ surveying }) => surveying,
    begin: async () => (await import('./features/errors/errors.driver')).errorsDriver(context),
  });
  whenFirst(workbench, 'What recommends', {
    isWanted: ({ looks }) => looks.mode === 'recommend',
    begin: async () => (await import('./features/recommend/recommend.driver')).recommendDriver(context),
  });
  whenFirst(workbench, 'What tells the meaning of factors', {
    isWanted: ({ looks }) => looks.mode === 'factors',
    begin: async () => (await import('./features/factors/factors.driver')).factorsDriver(context),
  });

  const painting = simdModule().then((module) => {
    if (module) workbench.setState({ reconstruct: reconstructor(module, canShare) });
  });
  // Where it is long on its way, the first picture is painted without.
  const begin = () => {
    // A file that was dropped meanwhile comes first.
    if (!load.hasBegun()) link.open(location.hash);
    // The app's own server leads here where it has a folder to watch.
    if (new URLSearchParams(location.search).has('watch'))
      void watcher().then((came) => came?.watch('server', 'the folder'));
  };
  within(painting, fewBeats).then(begin, begin);
  if (!isEmbedded(location))
    void until(workbench, () => workbench.getState().data !== null)
      .then(keeping)
      // Nothing is said to be kept then.
      .catch(() => {});
  return {
    openKept: () => void keeping().then(({ open }) => open()),
    forgetKept: () => void keeping().then(({ forget }) => forget()),
    watching,
    async openFolder() {
      workbench.setState({ notice: null });
      // Its script comes meanwhile: a browser asks only soon after a click.
      const came = watcher();
      const folder = await askForFolder();
      if (folder) await (await came)?.watch(folder, folder.name);
    },
    ...{ ...stage.actions, ...replay.actions, ...forks.actions, inspect },
    lookAtRow: (method, line) => inspector?.lookAtRow(method, line),
    solveRow: (method) => inspector?.solveRow(method),
    ...{ ...load.actions, ...files.actions, ...link.actions, ...settings },
    takeNewVersion: async () => offline?.takeNewVersion(),
    ...transportDriver(context, race, forks, division, { inspect }),
    survey: (surveying) => workbench.setState({ surveying }),
    exporting: once(() => lazily(context, replay)),
    searching: once(async () =>
      (await import('./features/search/search.driver')).searchDriver(context, forks, settings),
    ),
    pruning: once(async () =>
      (await import('./features/pruning/pruning.driver')).pruningDriver(context, stream),
    ),
    stream,
    dismissNotice: () =>
      workbench.setState(({ notice }) => (notice ? { notice: null } : { newVersion: null })),
  };
}

/** What is made of a script that is asked for when it is first wanted; and again, where it did not come, once that is wanted. */
function once<T>(make: () => Promise<T>): () => Promise<T> {
  let made: Promise<T> | undefined;
  return () =>
    (made ??= make().catch((cause) => {
      noteUnloaded(() => {
        made = undefined;
      });
      throw new Unloaded('a script did not come', { cause });
    }));
}

/** What a script brings, or nothing where it does not come: why is said then, and whoever wants it again has it asked for again. */
const cameOr = <T>(part: Promise<T>, say: (why: NotThere) => void): Promise<T | undefined> =>
  within(part).catch((error): undefined => {
    const isSlow = !(error instanceof Unloaded);
    say(isSlow ? 'slow' : navigator.onLine ? 'missing' : 'offline');
    // What hangs is not asked for again as long as it does.
    if (isSlow) stop();
    readyAgain();
  });

/** A folder that somebody chooses; none where the browser's dialog is closed. */
const askForFolder = () =>
  (globalThis as { showDirectoryPicker?: () => Promise<FileSystemDirectoryHandle> })
    .showDirectoryPicker?.()
    .catch(() => null);

/** Something that is begun once, when it is first wanted. */
interface Wanted {
  isWanted(state: WorkbenchState): boolean;
  begin(): Promise<unknown>;
}

/**
 * Begins something once, when it is first wanted. Where its script does not come, that is said, and it is asked for
 * again as soon as it is wanted anew.
 *
 * @param what how the sentence begins that says so
 */
function whenFirst(workbench: Workbench, what: string, { isWanted, begin }: Wanted): void {
  const { getState: get, setState: set } = workbench;
  const wantedIs = (is: boolean) => until(workbench, () => isWanted(get()) === is);
  const beginning = once(begin);
  async function wait() {
    let isLost = false;
    const lost = (why: NotThere) => {
      isLost = true;
      set({ notice: { kind: 'data-lost', what, why } });
    };
    await wantedIs(true);
    await cameOr(beginning(), lost);
    if (!isLost) return;
    await wantedIs(false);
    set(({ notice }) => (notice?.kind === 'data-lost' && notice.what === what ? { notice: null } : {}));
    void wait();
  }
  void wait();
}
