import { type Export, unbegun } from './export';
import { type FactorsWanted, gatherFactors, sidesOf } from './factors';

/** The same rows and columns as the CSV of factors, as Parquet: numbers as they are, texts as in the source. */
export const factorsParquet: Export<null, FactorsWanted> = {
  id: 'factors-parquet',
  offers: ({ begun }) => [{ label: 'Factors Parquet', ready: begun || unbegun }],
  gather: (subject) => gatherFactors(subject, 'parquet', 'a file of factors'),
  async make(wanted, { said }) {
    const { parquetWriteBuffer } = await import('hyparquet-writer');
    const columns = columnsOf(wanted);
    await said(columns[0].data.length - wanted.models.length);
    return new Blob([parquetWriteBuffer({ columnData: columns })], {
      type: 'application/vnd.apache.parquet',
    });
  },
};

interface Column {
  readonly name: string;
  readonly data: (string | number | null)[];
  readonly type: 'STRING' | 'INT32' | 'FLOAT' | 'DOUBLE';
  readonly nullable: boolean;
}

/** A row for the mean of every model, then for its users and its items; beyond the rank of a model there is nothing. */
function columnsOf({ models, users, items }: FactorsWanted): Column[] {
  const rank = Math.max(...models.map(({ snapshot }) => snapshot.rank));
  const column = (name: string, type: Column['type'], nullable = true): Column => ({
    ...{ name, type, nullable, data: [] },
  });
  const [model, side] = [column('model', 'STRING', false), column('side', 'STRING', false)];
  const [id, title] = [column('id', 'STRING'), column('title', 'STRING')];
  const [ratings, bias] = [column('ratings', 'INT32'), column('bias', 'DOUBLE', false)];
  const factors = Array.from({ length: rank }, (_, f) => column(`factor${f + 1}`, 'FLOAT'));
  for (const { name, snapshot } of models) {
    const put = (cells: readonly [Column, string | number | null][], rowOf: (f: number) => number | null) => {
      model.data.push(name);
      for (const [one, cell] of cells) one.data.push(cell);
      for (const [f, one] of factors.entries()) one.data.push(rowOf(f));
    };
    const named = (of: string, its: string | null, called: string | null, count: number | null, b: number) =>
      [
        [side, of],
        [id, its],
        [title, called],
        [ratings, count],
        [bias, b],
      ] as const satisfies readonly [Column, string | number | null][];
    put(named('mean', null, null, null, snapshot.mean), () => null);
    for (const one of sidesOf(snapshot, users, items))
      for (let x = 0; x < one.count; x++) {
        const count = one.start && one.start[x + 1] - one.start[x];
        const cells = named(
          one.side,
          one.ids?.[x] ?? String(x + 1),
          one.titles?.[x] ?? null,
          count,
          one.biases[x],
        );
        put(cells, (f) => (f < snapshot.rank ? one.vectors[x * snapshot.rank + f] : null));
      }
  }
  const isTitled = users.titles !== null || items.titles !== null;
  return [model, side, id, ...(isTitled ? [title] : []), ratings, bias, ...factors];
}
