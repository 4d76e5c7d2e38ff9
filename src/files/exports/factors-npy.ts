import { downloadZip } from 'client-zip';
import { npyHeader, npyTexts } from '../run-file/npy';
import { type Export, unbegun } from './export';
import { type FactorsWanted, gatherFactors, sidesOf } from './factors';

/** Factors, biases and ids of the models in the panes as NumPy arrays in a ZIP, a folder for each model. */
export const factorsNpy: Export<null, FactorsWanted> = {
  id: 'factors-npy',
  offers: ({ begun }) => [{ label: 'Factors NPY', note: 'NumPy arrays in a ZIP', ready: begun || unbegun }],
  gather: (subject) => gatherFactors(subject, 'zip', 'a file of factors'),
  async make(wanted, { said }) {
    const { models, users, items } = wanted;
    await said(models.length * (users.count + items.count));
    return new Blob([await downloadZip(entriesOf(wanted)).blob()], { type: 'application/zip' });
  },
};

/** What is in the archive: what rows are called, once, and the arrays of every model. */
function* entriesOf({ models, users, items }: FactorsWanted) {
  const lastModified = new Date();
  const file = (name: string, parts: BlobPart[]) => {
    const input = new Blob(parts);
    return { name, input: input.stream(), size: input.size, lastModified };
  };
  const idsOf = ({ ids, count }: FactorsWanted['users']) =>
    ids?.slice(0, count) ?? Array.from({ length: count }, (_, x) => String(x + 1));
  yield file('userIds.npy', npyTexts(idsOf(users)));
  yield file('itemIds.npy', npyTexts(idsOf(items)));
  // Titles are of many lengths, and an array would give each the room of the longest.
  if (items.titles) yield file('titles.json', [JSON.stringify(items.titles.slice(0, items.count))]);
  const means = Object.fromEntries(models.map(({ name, snapshot }) => [folderOf(name), snapshot.mean]));
  yield file('means.json', [`${JSON.stringify(means, null, 1)}\n`]);
  for (const { name, snapshot } of models)
    for (const { side, count, biases, vectors } of sidesOf(snapshot, users, items)) {
      const array = (what: string, shape: number[], values: Float32Array) =>
        file(`${folderOf(name)}/${side}${what}.npy`, [
          npyHeader(shape),
          values.slice(
            0,
            shape.reduce((all, length) => all * length, 1),
          ),
        ]);
      yield array('Factors', [count, snapshot.rank], vectors);
      yield array('Bias', [count], biases);
    }
}

/** A name of a model as a folder: 'ALS', 'B-SGD_2'. */
const folderOf = (name: string): string => name.replace(/[^\w.-]+/g, '_');
