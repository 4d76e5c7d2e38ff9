import { inOrderOfIndex } from '../../draw/orders';
import { cellsOf, sceneOf } from '../../draw/scene';
import type { OpenedFile, OpenedRun } from '../../files/run-file/read';
import { noErrors } from '../../methods/references';
import { holdOut } from '../../ratings/hold-out';
import { sourceOf } from '../../ratings/lines';
import type { RatingInfo } from '../../ratings/rating-set';
import { settle } from '../../ratings/sliced';
import { emptyTrack } from '../../sessions/track';
import type { LoadedData } from '../../state/loaded-data';
import { layoutOf } from '../../workers/layout';
import type { Held } from '../data/holding.driver';
import { dropFrame } from '../race/race.driver';
import { wholeLens } from '../stage/layout.driver';
import type { WorkbenchState } from '../workbench';
import { describedData } from './described-data';

export type Opened = Extract<OpenedFile, { ok: true }>;

/**
 * Whether runs can have been learnt from the ratings on the stage: `same` where they were, and divided alike; `alike`
 * where the counts agree and nothing speaks against it.
 */
export function kinship(
  { data: there, runs }: Opened,
  { data, settings }: WorkbenchState,
): 'same' | 'alike' | 'none' {
  if (!data || data.source === 'run') return 'none';
  const here = describedData(data, settings.holdOut);
  if (here.userCount !== there.userCount || here.itemCount !== there.itemCount) return 'none';
  if (!here.checksum || !there.checksum) return 'alike';
  if (here.checksum !== there.checksum) return 'none';
  const counted = here.trainingCount === there.trainingCount && here.holdOut === there.holdOut;
  const { seed, holdOutShare } = settings;
  const divided =
    here.holdOut === null ||
    runs.every(({ config }) => config.seed === seed && config.holdOutShare === holdOutShare);
  return counted && divided ? 'same' : 'alike';
}

/** A run as it was recorded: all of it, even where it is more than a run keeps. */
export function recordedRun(
  { name, config, changes, snapshots, moments, marks, found }: OpenedRun,
  frameBytes: number,
) {
  const [{ userCount, itemCount, rank }] = snapshots;
  const bytes = 4 * snapshots.length * (userCount + itemCount) * (rank + 1);
  const kept = snapshots.map((snapshot, ordinal) => ({ snapshot, ordinal }));
  const beginning = { moments, marks, found, kept, every: 1 };
  const track = emptyTrack(Math.max(frameBytes, bytes), dropFrame, beginning);
  return { name, config, changes, track };
}

/** What users and items of runs are called. */
export type RowNames = Pick<RatingInfo, 'userIds' | 'itemIds' | 'itemTitles'>;
export const noNames: RowNames = { userIds: null, itemIds: null };

/** A data set of which nothing is known but its size, its scale and its names, and how it is shown. */
export function unknownData(
  { name, userCount, itemCount, scale, trainingCount }: Opened['data'],
  names = noNames,
) {
  const ratings: RatingInfo = { name, userCount, itemCount, scale, ratingCount: 0, clock: null, ...names };
  const none = { min: 0, median: 0, max: 0, doublings: [] };
  const data: LoadedData = {
    ...{ source: 'run', ratings, warnings: [], trainingCount: trainingCount || 1, validationCount: 0 },
    cold: { users: 0, items: 0, ratings: 0 },
    audit: { density: 0, mean: 0, perUser: none, perItem: none, timeSpan: null, histogram: [], checksum: '' },
    references: { on: 'train', mean: noErrors, biases: noErrors },
    ...{ orderBy: 'id', orders: { users: inOrderOfIndex(userCount), items: inOrderOfIndex(itemCount) } },
    highestRank: 0,
  };
  const lens = wholeLens(data.orders, ratings, 'run');
  const nobody = { users: new Uint32Array(0), items: new Uint32Array(0), values: new Float32Array(0) };
  const nothing = sourceOf(nobody, userCount, itemCount);
  const split = settle(holdOut(nothing, { kind: 'random', share: 0, seed: 0 }));
  const shape = { userCount, itemCount, trainingCount: 0, validationCount: 0, timed: false };
  const held: Held = { split, layout: layoutOf(shape, 1, []), memory: null };
  return { data, held, scene: sceneOf(ratings, cellsOf(split, lens)) };
}
