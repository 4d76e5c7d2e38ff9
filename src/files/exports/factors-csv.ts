import { csvOf } from '../../ratings/csv';
import { type Export, tableOf, unbegun } from './export';
import { type FactorsWanted, gatherFactors, sidesOf } from './factors';

/** What the models in the panes have learnt of every user and item, beside their ids and titles. */
export const factorsTable: Export<null, FactorsWanted> = {
  id: 'factors-csv',
  offers: ({ begun }) => [{ label: 'Factors CSV', ready: begun || unbegun }],
  gather: (subject) => gatherFactors(subject, 'csv', 'a table of factors'),
  make: async (wanted, tools) => tableOf(factorsCsv(wanted), tools),
};

type Cell = string | number | null;

/** About so many numbers make one piece of the table. */
const numbersAtOnce = 8000;

/**
 * Writes factors as CSV in pieces that take some milliseconds each; `done` counts users and items. Every model has a
 * row for its mean μ, which stands in the column where the other rows have their bias, then a row for every user and a
 * row for every item: r̂ = μ + b_x + b_y + U_x·P_y, in rating units. Whoever reads the numbers as float32 gets the very
 * ones that the model has, except that −0 becomes 0.
 */
export function* factorsCsv(wanted: FactorsWanted): Generator<{ csv: string; done: number }> {
  const { models, users, items } = wanted;
  const rank = Math.max(...models.map(({ snapshot }) => snapshot.rank));
  const titled = users.titles !== null || items.titles !== null;
  /** A row has as many factors as the highest rank among the models; a lower rank leaves the last ones empty. */
  const row = (who: Cell[], title: Cell, ratings: Cell, bias: Cell, factors: readonly Cell[]): Cell[] => [
    ...[...who, ...(titled ? [title] : []), ratings, bias],
    ...Array.from({ length: rank }, (_, f) => factors[f] ?? null),
  ];
  const names = Array.from({ length: rank }, (_, f) => `factor${f + 1}`);
  yield { csv: csvOf([row(['model', 'side', 'id'], 'title', 'ratings', 'bias', names)]), done: 0 };
  let done = 0;
  for (const { name, snapshot } of models) {
    yield { csv: csvOf([row([name, 'mean', null], null, null, snapshot.mean, [])]), done };
    for (const { side, count, ids, titles, start, biases, vectors } of sidesOf(snapshot, users, items)) {
      const rowOf = (x: number) => {
        const factors = vectors.subarray(x * snapshot.rank, (x + 1) * snapshot.rank);
        const ratings = start && start[x + 1] - start[x];
        const who = [name, side, ids?.[x] ?? x + 1];
        return row(who, titles?.[x] ?? null, ratings, exact(biases[x]), Array.from(factors, exact));
      };
      const rowsAtOnce = Math.ceil(numbersAtOnce / (rank + 1));
      for (let from = 0; from < count; from += rowsAtOnce) {
        const length = Math.min(rowsAtOnce, count - from);
        done += length;
        yield { csv: csvOf(Array.from({ length }, (_, i) => rowOf(from + i))), done };
      }
    }
  }
}

/** Nine digits are enough to tell every float32 from its neighbours. */
const exact = (value: number) => Number(value.toPrecision(9));
