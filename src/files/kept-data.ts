import * as v from 'valibot';
import type { Named, ReadOptions } from '../ratings/formats/format';

/** Bytes of a data set that are kept at most. */
export const mostKept = 256 * 2 ** 20;

/** Files, how they were read, and the link to what was made of them. */
export interface KeptData {
  readonly files: readonly Named[];
  readonly options: ReadOptions;
  readonly link: string;
}

/** What there is: a data set, one that cannot be read, one that a newer version of the app has kept, or nothing. */
export type FoundData = KeptData | 'corrupt' | 'newer' | null;

export interface Keeper {
  /** Keeps files in place of those before, whole or not at all. Throws where there is no room, or no storage. */
  keep(data: KeptData): Promise<void>;
  /** The link to what has become of them since; nothing, where another tab keeps its own by now. */
  note(link: string): Promise<void>;
  find(): Promise<FoundData>;
  forget(): Promise<void>;
}

const version = 1;
const folderName = 'last-data';
const recipeName = 'recipe.json';

/** What is said of the files; `owner` is the tab that keeps them. How they were read, only their reader can check. */
const recipeShape = v.object({
  owner: v.string(),
  link: v.string(),
  options: v.record(v.string(), v.unknown()),
  files: v.array(
    v.object({
      stored: v.string(),
      name: v.string(),
      as: v.optional(v.picklist(['test', 'titles', 'person'])),
      how: v.optional(v.record(v.string(), v.unknown())),
    }),
  ),
});
type Recipe = v.InferOutput<typeof recipeShape>;

/** Keeps the last data set in the file system that the browser has for this site: on this machine, for nobody else. */
export function keeperIn(root: () => Promise<FileSystemDirectoryHandle>): Keeper {
  const owner = crypto.randomUUID();
  let count = 0;
  /** What files are called here that were found here: they are not written once more. */
  const names = new WeakMap<Blob, string>();

  const folder = async () => (await root()).getDirectoryHandle(folderName, { create: true });

  /** What tabs do with the folder, they do one after the other. */
  const alone = <T>(work: () => Promise<T>): Promise<T> =>
    globalThis.navigator?.locks?.request(folderName, work) ?? work();

  /** A file is there once all of it is. */
  async function write(into: FileSystemDirectoryHandle, name: string, content: Blob | string) {
    const file = await into.getFileHandle(name, { create: true });
    const out = await file.createWritable();
    await out.write(content);
    await out.close();
  }

  const writeRecipe = (into: FileSystemDirectoryHandle, recipe: Recipe) =>
    write(into, recipeName, JSON.stringify({ version, ...recipe }));

  /** Lets go of all files but these. */
  async function keepOnly(from: FileSystemDirectoryHandle, names: readonly string[]) {
    for await (const name of from.keys()) if (!names.includes(name)) await from.removeEntry(name);
  }

  async function read(from: FileSystemDirectoryHandle): Promise<Recipe | 'corrupt' | 'newer' | null> {
    let text: string;
    try {
      text = await (await (await from.getFileHandle(recipeName)).getFile()).text();
    } catch {
      return null;
    }
    try {
      const said = JSON.parse(text);
      if (said.version > version) return 'newer';
      return v.parse(recipeShape, said);
    } catch {
      return 'corrupt';
    }
  }

  return {
    keep: ({ files, options, link }) =>
      alone(async () => {
        const into = await folder();
        const before = await read(into);
        count++;
        const described = files.map(({ file, ...said }, i) => ({
          ...said,
          stored: names.get(file) ?? `${owner}-${count}-${i}`,
        }));
        try {
          for (const [i, { stored }] of described.entries())
            if (!names.has(files[i].file)) await write(into, stored, files[i].file);
          await writeRecipe(into, {
            owner,
            link,
            options: { ...options },
            files: described as Recipe['files'],
          });
        } catch (error) {
          const old = before && typeof before === 'object' ? before.files.map(({ stored }) => stored) : [];
          await keepOnly(into, [recipeName, ...old]).catch(() => {});
          throw error;
        }
        await keepOnly(into, [recipeName, ...described.map(({ stored }) => stored)]);
      }),
    note: (link) =>
      alone(async () => {
        const into = await folder();
        const recipe = await read(into);
        if (recipe && typeof recipe === 'object' && recipe.owner === owner)
          await writeRecipe(into, { ...recipe, link });
      }),
    find: () =>
      alone(async () => {
        const from = await folder();
        const recipe = await read(from);
        if (recipe === null || typeof recipe === 'string') return recipe;
        try {
          const { link, options } = recipe;
          const files = await Promise.all(
            recipe.files.map(async ({ stored, ...said }) => {
              const file = await (await from.getFileHandle(stored)).getFile();
              names.set(file, stored);
              return { ...said, file } as Named;
            }),
          );
          return { files, options, link };
        } catch {
          return 'corrupt';
        }
      }),
    forget: () => alone(async () => keepOnly(await folder(), [])),
  };
}
