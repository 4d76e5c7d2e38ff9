import { expect, test } from 'vitest';
import { keeperIn } from './kept-data';

/** A file system in memory, of which every write may fail; files that are gone cannot be read any more. */
function fileSystem() {
  const files = new Map<string, string>();
  const disk = { files, writes: 0, fails: (_: number) => false };
  const missing = () => new DOMException('not there', 'NotFoundError');
  const folder = {
    async getFileHandle(name: string, { create = false } = {}) {
      if (!files.has(name) && !create) throw missing();
      if (!files.has(name)) files.set(name, '');
      return {
        getFile: async () => new Blob([files.get(name) ?? '']),
        async createWritable() {
          let content = '';
          return {
            async write(what: Blob | string) {
              if (disk.fails(++disk.writes)) throw new DOMException('full', 'QuotaExceededError');
              content += typeof what === 'string' ? what : await what.text();
            },
            close: async () => void files.set(name, content),
          };
        },
      };
    },
    async removeEntry(name: string) {
      if (!files.delete(name)) throw missing();
    },
    async *keys() {
      yield* [...files.keys()];
    },
  };
  const root = async () => ({ getDirectoryHandle: async () => folder }) as never;
  return { disk, root };
}

const data = (name: string, link = `link of ${name}`) => ({
  files: [
    { file: new Blob([`ratings of ${name}`]), name },
    { file: new Blob(['held out']), name: 'test.csv', as: 'test' as const },
  ],
  options: { range: [1, 5] as const },
  link,
});

/** What there is, with the bytes of its files. */
async function foundIn(root: ReturnType<typeof fileSystem>['root']) {
  const found = await keeperIn(root).find();
  if (found === null || typeof found === 'string') return found;
  const texts = await Promise.all(found.files.map(({ file }) => file.text()));
  return { texts, names: found.files.map(({ name }) => name), options: found.options, link: found.link };
}
const whole = (name: string, link = `link of ${name}`) => ({
  ...{ texts: [`ratings of ${name}`, 'held out'], names: [name, 'test.csv'] },
  ...{ options: { range: [1, 5] }, link },
});

test('what was kept is found again, whole; the newest takes the place of what was there; it can be forgotten', async () => {
  const { root, disk } = fileSystem();
  expect(await foundIn(root)).toBeNull();
  const keeper = keeperIn(root);
  for (const name of ['a.csv', 'b.csv']) {
    await keeper.keep(data(name));
    expect(await foundIn(root)).toEqual(whole(name));
    expect(disk.files.size).toBe(3);
  }
  await keeper.note('link of now');
  expect(await foundIn(root)).toEqual(whole('b.csv', 'link of now'));
  await keeper.forget();
  expect([await foundIn(root), disk.files.size]).toEqual([null, 0]);
});

test('a tab does not say of the files of another what has become of its own', async () => {
  const { root } = fileSystem();
  const [first, second] = [keeperIn(root), keeperIn(root)];
  await first.keep(data('first.csv'));
  await second.keep(data('second.csv'));
  await first.note('link of the first');
  expect(await foundIn(root)).toEqual(whole('second.csv'));
  await second.note('link of the second');
  expect(await foundIn(root)).toEqual(whole('second.csv', 'link of the second'));
});

test('what was found here is kept as it lies, and is the finder’s from then on', async () => {
  const { root, disk } = fileSystem();
  await keeperIn(root).keep(data('a.csv'));
  const other = keeperIn(root);
  const found = await other.find();
  if (found === null || typeof found === 'string') throw new Error('nothing was found');
  const { writes } = disk;
  await other.keep(found);
  expect(disk.writes).toBe(writes + 1);
  await other.note('link of the other');
  expect(await foundIn(root)).toEqual(whole('a.csv', 'link of the other'));
});

test('whichever write fails, once or for ever, what was there before is whole, and the next try works', async () => {
  for (const forEver of [false, true])
    for (let n = 1; n <= 3; n++) {
      const { root, disk } = fileSystem();
      const keeper = keeperIn(root);
      await keeper.keep(data('before.csv'));
      const failing = disk.writes + n;
      disk.fails = (write) => (forEver ? write >= failing : write === failing);
      await expect(keeper.keep(data('new.csv'))).rejects.toHaveProperty('name', 'QuotaExceededError');
      expect(await foundIn(root)).toEqual(whole('before.csv'));
      expect(disk.files.size).toBe(3);
      disk.fails = () => false;
      await keeper.keep(data('new.csv'));
      expect(await foundIn(root)).toEqual(whole('new.csv'));
    }
});

test('what cannot be read, or was kept by a newer version, is said to be so, and can be forgotten', async () => {
  const { root, disk } = fileSystem();
  const keeper = keeperIn(root);
  await keeper.keep(data('a.csv'));
  const recipe = disk.files.get('recipe.json') ?? '';
  for (const [broken, what] of [
    ['{', 'corrupt'],
    ['null', 'corrupt'],
    ['{"version":1}', 'corrupt'],
    [recipe.replace('"version":1', '"version":2'), 'newer'],
  ]) {
    disk.files.set('recipe.json', broken);
    expect(await foundIn(root)).toBe(what);
  }
  disk.files.set('recipe.json', recipe);
  for (const name of disk.files.keys()) if (name !== 'recipe.json') disk.files.delete(name);
  expect(await foundIn(root)).toBe('corrupt');
  await keeper.forget();
  expect(await foundIn(root)).toBeNull();
});
