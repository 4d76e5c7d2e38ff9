import type { Named } from '../../ratings/formats/format';
import type { Read } from '../../ratings/problem';
import type { Settings } from '../../settings/race';
import type { DataApi, Loaded } from '../../workers/protocol';
import type { WorkerHandle } from '../../workers/worker-handle';
import type { Context } from '../context.driver';

/** Has pictures made into ratings: ours, drawn as settings say, and the one that a user brought. */
export function pictures({ workbench }: Pick<Context, 'workbench'>) {
  const { getState: get, setState: set } = workbench;
  /** The user's, as bytes of its size. */
  let yours: { readonly brought: Named; readonly size: number; readonly pixels: Uint8Array } | null = null;

  /** The picture that is set. */
  async function read(worker: WorkerHandle<DataApi>): Promise<Read<Loaded>> {
    const { settings } = get();
    const recipe = recipeOf(settings);
    if (settings.picture !== 'yours' || !yours) {
      const ratings = await worker.call((api) => api.shop(recipe, settings.picture));
      return { ok: true, ratings, warnings: [] };
    }
    const { brought } = yours;
    if (yours.size !== recipe.size) {
      const picture = await worker.call((api) => api.picture(brought.file, brought.name, recipe.size));
      if (!picture.ok) return picture;
      yours = { brought, size: recipe.size, pixels: picture.pixels };
    }
    const { pixels } = yours;
    return {
      ok: true,
      ratings: await worker.call((api) => api.shopOf(pixels, recipe, brought.name)),
      warnings: [],
    };
  }

  /** A picture of the user's, which is set from now on: all of it known, and without noise. */
  async function readYours(brought: Named, worker: WorkerHandle<DataApi>): Promise<Read<Loaded>> {
    const { size } = get().settings;
    const picture = await worker.call((api) => api.picture(brought.file, brought.name, size));
    if (!picture.ok) return picture;
    yours = { brought, size, pixels: picture.pixels };
    set({ settings: { ...get().settings, picture: 'yours', knownShare: 1, noise: 0 } });
    const result = await read(worker);
    return result.ok ? { ...result, warnings: picture.warnings.map((code) => ({ code })) } : result;
  }

  return { read, readYours };
}
export type Pictures = ReturnType<typeof pictures>;

const recipeOf = ({ picture, size, pictureSeed, pictureRank, knownShare, noise }: Settings) => ({
  kind: picture === 'yours' ? ('portrait' as const) : picture,
  ...{ size, seed: pictureSeed, rank: pictureRank, knownShare, noise },
});
