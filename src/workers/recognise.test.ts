import { expect, test } from 'vitest';
import { sorted } from './recognise';

const named = (name: string, content: string) => ({ name, file: new Blob([content]) });

const movies = 'movieId,title,genres\n10,Heat (1995),Action\n30,Fargo (1996),Comedy|Crime\n';
const ratings = 'userId,movieId,rating,timestamp\n1,10,4,900\n1,20,3.5,901\n2,10,5,902\n';

test('files brought together are told apart', async () => {
  const of = async (...files: [string, string][]) => {
    const answer = await sorted(files.map(([name, content]) => named(name, content)));
    if (typeof answer === 'string') return answer;
    return [answer.ratings?.name, answer.test?.name, answer.titles?.name];
  };
  const rows = '1\t10\t4\t900\n';
  expect(await of(['movies.csv', movies], ['ratings.csv', ratings])).toEqual([
    'ratings.csv',
    undefined,
    'movies.csv',
  ]);
  expect(await of(['u1.test', rows], ['u1.base', rows], ['u.item', '1|Heat'])).toEqual([
    'u1.base',
    'u1.test',
    'u.item',
  ]);
  expect(await of(['README.txt', 'About this data set'], ['ratings.csv', ratings])).toEqual([
    'ratings.csv',
    undefined,
    undefined,
  ]);
  expect(await of(['films.csv', 'id,title\n1,Heat'])).toEqual([undefined, undefined, 'films.csv']);
  expect(await of(['a.csv', ratings], ['b.csv', ratings])).toBe('several-ratings-files');
  expect(await of(['README.txt', 'x'], ['notes.txt', 'y'])).toBe('no-ratings-among-files');
});
