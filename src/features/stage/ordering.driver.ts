import type { OrderBy } from '../../draw/orders';
import type { Snapshot } from '../../methods/snapshot';
import { racingOf } from '../../settings/race';
import type { Context } from '../context.driver';
import type { RunState } from '../race/slice';

/** Users and items are put in order again once a run has come so many times as far: seldom, so that one can look. */
const again = 3;

/** Whether a run has come so far beyond where its factors were last put in order by that they say something else. */
function isDue(
  { id, status, track }: Pick<RunState, 'id' | 'status' | 'track'>,
  last: { readonly id: number; readonly step: number },
): boolean {
  const step = track.latest?.step ?? 0;
  if (step < 1 || status === 'diverged') return false;
  if (id !== last.id || step >= again * last.step) return true;
  return status === 'finished' && step !== last.step;
}

/**
 * Puts users and items in order: as is asked, and real ratings along the leading factors, again as the run goes on,
 * unless somebody points at a cell or looks closer.
 */
export function orderingDriver(
  { workbench, ratings: holding, events }: Pick<Context, 'workbench' | 'ratings' | 'events'>,
  layOut: () => void,
) {
  const { getState: get, setState: set } = workbench;
  /** Of the newest order that was asked for: an older one is dropped when it arrives. */
  let asked = 0;
  let isFollowing = false;
  /** Of which run, and of which step of it, the factors were that there is an order by. */
  let last = { id: 0, step: 0 };

  const leader = () => {
    const { runs, settings } = get();
    return runs[racingOf(settings)[0]];
  };

  async function ordersOf(by: OrderBy, newest: Snapshot | null) {
    const { data } = get();
    if (!data) return null;
    const { userIds, itemIds, userCount, itemCount } = data.ratings;
    const answer = holding.ask((api) =>
      by === 'factor' && newest
        ? api.orderByFactor(newest.userFactors, newest.itemFactors, newest.rank)
        : by === 'count'
          ? api.orderByCount(holding.splitToSend())
          : api.orderById({ userIds, itemIds, userCount, itemCount }),
    );
    return answer.catch(() => null);
  }

  async function put(by: OrderBy) {
    const { data } = get();
    const mine = ++asked;
    const { id, track } = leader();
    last = { id, step: track.latest?.step ?? 0 };
    const orders = await ordersOf(by, track.latest);
    const { data: now } = get();
    if (!orders || mine !== asked || !now || now.ratings !== data?.ratings) return;
    set({ data: { ...now, orders, orderBy: by }, crosshair: null });
    layOut();
  }

  async function orderBy(by: OrderBy) {
    const { data } = get();
    // Of a run without ratings, nobody knows who has how many.
    if (!data || (data.source === 'run' && by === 'count')) return;
    isFollowing = by === 'factor';
    await put(by);
  }

  /** What a link says; where that is how they stand already, they stay so. */
  async function orderLinked(by: OrderBy) {
    isFollowing = by === 'factor';
    if (!isFollowing && get().data?.orderBy !== by) await orderBy(by);
  }

  workbench.subscribe((state, before) => {
    if (!isFollowing || (state.runs === before.runs && state.crosshair === before.crosshair)) return;
    const isLookedAt = state.crosshair !== null || state.window !== null;
    if (state.data && !isLookedAt && isDue(leader(), last)) void put('factor');
  });

  events.on('orderLinked', orderLinked);
  events.on('ratingsArrived', () => {
    const source = get().data?.source;
    isFollowing = source === 'file' || source === 'sample';
    last = { id: 0, step: 0 };
  });
  return { orderBy };
}
