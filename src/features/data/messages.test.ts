import { expect, test } from 'vitest';
import { readFiles } from '../../ratings/formats/read-files';
import { problemSentence, reasonOf } from './messages';

test('of what is packed in a way that is not read it is said which it is, and what to do', () => {
  expect(problemSentence({ code: 'unsupported-zip', fileName: 'a.zip', packing: 'bzip2' })).toBe(
    'a.zip was not loaded: it is a ZIP packed with bzip2, which is not read here; unpack it, and drop what is in it.',
  );
  expect(problemSentence({ code: 'unsupported-compression', fileName: 'r.xz', packing: 'xz' })).toBe(
    'r.xz was not loaded: it is compressed with xz, which is not read here; unpack it first, or pack it with gzip.',
  );
});

/** What is said of a table that has to be asked about. */
async function askedOf(text: string) {
  const files = [{ name: 'mine.csv', file: new Blob([text]) }];
  const read = await readFiles(
    files,
    {},
    () => {},
    () => undefined,
  );
  return read.ok ? '' : reasonOf(read.problem);
}

/** Rows of a user, a thing and a number of stars. */
const rowsOf = (fields: (user: string, thing: string, stars: number) => readonly unknown[]) =>
  Array.from({ length: 60 }, (_, i) =>
    fields(`u${i % 10}`, `thing ${i % 23}`, 1 + ((i * i) % 5)).join(','),
  ).join('\n');

test('a column that is filled in by a guess is not said to be missing', async () => {
  expect(await askedOf(`user,what,rating\n${rowsOf((...all) => all)}`)).toBe(
    'no column is named as the item; what is chosen is a guess',
  );
  expect(await askedOf(`who,what,rating\n${rowsOf((...all) => all)}`)).toBe(
    'no column is named as the user or the item; what is chosen is a guess',
  );
  expect(await askedOf(`who,what,how\n${rowsOf((...all) => all)}`)).toBe(
    'no column is named as the user, the item or the rating; what is chosen is a guess',
  );
  expect(await askedOf(`user,item,colour\n${rowsOf((user, thing) => [user, thing, 'none'])}`)).toBe(
    'it has no rating column; one rating per line is needed',
  );
});
