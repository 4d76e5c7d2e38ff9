import { asPredicted } from '../../metrics/tally';
import { liveBefore } from '../../settings/history';
import { libraries } from '../code';
import type { CodeWanted } from '../code/library';
import { type Export, unbegun } from './export';
import { modelsIn } from './subject';

/** Which model, in the words of which library. */
interface CodeOptions {
  readonly library: string;
  readonly model: string;
}

interface Wanted extends CodeWanted {
  readonly library: string;
}

/** The runs in the panes as programs of other libraries, with the very settings that made the frames. */
export const code: Export<CodeOptions, Wanted> = {
  id: 'code',
  offers: (subject) =>
    subject.race
      ? modelsIn(subject).flatMap(({ name, config }) =>
          libraries
            .filter(({ methods }) => config && methods.includes(config.method))
            .map((library) => ({
              label: `${name} in Python, for ${library.name}`,
              ready: subject.begun || unbegun,
              options: { library: library.id, model: name },
            })),
        )
      : [],
  gather(subject, { library, model }) {
    const one = modelsIn(subject).find(({ name }) => name === model);
    if (!one?.config) return null;
    const { config, changes = [], snapshot } = one;
    const { name, userCount, itemCount, ratingCount, scale } = subject.ratings;
    return {
      fileName: subject.fileName(library, [one], 'py'),
      wanted: {
        ...{ library, name: model, counting: subject.race?.counting ?? asPredicted },
        config: { ...config, ...liveBefore({ config, changes }, snapshot) },
        steps: Math.max(1, Math.ceil(snapshot.step)),
        ratings: { name, userCount, itemCount, ratingCount, scale },
      },
    };
  },
  async make({ library, ...wanted }) {
    const found = libraries.find(({ id }) => id === library);
    if (!found) throw new Error(`no library ${library}`);
    return new Blob([found.codeOf(wanted)], { type: 'text/x-python' });
  },
};
