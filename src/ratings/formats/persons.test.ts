import { gzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import type { Mapping } from '../columns';
import type { Named } from './format';
import { readFiles } from './read-files';

const named = (name: string, content: BlobPart): Named => ({ name, file: new Blob([content]) });
const read = (files: readonly Named[]) =>
  readFiles(
    files,
    {},
    () => {},
    () => undefined,
  );

const films = ['Matrix, The (1999)', 'Heat (1995)', 'Fargo (1996)', 'Alien (1979)'];
const movies = named(
  'movies.csv',
  `movieId,title,genres\n${films.map((film, i) => `${10 + i},"${film}",x`).join('\n')}\n`,
);
const rows = Array.from(
  { length: 40 },
  (_, i) => `${i % 10},${10 + Math.floor(i / 10)},${(1 + (i % 10)) / 2},${1_400_000_000 + i}`,
);
const ratings = named('ratings.csv', `userId,movieId,rating,timestamp\n${rows.join('\n')}\n`);

/** One person's file, as it is guessed. */
async function person(name: string, text: BlobPart): Promise<Named> {
  const asked = await read([named(name, text)]);
  const mapping = (asked.ok ? null : asked.problem.preview?.mapping) as Mapping;
  expect(mapping).toMatchObject({ shape: 'person' });
  return { ...named(name, text), as: 'person', how: { mapping } };
}

const letterboxd =
  'Date,Name,Year,Letterboxd URI,Rating\n2020-01-02,The Matrix,1999,https://boxd.it/a,4.5\n2020-01-03,Heat,1986,https://boxd.it/b,2\n2020-01-04,Fargo,1996,https://boxd.it/c,5\n';

test('one person’s ratings become those of one more user, by titles and years; what no item is called is said', async () => {
  const result = await read([ratings, movies, await person('mine.csv.gz', gzipSync(letterboxd))]);
  if (!result.ok) throw new Error(result.problem.code);
  const { users, items, values, userIds, itemIds, times, ratingCount } = result.ratings;
  expect([result.ratings.userCount, ratingCount]).toEqual([11, 42]);
  const mine = [...values.keys()].filter((j) => userIds?.[users[j]] === 'me');
  expect(mine.map((j) => `${itemIds?.[items[j]]} ${values[j]}`)).toEqual(['10 4.5', '12 5']);
  const timeOf = (j: number) => times && times.origin + times.unit * times.at[j];
  expect(mine.map(timeOf)).toEqual([Date.UTC(2020, 0, 2) / 1000, Date.UTC(2020, 0, 4) / 1000]);
  expect(result.warnings).toEqual([
    { code: 'person-added', count: 2, of: 3, value: 1, example: 'me' },
    { code: 'person-unknown', count: 1, names: ['Heat (1986)'] },
  ]);
});

test('a second person is a user of their own, whatever the others are called', async () => {
  const called = named(
    'ratings.csv',
    `userId,movieId,rating,timestamp\n${rows.join('\n')}\nme 2,10,3,1400000001\n`,
  );
  const second = letterboxd.replace('4.5', '1').replace('1986', '1995');
  const people = [await person('mine.csv', letterboxd), await person('hers.csv', second)];
  const result = await read([called, movies, ...people]);
  if (!result.ok) throw new Error(result.problem.code);
  const { users, items, values, userIds, itemIds } = result.ratings;
  const of = (name: string) =>
    [...values.keys()]
      .filter((j) => userIds?.[users[j]] === name)
      .map((j) => `${itemIds?.[items[j]]} ${values[j]}`);
  expect(of('me')).toEqual(['10 4.5', '12 5']);
  expect(of('me 2')).toEqual(['10 3']);
  expect(of('me 3')).toEqual(['10 1', '11 2', '12 5']);
  const added = result.warnings.filter(({ code }) => code === 'person-added');
  expect(added.map(({ example }) => example)).toEqual(['me', 'me 3']);
});

test('they are brought to the scale of the others, and are no part of a test set', async () => {
  const imdb = `Const,Your Rating,Date Rated,Title,URL,Title Type,IMDb Rating,Year\n${films
    .map(
      (film, i) =>
        `tt${i},${7 + i},2021-03-0${1 + i},"${film.slice(0, -7)}",https://x/${i},Movie,8.${i},${film.slice(-5, -1)}`,
    )
    .join('\n')}\n`;
  const held = {
    ...named('held.csv', 'userId,movieId,rating,timestamp\n3,10,1,1500000000\n'),
    as: 'test' as const,
  };
  const result = await read([ratings, movies, await person('imdb.csv', imdb), held]);
  if (!result.ok) throw new Error(result.problem.code);
  const { users, values, userIds, testCount } = result.ratings;
  expect([...values].filter((_, j) => userIds?.[users[j]] === 'me')).toEqual([3.5, 4, 4.5, 5]);
  expect(testCount).toBe(1);
  expect(result.warnings).toContainEqual({
    code: 'person-added',
    count: 4,
    of: 4,
    value: 0.5,
    example: 'me',
  });
});

test('where nothing is called so, that is why they are not added', async () => {
  expect(await read([ratings, await person('mine.csv', letterboxd)])).toMatchObject({
    problem: { code: 'nothing-in-common', fileName: 'mine.csv' },
  });
});
