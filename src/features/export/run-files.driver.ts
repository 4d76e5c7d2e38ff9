import { proxy } from 'comlink';
import { inOrderOfIndex } from '../../draw/orders';
import { cellsOf, sceneOf } from '../../draw/scene';
import { exportFileName } from '../../files/file-name';
import type { OpenedFile, OpenedRun } from '../../files/run-file/read';
import { saveBlob } from '../../files/save';
import type { RunConfig } from '../../methods/config';
import type { MethodId } from '../../methods/method';
import type { Split } from '../../ratings/hold-out';
import type { Lines } from '../../ratings/lines';
import type { RatingInfo } from '../../ratings/rating-set';
import { emptyTimeline } from '../../sessions/track';
import type { Settings } from '../../settings/race';
import type { LoadedData, Workbench, WorkbenchState } from '../../state/workbench';
import { layoutOf } from '../../workers/layout';
import type { Actions } from '../actions';
import { startOf } from '../data/files.driver';
import { dropFrame } from '../race/race.driver';
import { type Held, wholeLens } from '../stage/layout.driver';
import type { Exporter } from './exporter.driver';
import { recordedRuns } from './filmed';

/** Moments that a run keeps the errors of. */
const mostMoments = 4096;

export type Opened = Extract<OpenedFile, { ok: true }>;

/** Saves runs with all their frames, and opens them again. */
export function runFiles({ getState: get, setState: set }: Workbench, exporter: Exporter) {
  return {
    actions: {
      async saveRuns() {
        const state = get();
        const { data } = state;
        const runs = recordedRuns(state);
        if (!data || runs.length === 0) return;
        set({ playing: false });
        const of = runs.reduce((sum, { snapshots }) => sum + snapshots.length, 0);
        const file = await exporter.busy('run', of, async (said) => {
          const worker = exporter.open();
          const written = runs.map(({ snapshots: _snapshots, colour: _colour, ...run }) => run);
          await worker.call((api) => api.beginRunFile(describe(data, state.settings), written));
          let done = 0;
          for (const [i, { snapshots }] of runs.entries()) {
            for (const snapshot of snapshots) {
              // What was let go meanwhile, to make room for newer ones, cannot be saved.
              if (snapshot.userFactors.length > 0) await worker.call((api) => api.addSnapshot(i, snapshot));
              said(++done);
            }
          }
          return worker.call((api) => api.finishRunFile());
        });
        if (file) saveBlob(file, exportFileName(data.ratings.name, 'run', [], 'zip'));
      },
    } satisfies Partial<Actions>,
    /** Reads a file if it is a run: null where it is not one. Throws an AbortError, or WorkerLost. */
    async read(file: File): Promise<OpenedFile | null> {
      const magic = new Uint8Array(await file.slice(0, 2).arrayBuffer());
      if (magic[0] !== 0x50 || magic[1] !== 0x4b) return null;
      const loading = startOf(file.name);
      set({ loading, notice: null });
      const said = proxy((done: number, of: number) => {
        if (get().loading?.since === loading.since) set({ loading: { ...loading, share: done / of } });
      });
      const opened = await exporter.open().call((api) => api.readRunFile(file, said));
      return !opened.ok && opened.code === 'not-a-run-file' ? null : opened;
    },
  };
}

function describe(
  { ratings, audit, trainingCount, validationCount }: LoadedData,
  settings: Settings,
): Opened['data'] {
  const { name, userCount, itemCount, ratingCount, scale } = ratings;
  return {
    ...{ name, userCount, itemCount, ratingCount, trainingCount, validationCount, scale },
    ...{ checksum: audit.checksum, holdOut: validationCount > 0 ? settings.holdOut : null },
  };
}

/**
 * Whether runs can have been learnt from the ratings on the stage: `same` where they were, and divided alike; `alike`
 * where the counts agree and nothing speaks against it.
 */
