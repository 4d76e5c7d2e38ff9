import { sampleSizes } from '../../ratings/sample';
import type { Settings } from '../../settings/race';
import type { Workbench } from '../../state/workbench';
import type { DataApi, LoadResult, ReadProgress } from '../../workers/protocol';
import type { WorkerHandle } from '../../workers/worker-handle';
import type { Load } from './files.driver';

/** Ratings that are made here: of pictures, ours or the user's, and the sample. */
export function makingUp({ getState: get, setState: set }: Workbench, load: Load, progress: ReadProgress) {
  /** A dropped picture, as bytes of its size. */
  let yours: { file: File; size: number; pixels: Uint8Array } | null = null;

  const describePicture = (settings: Settings) => ({
    kind: settings.picture === 'yours' ? ('portrait' as const) : settings.picture,
    size: settings.size,
    seed: settings.pictureSeed,
    rank: settings.pictureRank,
    knownShare: settings.knownShare,
    noise: settings.noise,
  });

  function loadPicture() {
    const { settings } = get();
    const recipe = describePicture(settings);
    const read = async (worker: WorkerHandle<DataApi>): Promise<LoadResult> => {
      if (settings.picture !== 'yours' || !yours) {
        return {
          ok: true,
          warnings: [],
          ratings: await worker.call((api) => api.shop(recipe, settings.picture)),
        };
      }
      const { file } = yours;
      if (yours.size !== recipe.size) {
        const picture = await worker.call((api) => api.picture(file, file.name, recipe.size));
        if (!picture.ok) return picture;
        yours = { file, size: recipe.size, pixels: picture.pixels };
      }
      const { pixels } = yours;
      return {
        ok: true,
        warnings: [],
        ratings: await worker.call((api) => api.shopOf(pixels, recipe, file.name)),
      };
    };
    return load(settings.picture, 'picture', read, { keepSettings: true });
  }

  function openPicture(file: File) {
    const size = get().settings.size;
    return load(file.name, 'picture', async (worker) => {
      const picture = await worker.call((api) => api.picture(file, file.name, size));
      if (!picture.ok) return picture;
      yours = { file, size, pixels: picture.pixels };
      set({ settings: { ...get().settings, picture: 'yours', knownShare: 1, noise: 0 } });
      const recipe = describePicture(get().settings);
      const ratings = await worker.call((api) => api.shopOf(picture.pixels, recipe, file.name));
      return { ok: true, ratings, warnings: picture.warnings.map((code) => ({ code })) };
    });
  }

  function loadSample(size: keyof typeof sampleSizes, keepSettings: boolean) {
    const name = 'Sample ratings';
    return load(
      name,
      'sample',
      (worker) =>
        size === 'small'
          ? worker.call((api) => api.readSample(1, name, progress))
          : worker
              .call((api) => api.makeUp(sampleSizes[size], 1, name, progress))
              .then((ratings) => ({ ok: true, ratings, warnings: [] })),
      { keepSettings },
    );
  }

  return { loadPicture, openPicture, loadSample };
}
