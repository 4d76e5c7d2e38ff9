import { expect, test } from 'vitest';
import { itemsByTitle } from './same-titles';

const titles = new Map(
  Object.entries({
    1: 'Matrix, The (1999)',
    2: 'Seven (a.k.a. Se7en) (1995)',
    3: 'Solaris (Solyaris) (1972)',
    4: 'Solaris (2002)',
    5: 'Amélie (Fabuleux destin d’Amélie Poulain, Le) (2001)',
    6: 'Heat (1995)',
    7: 'Fargo',
  }).map(([id, title]) => [id, { title, genres: '' }]),
);
const find = itemsByTitle([...titles.keys(), '1984', '0439023483'], titles);

test.each([
  ['The Matrix (1999)', '1'],
  ['the matrix', '1'],
  ['Se7en (1995)', '2'],
  ['Solaris (1972)', '3'],
  ['Solaris (2003)', '4'],
  ['Solaris', null],
  ['Solaris (1985)', null],
  ['Amelie (2001)', '5'],
  ['Le Fabuleux Destin d’Amélie Poulain', '5'],
  ['Heat (1986)', null],
  ['Fargo (1996)', '7'],
  ['0439023483', '0439023483'],
  ['300', null],
  ['The', null],
  ['', null],
])('%j is item %s', (title, id) => expect(find(title)).toBe(id));

test('where items have no titles, their ids are what they are called', () => {
  const byId = itemsByTitle(['The Hobbit', 'dune'], null);
  expect([byId('Hobbit, The'), byId('Dune (1965)'), byId('Emma')]).toEqual(['The Hobbit', 'dune', null]);
});
