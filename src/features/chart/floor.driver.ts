import { regularisedFloor, truncatedFloor } from '../../kernels/floor';
import type { RatingInfo } from '../../ratings/rating-set';
import type { LoadedData } from '../../state/loaded-data';
import { hasFloor, lambdasOf } from '../../state/run-configs';
import type { Context } from '../context.driver';
import type { Held } from '../data/holding.driver';

/** Finds the least RMSE that a rank can have, where there is one. */
export function floorDriver({
  workbench,
  ratings: holding,
  events,
}: Pick<Context, 'workbench' | 'ratings' | 'events'>) {
  const { getState: get, setState: set } = workbench;
  let singular: { ratings: RatingInfo; values: Promise<Float64Array>; pending: boolean } | null = null;

  /** Singular values of a complete matrix, asked for once. */
  function singularValuesOf({ ratings }: LoadedData, { split }: Held) {
    if (singular?.ratings === ratings) return singular.values;
    const asked = {
      ratings,
      pending: true,
      values: holding.ask((api) => api.singularValues(split.byUser)),
    };
    asked.values = asked.values.finally(() => {
      asked.pending = false;
    });
    singular = asked;
    return asked.values;
  }

  async function findFloor() {
    const { data, floor } = get();
    const held = holding.held();
    if (!data || !held || !hasFloor(data, get().settings)) return set({ floor: null });
    if (floor && floor.rank !== get().settings.rank) set({ floor: null });
    let values: Float64Array;
    try {
      values = await singularValuesOf(data, held);
    } catch {
      // The worker went on to newer data, or was lost; the chart does without its floor.
      if (singular?.ratings === data.ratings) singular = null;
      return;
    }
    const { data: current, settings } = get();
    if (current?.ratings !== data.ratings || !hasFloor(current, settings)) return;
    const { rank } = settings;
    const cells = data.ratings.ratingCount;
    const { rmse } = regularisedFloor(values, rank, lambdasOf(settings, current).plain, cells);
    set({
      floor: { rank, lambda: settings.lambda, least: truncatedFloor(values, rank, cells), regularised: rmse },
    });
  }

  events.on('settingsChanged', (names) => names.includes('lambda') && findFloor());

  return {
    find: findFloor,
    /** The worker is at it. */
    isAtWork: () => singular?.pending ?? false,
  };
}

export type FloorDriver = ReturnType<typeof floorDriver>;
