import { type Lens, lensOf, mostBinsOf, serves } from '../../draw/lens';
import type { Orders } from '../../draw/orders';
import { type Cells, cellsOf, ratingsUnder, sceneOf } from '../../draw/scene';
import { grown, wholeWindow } from '../../draw/window';
import type { Split } from '../../ratings/hold-out';
import type { RatingInfo } from '../../ratings/rating-set';
import type { Source } from '../../state/loaded-data';
import type { Context } from '../context.driver';
import type { Held } from '../data/holding.driver';
import { orderingDriver } from './ordering.driver';
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
  ratings: holding,
  events,
}: Pick<Context, 'workbench' | 'ratings' | 'events'>) {
  const { getState: get, setState: set } = workbench;
  /** The lens of what is on screen, and something around it, so that it can be moved before the next one is there. */
  function lensNow(): Lens {
    const { data, window } = get();
    const held = holding.held();
    if (!data || !held) throw new Error('no data to look at');
    const { orders, ratings, source } = data;
    const bins = source === 'picture' ? asPicture.mostBins : asFile.mostBins;
    if (!window) return wholeLens(orders, ratings, source);
    const large = ratingsUnder(held.split, lensOf(orders, window, bins)) > laidOutAtOnce;
    return lensOf(orders, large ? grown(window, ratings) : window, large ? 2 * bins : bins);
  }

  /** The ratings that the scene in the store was made from. */
  let laidOutFor: Split | null = null;
  /** Counts what was to be laid out; and which of that is shown. What is older than that is not shown any more. */
  let wished = 0;
  let shown = 0;
  let isAtWork = false;

  function showScene({ split }: Held, cells: Cells, wish: number) {
    const { data } = get();
    if (!data || wish < shown) return;
    shown = wish;
    laidOutFor = split;
    set({ scene: sceneOf(data.ratings, cells) });
  }

  /** Lays out what is on screen: at once where that is little work, else in the data worker. */
  function layOut() {
    const { data, scene, window } = get();
    const held = holding.held();
    if (!data || !held) return;
    const lens = lensNow();
    const { users, items } = data.orders;
    const inOrder = scene?.lens.users.order === users.order && scene.lens.items.order === items.order;
    if (window && inOrder && laidOutFor === held.split && serves(scene.lens, window, asFile.mostBins)) return;
    wished++;
    if (ratingsUnder(held.split, lens) <= laidOutAtOnce) showScene(held, cellsOf(held.split, lens), wished);
    else if (!isAtWork) void haveLaidOut(held, lens, data.orders);
  }

  /** Has the data worker lay out what is under a lens, and then, of what was wished for meanwhile, the newest. */
  async function haveLaidOut(held: Held, lens: Lens, orders: Orders) {
    const wish = wished;
    isAtWork = true;
    // A worker that was replaced, or lost, has nothing to show.
    const cells = await holding.ask((api) => api.cells(holding.splitToSend(), lens)).catch(() => null);
    isAtWork = false;
    const isOnStage = holding.held() === held && get().data?.orders === orders;
    if (cells && isOnStage) showScene(held, { ...cells, lens }, wish);
    if (wished > wish) layOut();
  }

  const ordering = orderingDriver({ workbench, ratings: holding, events }, layOut);

  const actions: StageActions = {
    pointAt(cell) {
      const before = get().crosshair;
      if (cell?.user !== before?.user || cell?.item !== before?.item) set({ crosshair: cell });
    },
    show(window) {
      set({ window });
      layOut();
    },
    orderBy: (by) => void ordering.orderBy(by),
  };

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
