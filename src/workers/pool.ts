import type { Moment } from '../metrics/moment';
import type { Moment as StreamMoment } from '../sessions/lab';
import dataWorkerUrl from './data.worker.ts?worker&url';
import exportWorkerUrl from './export.worker.ts?worker&url';
import learnWorkerUrl from './learn.worker.ts?worker&url';
import type { LearnApi } from './learn-protocol';
import type { DataApi, ExportApi, RankApi, WatchApi } from './protocol';
import rankWorkerUrl from './rank.worker.ts?worker&url';
import watchWorkerUrl from './watch.worker.ts?worker&url';
import { openWorker } from './worker-handle';

/** The workers there can be: one for each run, and one for streams; one that reads, draws and measures data; one that makes files; one that watches a folder; one that judges recommendations, and looks into factors. */
export const pool = {
  run: () => openWorker<LearnApi<Moment>>(learnWorkerUrl, 'run'),
  stream: () => openWorker<LearnApi<StreamMoment>>(learnWorkerUrl, 'stream'),
  data: () => openWorker<DataApi>(dataWorkerUrl, 'data'),
  exporter: () => openWorker<ExportApi>(exportWorkerUrl, 'export'),
  ranker: () => openWorker<RankApi>(rankWorkerUrl, 'rank'),
  watcher: () => openWorker<WatchApi>(watchWorkerUrl, 'watch'),
};
export type Pool = typeof pool;
