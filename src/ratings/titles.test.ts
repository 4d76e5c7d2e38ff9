import { expect, test } from 'vitest';
import { isTitles, readTitles } from './titles';

test('reads the titles of movies.csv, movies.dat, u.item and tables that name their columns', () => {
  const heat = { title: 'Heat, The (1995)', genres: 'Action|Crime' };
  expect(
    readTitles(
      'movieId,title,genres\r\n1,Toy Story (1995),Animation\r\n6,"Heat, The (1995)",Action|Crime\r\n',
    ),
  ).toEqual(
    new Map([
      ['1', { title: 'Toy Story (1995)', genres: 'Animation' }],
      ['6', heat],
    ]),
  );
  expect(readTitles('6::Heat, The (1995)::Action|Crime\n')).toEqual(new Map([['6', heat]]));
  const flags = Array.from({ length: 19 }, (_, f) => (f === 1 || f === 6 ? 1 : 0)).join('|');
  expect(readTitles(`6|Heat, The (1995)|01-Jan-1995||http://example|${flags}\n`)).toEqual(
    new Map([['6', heat]]),
  );
  expect(readTitles('\ufeffBook_ID;Author;Book Title\n007;A;"Dr. ""No"""\n')).toEqual(
    new Map([['007', { title: 'Dr. "No"', genres: '' }]]),
  );
  expect(readTitles('')).toEqual(new Map());
  expect(readTitles('movieId,title\n1,\n,x\n')).toEqual(new Map());
});

test('tells titles from ratings by name, or by the first line', () => {
  expect(
    ['movies.csv', 'ml/u.item', 'movies.dat', 'ratings.csv', 'u.data'].map((name) => isTitles(name)),
  ).toEqual([true, true, true, false, false]);
  expect(isTitles('films.csv', 'id,title,year')).toBe(true);
  expect(isTitles('all.csv', 'userId,movieId,title,rating')).toBe(false);
});
