import type { Past } from '../methods/changes';
import type { RunConfig } from '../methods/config';
import type { Snapshot } from '../methods/snapshot';
import type { Advance, Going, TrainerApi } from './protocol';
import type { WorkerHandle } from './worker-handle';

/**
 * A run as a stream of snapshots: the one it goes on from, then one for every piece of work that `pace` hands out. The worker does
 * nothing that was not asked for, so there is never more than one snapshot on its way: that is the back-pressure.
 * Ends when `pace` gives null or another run takes the worker over; after a divergence that is its last word.
 * Throws WorkerLost or AbortError.
 */
export async function* train(
  trainer: WorkerHandle<TrainerApi>,
  config: RunConfig,
  past: Past,
  pace: () => Promise<Going | null>,
): AsyncGenerator<Exclude<Advance, { status: 'superseded' }>, void, undefined> {
  let advance = await trainer.call((api) => api.start(config, past));
  while (advance.status !== 'superseded') {
    // The worker writes its next snapshot over a shared one: what is yielded is the caller's own.
    yield advance.status === 'running' ? { ...advance, snapshot: owned(advance.snapshot) } : advance;
    const work = await pace();
    if (!work) return;
    advance = await trainer.call((api) => api.advance(work));
  }
}

/** The snapshot with arrays of its own: shared ones are copied. */
function owned(snapshot: Snapshot): Snapshot {
  const { userBias, itemBias, userFactors, itemFactors } = snapshot;
  if (userFactors.buffer instanceof ArrayBuffer) return snapshot;
  return {
    ...snapshot,
    userBias: new Float32Array(userBias),
    itemBias: new Float32Array(itemBias),
    userFactors: new Float32Array(userFactors),
    itemFactors: new Float32Array(itemFactors),
  };
}
