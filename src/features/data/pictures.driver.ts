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

  /** Decodes a picture of the user's at the size that is set. */
  async function decode(brought: Named, worker: WorkerHandle<DataApi>) {
    const { size } = get().settings;
    const picture = await worker.call((api) => api.picture(brought.file, brought.name, size));
    if (picture.ok) yours = { brought, size, pixels: picture.pixels };
    return picture;
  }

  /** The picture that is set. */
  async function read(worker: WorkerHandle<DataApi>): Promise<Read<Loaded>> {
    const { settings } = get();
    const recipe = recipeOf(settings);
    const isOurs = settings.picture !== 'yours';
    if (!isOurs && yours && yours.size !== recipe.size) {
      const picture = await decode(yours.brought, worker);
      if (!picture.ok) return picture;
    }
    const shown = isOurs ? null : yours;
    const ratings = await worker.call((api) =>
      shown ? api.shop(recipe, shown.brought.name, shown.pixels) : api.shop(recipe, settings.picture),
    );
    return { ok: true, ratings, warnings: [] };
  }

  /** A picture of the user's, which is set from now on: all of it known, and without noise. */
  async function readYours(brought: Named, worker: WorkerHandle<DataApi>): Promise<Read<Loaded>> {
    const picture = await decode(brought, worker);
    if (!picture.ok) return picture;
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
