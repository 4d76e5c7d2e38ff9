import { floorDriver } from './features/chart/floor.driver';
import { type Context, contextOf } from './features/context.driver';
import { dividing } from './features/data/dividing.driver';
import { filesBrought } from './features/data/files.driver';
import { launchedFiles } from './features/data/launched.driver';
import { loading } from './features/data/loading.driver';
import { pictures } from './features/data/pictures.driver';
import { isEmbedded } from './features/embed/embedded';
import { openingRuns } from './features/export/opening-runs.driver';
import type { Exporting } from './features/export/slice';
import { inspecting } from './features/inspect/inspect.driver';
import { linkDriver } from './features/link/link.driver';
import { raceDriver } from './features/race/race.driver';
import { forksDriver } from './features/replay/forks.driver';
import { type ReplayDriver, replayDriver } from './features/replay/replay.driver';
import { settingsDriver } from './features/settings/settings.driver';
import { offlineDriver } from './features/shell/offline.driver';
import { layoutDriver } from './features/stage/layout.driver';
import { streamDriver } from './features/stream/stream.driver';
import { transportDriver } from './features/transport/transport.driver';
import { watchDriver } from './features/watch/watch.driver';
import type { Actions, Workbench } from './features/workbench';
import { reconstructor } from './kernels/simd/reconstruct';
import { metricOf } from './metrics';
import { isOfLists } from './metrics/metric';
import { keepApp } from './workers/kept-app';
import { isolated, simdModule } from './workers/kernel-modules';
import type { Pool } from './workers/pool';

/** Nobody saves anything before the first picture is there. */
const lazily = async (context: Context, replay: ReplayDriver) =>
  (await import('./features/export/exporting.driver')).exportingDriver(context, replay);

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
  const inspector = inspecting(workbench, race, context.ratings.held);

  const parts = { stage, floor, race, forks };
  const division = dividing(context, parts);
  const ours = pictures(context);
  const load = loading(context, floor, division, ours);
  const opened = openingRuns(context, load, division, parts);
  const files = filesBrought(context, load, { picture: load.openPicture, run: opened.open });
  const isCalm = matchMedia('(prefers-reduced-motion: reduce)').matches;
  const stream = streamDriver(context, !isCalm);
  const watching = watchDriver(context, forks, opened);
  const settings = settingsDriver(context);
  const link = linkDriver(context, load, isEmbedded(location));
  launchedFiles(files.open);
  const offline = offlineDriver(context, keepApp);
  let exporting: Promise<Exporting> | undefined;

  // Nobody judges recommendations who does not ask for it.
  const stop = workbench.subscribe(({ looks }) => {
    if (!isOfLists(metricOf(looks.metric))) return;
    stop();
    void import('./features/ranking/ranking.driver').then(({ rankingDriver }) => rankingDriver(context));
  });

  void simdModule().then((module) => {
    if (module) workbench.setState({ reconstruct: reconstructor(module, isolated) });
    // A file that was dropped meanwhile comes first.
    if (!load.hasBegun()) link.open(location.hash);
    // The app's own server leads here where it has a folder to watch.
    if (new URLSearchParams(location.search).has('watch')) void watching.watch('server', 'the folder');
  });
  return {
    ...{ ...stage.actions, ...replay.actions, ...forks.actions, ...inspector },
    ...{ ...load.actions, ...files.actions, ...link.actions, ...settings, ...watching.actions, ...offline },
    ...transportDriver(context, race, forks, division, inspector),
    exporting: () => (exporting ??= lazily(context, replay)),
    stream,
    dismissNotice: () =>
      workbench.setState(({ notice }) => (notice ? { notice: null } : { newVersion: null })),
  };
}