export function kinship(
  { data: there, runs }: Opened,
  { data, settings }: WorkbenchState,
): 'same' | 'alike' | 'none' {
  if (!data || data.source === 'run') return 'none';
  const here = describe(data, settings);
  if (here.userCount !== there.userCount || here.itemCount !== there.itemCount) return 'none';
  if (!here.checksum || !there.checksum) return 'alike';
  if (here.checksum !== there.checksum) return 'none';
  const counted = here.trainingCount === there.trainingCount && here.holdOut === there.holdOut;
  const { seed, holdOutShare } = settings;
  const divided =
    here.holdOut === null ||
    runs.every(({ config }) => config.seed === seed && config.holdOutShare === holdOutShare);
  return counted && divided ? 'same' : 'alike';
}

/** A run as it was recorded: all of it, even where it is more than a run keeps. */
export function goingOn({ name, config, changes, snapshots, metrics, marks }: OpenedRun, filmBytes: number) {
  const [{ userCount, itemCount, rank }] = snapshots;
  const bytes = 4 * snapshots.length * (userCount + itemCount) * (rank + 1);
  const moments = Math.max(mostMoments, metrics.step.length);
  const kept = snapshots.map((snapshot, ordinal) => ({ snapshot, ordinal }));
  const beginning = { metrics, marks, kept, every: 1 };
  const timeline = emptyTimeline(moments, Math.max(filmBytes, bytes), dropFrame, beginning);
  return { name, config, changes, timeline };
}

/** What of the settings the opened runs were made with: so that they go on as they were, and begin anew as they did. */
export function settingsOf(runs: readonly OpenedRun[], { regularisation }: Settings): Partial<Settings> {
  const of = (method: MethodId) => runs.find(({ config }) => config.method === method)?.config;
  const [als, sgd] = [of('als'), of('sgd')];
  const { rank, seed, initialNoise } = (als ?? sgd) as RunConfig;
  return {
    ...{ rank, seed, initialNoise },
    ...(als && {
      ...{ lambda: als.lambda, regularisation: als.regularisation },
      ...{ baseline: als.baseline, alsInitial: als.initial },
    }),
    ...(sgd && { learningRate: sgd.learningRate, sgdInitial: sgd.initial }),
    // λ of B-SGD counts per rating.
    ...(sgd && !als && regularisation === 'weighted' && { lambda: sgd.lambda }),
  };
}

/** A data set of which nothing is known but its size and its scale, and how it is shown. */
export function unknownData({ name, userCount, itemCount, scale, trainingCount }: Opened['data']) {
  const ratings: RatingInfo = {
    ...{ name, userCount, itemCount, scale, ratingCount: 0 },
    ...{ userIds: null, itemIds: null, clock: null },
  };
  const none = { min: 0, median: 0, max: 0, doublings: [] };
  const data: LoadedData = {
    ...{ source: 'run', ratings, warnings: [], trainingCount: trainingCount || 1, validationCount: 0 },
    cold: { users: 0, items: 0, ratings: 0 },
    audit: { density: 0, mean: 0, perUser: none, perItem: none, timeSpan: null, histogram: [], checksum: '' },
    references: { on: 'train', mean: 0, biases: 0 },
    ...{ orderBy: 'id', orders: { users: inOrderOfIndex(userCount), items: inOrderOfIndex(itemCount) } },
    highestRank: 0,
  };
  const lens = wholeLens(data.orders, ratings, 'run');
  const split: Split = {
    ...{ trainingCount: 0, validationCount: 0 },
    byUser: noLines(userCount, itemCount),
    byItem: noLines(itemCount, userCount),
    validation: noLines(userCount, itemCount),
  };
  const shape = { userCount, itemCount, trainingCount: 0, validationCount: 0, timed: false };
  const held: Held = { split, layout: layoutOf(shape, 1, []), memory: null };
  return { data, held, scene: sceneOf(ratings, cellsOf(split, lens)) };
}

const noLines = (lineCount: number, otherCount: number): Lines => ({
  ...{ lineCount, otherCount, start: new Uint32Array(lineCount + 1) },
  ...{ other: new Uint32Array(0), value: new Float32Array(0), time: null },
});

export type RunFiles = ReturnType<typeof runFiles>;
