import dataWorkerUrl from './data.worker.ts?worker&url';
import type { DataApi, TrainerApi } from './protocol';
import trainerWorkerUrl from './trainer.worker.ts?worker&url';
import { openWorker } from './worker-handle';

/** The workers there can be: one trainer per run, and one that reads, draws and measures data. */
export const pool = {
  trainer: () => openWorker<TrainerApi>(trainerWorkerUrl),
  data: () => openWorker<DataApi>(dataWorkerUrl),
};
export type Pool = typeof pool;
