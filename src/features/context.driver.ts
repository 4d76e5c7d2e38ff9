import type { Pool } from '../workers/pool';
import { type Holding, holding } from './data/holding.driver';
import { eventHub, type Hub } from './events';
import type { Workbench } from './workbench';

/** What every driver works with. */
export interface Context {
  readonly workbench: Workbench;
  /** Where workers come from. */
  readonly pool: Pool;
  /** The ratings on the stage, and the worker that reads and divides them. */
  readonly ratings: Holding;
  readonly events: Hub;
}

export const contextOf = (workbench: Workbench, pool: Pool): Context => ({
  ...{ workbench, pool, ratings: holding(pool), events: eventHub() },
});
