import type { Split } from '../../ratings/hold-out';
import type { RankApi } from '../../workers/protocol';
import { type WorkerHandle, WorkerLost } from '../../workers/worker-handle';
import type { Context } from '../context.driver';
import { frameNow } from '../recommend/pane';
import { type ItemFacts, usualMap } from './slice';

/** Items told of either end of a direction. */
const ends = 4;
/** Nobody can follow a map that moves more often than this, ms. */
const between = 80;

/** Says what the factors of the frame on the stage mean, as long as somebody looks: a worker finds it out. */
export function factorsDriver({ workbench, pool, ratings }: Pick<Context, 'workbench' | 'pool' | 'ratings'>) {
  const { getState: get, setState: set } = workbench;
  let worker: WorkerHandle<RankApi> | null = null;
  let last: readonly unknown[] = [];
  let isWorking = false;
  let isChanged = false;
  let data = get().data?.ratings;
  let lost = { times: 0, wanted: get().wanted, mapLook: get().mapLook };
  let facts: { split: Split | null; atLeast: number; found: ItemFacts } | null = null;

  function factsNow(itemCount: number): ItemFacts {
    const split = get().data?.source === 'run' ? null : (ratings.held()?.split ?? null);
    const { atLeast } = get().wanted;
    if (facts?.split !== split || facts.atLeast !== atLeast || facts.found.counts.length !== itemCount)
      facts = { split, atLeast, found: factsOf(split, itemCount, atLeast) };
    return facts.found;
  }

  /** Finds out about the frame on the stage; false where that was done, or nobody asks. */
  async function lookOnce(): Promise<boolean> {
    const state = get();
    const { mapLook, wanted, looks } = state;
    const now = looks.mode === 'factors' && frameNow(state);
    if (!now) {
      if (looks.mode === 'factors' && state.meant) set({ meant: null });
      return false;
    }
    const { frame } = now;
    const [across, up] = [mapLook.across, mapLook.up].map((axis) => Math.min(axis, frame.rank - 1));
    const asked = [frame, across, up, wanted.atLeast, ratings.held()?.split];
    if (asked.length === last.length && asked.every((one, i) => one === last[i])) return false;
    if (lost.times > 1 && lost.wanted === wanted && lost.mapLook === mapLook) return false;
    last = asked;
    const items = factsNow(frame.itemCount);
    if (!worker?.alive) worker = pool.ranker();
    const { rank, userCount, itemCount, userFactors, itemFactors, method, step } = frame;
    const {
      shares,
      ends: found,
      coordinates,
    } = await worker.call((api) =>
      api.directions(
        { rank, userCount, itemCount, userFactors, itemFactors },
        { axes: [across, up], offered: items.offered, ends },
      ),
    );
    lost = { ...lost, times: 0 };
    if (get().data?.ratings === state.data?.ratings)
      set({
        meant: { method, step, across, up, shares, ends: found, items, at: [coordinates[0], coordinates[1]] },
      });
    return true;
  }

  /** What was found is of these ratings only. */
  function forget() {
    const now = get().data?.ratings;
    if (now === data) return;
    data = now;
    set(({ mapLook }) => ({ meant: null, mapLook: { ...usualMap, across: mapLook.across, up: mapLook.up } }));
  }

  async function look() {
    forget();
    isChanged = true;
    if (isWorking) return;
    isWorking = true;
    try {
      while (isChanged) {
        isChanged = false;
        if (await lookOnce()) await new Promise((done) => setTimeout(done, between));
      }
    } catch (error) {
      if (!(error instanceof WorkerLost)) throw error;
      // Another worker looks at the next frame; where that was lost too, none does until something else is asked.
      lost = { times: lost.times + 1, wanted: get().wanted, mapLook: get().mapLook };
    } finally {
      isWorking = false;
    }
  }

  workbench.subscribe(() => void look());
  void look();
}

/** @param split null: the ratings are not here, and every item is offered */
function factsOf(split: Split | null, itemCount: number, atLeast: number): ItemFacts {
  const counts = new Uint32Array(itemCount);
  const means = new Float32Array(itemCount).fill(Number.NaN);
  const offered = new Uint8Array(itemCount).fill(1);
  if (!split) return { counts, means, offered };
  const { start, value } = split.byItem;
  for (let y = 0; y < itemCount; y++) {
    counts[y] = start[y + 1] - start[y];
    let sum = 0;
    for (let p = start[y]; p < start[y + 1]; p++) sum += value[p];
    means[y] = sum / counts[y];
    offered[y] = counts[y] >= atLeast ? 1 : 0;
  }
  return { counts, means, offered };
}
