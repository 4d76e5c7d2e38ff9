import { type Lens, lensOf, mostBinsOf, serves } from '../../draw/lens';
import type { OrderBy, Orders } from '../../draw/orders';
import { type Cells, cellsOf, ratingsUnder, sceneOf } from '../../draw/scene';
import { grown, wholeWindow } from '../../draw/window';
import type { Split } from '../../ratings/hold-out';
import type { RatingInfo } from '../../ratings/rating-set';
import { racingOf } from '../../settings/race';
import type { Source } from '../../state/loaded-data';
import type { Context } from '../context.driver';
import type { Held } from '../data/holding.driver';
import type { StageActions } from './slice';

/** How a data set is laid out at first: pixels are cells of a picture, blocks of a file. */
export const asPicture = { order: 'index', mostBins: mostBinsOf.picture } as const;
export const asFile = { order: 'count', mostBins: mostBinsOf.file } as const;

/** Ratings that can be laid out within a frame. */
const laidOutAtOnce = 200_000;

/** The lens of all there is. */
export const wholeLens = (orders: Orders, ratings: RatingInfo, source: Source): Lens =>
  lensOf(orders, wholeWindow(ratings), (source === 'picture' ? asPicture : asFile).mostBins);

/** Keeps the scene true to the window: lays out what is on screen. */
export function layoutDriver({
  workbench,
  ratings: there,
  events,
}: Pick<Context, 'workbench' | 'ratings' | 'events'>) {
  const { getState: get, setState: set } = workbench;
  /** The lens of what is on screen, and something around it, so that it can be moved before the next one is there. */
  function lensNow(): Lens {
    const { data, window } = get();
    const held = there.held();
    if (!data || !held) throw new Error('no data to look at');
    const { orders, ratings, source } = data;
    const bins = source === 'picture' ? asPicture.mostBins : asFile.mostBins;
    if (!window) return wholeLens(orders, ratings, source);
    const large = ratingsUnder(held.split, lensOf(orders, window, bins)) > laidOutAtOnce;
    return lensOf(orders, large ? grown(window, ratings) : window, large ? 2 * bins : bins);
  }

  let layingOut = 0;
  /** The ratings that the scene in the store was made from. */
  let laidOutFor: Split | null = null;

  function showScene({ split }: Held, cells: Cells) {
    const { data } = get();
    if (!data) return;
    laidOutFor = split;
    set({ scene: sceneOf(data.ratings, cells) });
  }

  /** Lays out what is on screen: at once where that is little work, else in the data worker, the newest wish only. */
  function layOut() {
    const { data } = get();
    const held = there.held();
    if (!data || !held) return;
    const lens = lensNow();
    const { scene, window } = get();
    const { users, items } = data.orders;
    const inOrder = scene?.lens.users.order === users.order && scene.lens.items.order === items.order;
    if (window && inOrder && laidOutFor === held.split && serves(scene.lens, window, asFile.mostBins)) return;
    if (ratingsUnder(held.split, lens) <= laidOutAtOnce) {
      layingOut = 0;
      return showScene(held, cellsOf(held.split, lens));
    }
    if (layingOut++ > 0) return;
    there
      .worker()
      .call((api) => api.cells(held.memory ? held.split : null, lens))
      .then(
        (cells) => {
          const again = layingOut > 1;
          layingOut = 0;
          if (there.held() === held && get().data?.orders === data.orders)
            showScene(held, { ...cells, lens });
          if (again) layOut();
        },
        () => {
          // The worker was replaced, or lost: with other data comes another layout.
          layingOut = 0;
        },
      );
  }

  /** Orders users and items; along a factor, of the newest frame of the first method that races. */
  async function orderBy(by: OrderBy) {
    const { data, runs, settings } = get();
    // Of a run without ratings, nobody knows who has how many.
    if (!data || (data.source === 'run' && by === 'count')) return;
    const newest = runs[racingOf(settings)[0]].track.latest;
    const { userIds, itemIds, userCount, itemCount } = data.ratings;
    const held = there.held();
    const shared = held?.memory ? held.split : null;
    let orders: Orders;
    try {
      orders = await there
        .worker()
        .call((api) =>
          by === 'factor' && newest
            ? api.orderByFactor(newest.userFactors, newest.itemFactors, newest.rank)
            : by === 'count'
              ? api.orderByCount(shared)
              : api.orderById({ userIds, itemIds, userCount, itemCount }),
        );
    } catch {
      return;
    }
    const { data: now } = get();
    if (now?.ratings !== data.ratings) return;
    set({ data: { ...now, orders, orderBy: by }, crosshair: null });
    layOut();
  }

  const actions: StageActions = {
    pointAt(cell) {
      const before = get().crosshair;
      if (cell?.user !== before?.user || cell?.item !== before?.item) set({ crosshair: cell });
    },
    show(window) {
      set({ window });
      layOut();
    },
    orderBy: (by) => void orderBy(by),
  };

  events.on('orderLinked', orderBy);
  events.on('windowLinked', actions.show);

  return {
    actions,
    lensNow,
    layOut,
    /** The scene that is being set was made from these ratings. */
    laidOut({ split }: Held) {
      laidOutFor = split;
    },
  };
}

export type LayoutDriver = ReturnType<typeof layoutDriver>;
