import dataWorkerUrl from './data.worker.ts?worker&url';
import exportWorkerUrl from './export.worker.ts?worker&url';
import type { DataApi, ExportApi, TrainerApi } from './protocol';
import streamWorkerUrl from './stream.worker.ts?worker&url';
import type { StreamApi } from './stream-protocol';
import trainerWorkerUrl from './trainer.worker.ts?worker&url';
import { openWorker } from './worker-handle';

/** The workers there can be: one trainer per run, one that reads, draws and measures data, one for streams, one that makes files. */
export const pool = {
  trainer: () => openWorker<TrainerApi>(trainerWorkerUrl),
  data: () => openWorker<DataApi>(dataWorkerUrl, 'large'),
  stream: () => openWorker<StreamApi>(streamWorkerUrl, 'large'),
  exporter: () => openWorker<ExportApi>(exportWorkerUrl, 'large'),
};
export type Pool = typeof pool;
