import Papa from 'papaparse';
import { nameScore, saysSo } from './column-names';
import { delimiterOf, plainNames } from './columns';

/** What items are called. */
export interface Title {
  readonly title: string;
  /** As `Comedy|Drama`; empty where none are known. */
  readonly genres: string;
}

const idNames = 'movieid itemid id item bookid isbn asin productid trackid songid'.split(' ');
const titleNames = 'title name movietitle booktitle itemname originaltitle'.split(' ');
const genreNames = ['genres', 'genre', 'category', 'categories'];

/** The flags at the end of a row of MovieLens 100K's u.item, in their order. */
const flags =
  'unknown|Action|Adventure|Animation|Children|Comedy|Crime|Documentary|Drama|Fantasy|Film-Noir|Horror|Musical|Mystery|Romance|Sci-Fi|Thriller|War|Western'.split(
    '|',
  );

/** Whether a file of this name, or with this first line, tells what items are called rather than ratings. */
export function isTitles(fileName: string, firstLine = ''): boolean {
  if (/(^|[/\\])(movies\.(csv|dat|tsv)|u\.item|titles?\.(csv|tsv|txt)|items\.csv)$/i.test(fileName))
    return true;
  const names = firstLine.split(delimiterOf(firstLine));
  const fields = plainNames(names);
  return (
    fields.some((field) => titleNames.includes(field)) &&
    fields.some((field) => idNames.includes(field)) &&
    !names.some((name) => nameScore(name, 'rating') >= saysSo)
  );
}

/**
 * Reads what items are called, by their id as text: MovieLens movies.csv, movies.dat, u.item, and tables with an id
 * and a title column. Empty where there is nothing of the kind.
 */
export function readTitles(text: string): Map<string, Title> {
  const source = text.replace(/^\ufeff/, '').replace(/\r\n?/g, '\n');
  const delimiter = delimiterOf(source.slice(0, source.indexOf('\n') >>> 0));
  // Only a comma needs quotes around a title; elsewhere they belong to it.
  const quoteChar = delimiter === ',' || delimiter === ';' ? '"' : '\0';
  const { data } = new Papa.Parser({ delimiter, newline: '\n', quoteChar }).parse(source, 0, false);
  const titles = new Map<string, Title>();
  if (data.length === 0) return titles;
  const header = plainNames(data[0]);
  const at = (names: readonly string[]) => header.findIndex((field) => names.includes(field));
  const named = at(titleNames) >= 0 && at(idNames) >= 0;
  const [id, title, genres] = named ? [at(idNames), at(titleNames), at(genreNames)] : [0, 1, 2];
  for (const row of named ? data.slice(1) : data) {
    const [key, name] = [row[id]?.trim(), row[title]?.trim()];
    if (!key || !name) continue;
    const flagged = !named && row.length >= flags.length + 5;
    titles.set(key, {
      title: name.slice(0, 300),
      genres: flagged
        ? flags.filter((_, f) => row[row.length - flags.length + f]?.trim() === '1').join('|')
        : (row[genres]?.trim() ?? '').slice(0, 300),
    });
  }
  return titles;
}
