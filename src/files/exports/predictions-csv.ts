import { predictionOf } from '../../methods/measure';
import type { Snapshot } from '../../methods/snapshot';
import { csvOf } from '../../ratings/csv';
import type { Lines } from '../../ratings/lines';
import { type Export, tableOf, unbegun } from './export';
import { modelsIn } from './subject';

/** What somebody chooses in the form. */
export type PredictionOptions = Pick<PredictionsWanted, 'what' | 'most' | 'by'>;

/** What the models in the panes predict: of what is held out, or the best unseen items of every user. */
export const predictionsTable: Export<PredictionOptions, PredictionsWanted> = {
  id: 'predictions-csv',
  offers: ({ race, begun }) =>
    race
      ? [
          {
            label: 'Predictions CSV…',
            ready: race.split ? begun || unbegun : 'its ratings are not here',
          },
        ]
      : [],
  gather(subject, options) {
    const { ratings, race, fileName } = subject;
    const split = race?.split;
    const models = modelsIn(subject);
    if (!split || models.length === 0) return null;
    const { byUser, validation } = split;
    const { userIds, itemIds, itemTitles, userCount } = ratings;
    return {
      fileName: fileName(options.what === 'top' ? `top${options.most}` : 'held-out', models, 'csv'),
      wanted: {
        ...{ ...options, userIds, itemIds },
        models,
        titles: itemTitles?.map((title) => title?.title ?? null) ?? null,
        // Only what is needed crosses, and where memory is shared it is not copied.
        known: options.what === 'top' ? { start: byUser.start, other: byUser.other } : null,
        heldOut: { start: validation.start, other: validation.other, value: validation.value },
      },
      steps: { what: 'a table of predictions', unit: 'user', of: userCount },
    };
  },
  make: async (wanted, tools) => tableOf(predictionsCsv(wanted), tools),
};

/** What is predicted for whom, and by which models. */
export interface PredictionsWanted {
  /** The ratings that were held out, or for every user the items that it has not rated and should like most. */
  readonly what: 'held-out' | 'top';
  /** `top` lists so many items for each user, in the order of one of the models. */
  readonly most: number;
  readonly by: number;
  readonly models: readonly { readonly name: string; readonly snapshot: Snapshot }[];
  /** What was trained on, and what was held out, by user. `held-out` needs only the latter. */
  readonly known: Pick<Lines, 'start' | 'other'> | null;
  readonly heldOut: Pick<Lines, 'start' | 'other' | 'value'>;
  readonly userIds: readonly string[] | null;
  readonly itemIds: readonly string[] | null;
  /** A title or null for each item; null instead of the list where no title is known at all. */
  readonly titles: readonly (string | null)[] | null;
}

/** One piece of the table has about so many rows, and is of so many users at most, who may have no rows at all. */
const rowsAtOnce = 500;
const usersAtOnce = 200;

/**
 * Writes predictions as CSV in pieces that take some milliseconds each; `done` counts users. A prediction is
 * r̂ = μ + b_x + b_y + U_x·P_y, in rating units, to six digits. No text in it is a formula to a spreadsheet.
 */
export function* predictionsCsv(
  wanted: PredictionsWanted,
): Generator<{ csv: string; done: number }, void, undefined> {
  const { models, titles, what } = wanted;
  yield { csv: csvOf([headerOf(wanted)]), done: 0 };
  const { userIds, itemIds, heldOut } = wanted;
  const userCount = heldOut.start.length - 1;
  const idOf = (ids: readonly string[] | null, index: number) => (ids ? ids[index] : index + 1);
  const rowOf = (x: number, y: number, said: number) => [
    ...(what === 'held-out' ? [idOf(userIds, x)] : [idOf(userIds, x), said]),
    idOf(itemIds, y),
    ...(titles ? [titles[y]] : []),
    ...(what === 'held-out' ? [short(said)] : []),
    ...models.map(({ snapshot }) => short(predictionOf(snapshot, x, y))),
  ];
  const best = what === 'top' ? bestOf(wanted) : null;
  let rows: (string | number | null)[][] = [];
  let from = 0;
  for (let x = 0; x < userCount; x++) {
    if (best) for (const [place, y] of best(x).entries()) rows.push(rowOf(x, y, place + 1));
    else
      for (let p = heldOut.start[x]; p < heldOut.start[x + 1]; p++)
        rows.push(rowOf(x, heldOut.other[p], heldOut.value[p]));
    if (rows.length < rowsAtOnce && x - from < usersAtOnce && x < userCount - 1) continue;
    yield { csv: csvOf(rows), done: x + 1 };
    rows = [];
    from = x;
  }
}

function headerOf({ what, titles, models }: PredictionsWanted): string[] {
  const title = titles ? ['title'] : [];
  const names = models.map(({ name }) => name);
  return what === 'held-out'
    ? ['userId', 'itemId', ...title, 'rating', ...names]
    : ['userId', 'place', 'itemId', ...title, ...names];
}

const short = (value: number) => Number(value.toPrecision(6));

/** Finds, for a user, the items that it has not rated, the most promising first and of equal ones the lower index. */
function bestOf({ models, by, most, known, heldOut }: PredictionsWanted): (x: number) => number[] {
  const { snapshot } = models[by];
  const { itemCount, rank, itemBias, itemFactors, userFactors } = snapshot;
  const seen = new Uint8Array(itemCount);
  const mark = (lines: Pick<Lines, 'start' | 'other'>, x: number, as: number) => {
    for (let p = lines.start[x]; p < lines.start[x + 1]; p++) seen[lines.other[p]] = as;
  };
  return (x) => {
    const all = known ? [known, heldOut] : [heldOut];
    for (const lines of all) mark(lines, x, 1);
    const items: number[] = [];
    const scores: number[] = [];
    for (let y = 0; y < itemCount; y++) {
      if (seen[y]) continue;
      // μ and b_x are the same for all items of a user, so they do not change their order.
      let score = itemBias[y];
      for (let f = 0; f < rank; f++) score += userFactors[x * rank + f] * itemFactors[y * rank + f];
      if (items.length === most && score <= scores[most - 1]) continue;
      let at = items.length < most ? items.length : most - 1;
      for (; at > 0 && scores[at - 1] < score; at--) {
        scores[at] = scores[at - 1];
        items[at] = items[at - 1];
      }
      scores[at] = score;
      items[at] = y;
    }
    for (const lines of all) mark(lines, x, 0);
    return items;
  };
}
