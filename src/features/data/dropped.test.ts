import { expect, test } from 'vitest';
import { filesDropped } from './dropped';

type Tree = { readonly [name: string]: string | Tree };

/** Entries as browsers give them: some at a time. */
function entryOf(name: string, content: string | Tree): object {
  if (typeof content === 'string')
    return { name, isFile: true, file: (found: (file: File) => void) => found(new File([content], name)) };
  const left = Object.entries(content).map((each) => entryOf(...each));
  const readEntries = (found: (some: object[]) => void) => found(left.splice(0, 2));
  return { name, isDirectory: true, createReader: () => ({ readEntries }) };
}

const dropping = (tree: Tree) =>
  ({
    items: Object.entries(tree).map((each) => ({ webkitGetAsEntry: () => entryOf(...each) })),
    files: Object.keys(tree).map((name) => new File(['as it is'], name)),
  }) as unknown as DataTransfer;

test('files come as they are, folders with all that is in them and their folders', async () => {
  const plain = await filesDropped(dropping({ 'a.csv': 'x', 'b.csv': 'y' }));
  expect(plain.map(({ name }) => name)).toEqual(['a.csv', 'b.csv']);
  const parts = { _SUCCESS: '', '.part-0.crc': 'x', 'part-0': '0', 'part-1': '1', more: { 'part-2': '2' } };
  const all = await filesDropped(dropping({ 'movies.csv': 'm', 'ratings.csv': parts }));
  expect(await Promise.all(all.map(async (file) => [file.name, await file.text()]))).toEqual([
    ['movies.csv', 'm'],
    ['part-0', '0'],
    ['part-1', '1'],
    ['part-2', '2'],
  ]);
});
