import type { Snapshot } from '../methods/snapshot';
import type { Stretch } from '../sessions/stretch';
import type { Answer, LearnApi, Plan } from './learn-protocol';
import { type WorkerHandle, WorkerLost } from './worker-handle';

/**
 * Sessions as a stream of answers: where they go on from, then one for every piece of work that `pace` hands out. The
 * worker does nothing that was not asked for, so there is never more than one answer on its way: that is the
 * back-pressure. Ends when `pace` gives null or something newer takes the worker over; anything but `running` is its
 * last word. Throws WorkerLost or AbortError.
 */
export async function* follow<M>(
  worker: WorkerHandle<LearnApi<M>>,
  plan: Plan,
  pace: () => Promise<Stretch | null>,
): AsyncGenerator<Exclude<Answer<M>, { status: 'superseded' }>, void, undefined> {
  let answer: Answer<M> = await worker.call((api) => api.start(plan));
  let reached = 0;
  while (answer.status !== 'superseded') {
    // Whoever goes back has lost its way, or an older answer has come.
    if (answer.status === 'running' && !(answer.unit >= reached)) throw new WorkerLost('garbled');
    if (answer.status === 'running') reached = answer.unit;
    // The worker writes its next snapshot over a shared one: what is yielded is the caller's own.
    yield answer.status === 'running' ? { ...answer, snapshots: answer.snapshots.map(owned) } : answer;
    const stretch = await pace();
    if (!stretch || answer.status !== 'running') return;
    answer = await worker.call((api) => api.advance(stretch));
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
