import type { Named } from '../../ratings/formats/format';
import { sampleSizes } from '../../ratings/sample';
import type { Loading } from './loading.driver';
import type { Pictures } from './pictures.driver';

/** Ratings that are made here: of a picture of the user's, and the sample. */
export function makingUp({ load }: Pick<Loading, 'load'>, pictures: Pictures) {
  return {
    openPicture: (brought: Named) =>
      load(brought.name, 'picture', (worker) => pictures.readYours(brought, worker)),
    loadSample(size: keyof typeof sampleSizes, keepSettings: boolean) {
      const name = 'Sample ratings';
      return load(
        name,
        'sample',
        async (worker, progress) => {
          if (size === 'small') return worker.call((api) => api.readSample(1, name, progress));
          const ratings = await worker.call((api) => api.makeUp(sampleSizes[size], 1, name, progress));
          return { ok: true, ratings, warnings: [] };
        },
        { keepSettings },
      );
    },
  };
}
