import type { Named } from '../../ratings/formats/format';
import { sampleSizes } from '../../ratings/sample';
import type { SampleSize } from '../../state/link/data';
import type { Loading } from './loading.driver';
import type { Pictures } from './pictures.driver';

/** Ratings that are made here: of a picture of the user's, and the sample. */
export function makingUp({ load }: Pick<Loading, 'load'>, pictures: Pictures) {
  function loadSample(size: SampleSize, keepSettings: boolean) {
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
  }

  return {
    actions: { openSample: (size: SampleSize = 'small') => void loadSample(size, false) },
    loadSample,
    openPicture: (brought: Named) =>
      load(brought.name, 'picture', (worker) => pictures.readYours(brought, worker)),
  };
}
