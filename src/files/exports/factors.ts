import type { Snapshot } from '../../methods/snapshot';
import type { Gathered } from './export';
import { modelsIn, type Subject } from './subject';

/** Models, and what their users and items are called. */
export interface FactorsWanted {
  readonly models: readonly { readonly name: string; readonly snapshot: Snapshot }[];
  readonly users: Named;
  readonly items: Named;
}

/** The users or the items of the source. Somebody who rates here, on top of the source, is not among them. */
interface Named {
  readonly count: number;
  readonly ids: readonly string[] | null;
  /** A title or null for each of them; null instead of the list where no title is known at all. */
  readonly titles: readonly (string | null)[] | null;
  /** Of line x, start[x + 1] − start[x] ratings were learnt; null where nobody has counted them. */
  readonly start: Uint32Array | null;
}

/** What the models in the panes have learnt of every user and item; null where there is none. */
export function gatherFactors(
  subject: Subject,
  extension: string,
  what: string,
): Gathered<FactorsWanted, never> | null {
  const { ratings, race, fileName } = subject;
  const models = modelsIn(subject);
  if (models.length === 0) return null;
  const { userCount, itemCount, userIds, itemIds, itemTitles } = ratings;
  const titles = itemTitles?.map((title) => title?.title ?? null) ?? null;
  const named = models.map(({ name, snapshot }) => ({ name, snapshot }));
  return {
    fileName: fileName('factors', models, extension),
    wanted: {
      models: named,
      users: { count: userCount, ids: userIds, titles: null, start: race?.split?.byUser.start ?? null },
      items: { count: itemCount, ids: itemIds, titles, start: race?.split?.byItem.start ?? null },
    },
    steps: { what, unit: 'row', of: models.length * (userCount + itemCount) },
  };
}

/** Both sides of a model, the users first. */
export const sidesOf = (snapshot: Snapshot, users: Named, items: Named) => [
  { ...users, side: 'user', biases: snapshot.userBias, vectors: snapshot.userFactors },
  { ...items, side: 'item', biases: snapshot.itemBias, vectors: snapshot.itemFactors },
];
