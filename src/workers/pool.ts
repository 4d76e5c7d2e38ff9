import dataWorkerUrl from './data.worker.ts?worker&url';
import type { DataApi, TrainerApi } from './protocol';
import streamWorkerUrl from './stream.worker.ts?worker&url';
import type { StreamApi } from './stream-protocol';
import trainerWorkerUrl from './trainer.worker.ts?worker&url';
import { openWorker } from './worker-handle';

/** The workers there can be: one trainer per run, one that reads, draws and measures data, and one for streams. */
export const pool = {
  trainer: () => openWorker<TrainerApi>(trainerWorkerUrl),
  data: () => openWorker<DataApi>(dataWorkerUrl),
  stream: () => openWorker<StreamApi>(streamWorkerUrl),
};
export type Pool = typeof pool;
