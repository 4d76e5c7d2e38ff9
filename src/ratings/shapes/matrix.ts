import { saysSo } from '../column-names';
import { markersAmong } from '../markers';
import { type Column, numberOf, type Sheet } from '../sheet';
import { rows } from './rows';
import type { Guess, Shape } from './shape';

/** Fewer columns of values are too few to be sure of it. */
export const surely = 8;

/** A row per user and a column per item: what is blank is not rated. */
export const matrix: Shape = {
  id: 'matrix',
  words: 'A matrix: users down, items across',
  needs: ['rating'],
  may: ['user'],
  rating: 'First item',
  each: 'cell',
  assumed: 'read-as-matrix',
  guess(sheet, isSaid) {
    const first = firstOfValues(sheet);
    const count = sheet.columns.length - first;
    if (!isSaid && (count < (sheet.header ? 3 : 10) || first > 5 || isPlainRows(sheet))) return null;
    const { user, rating } = idsAmong(sheet, first);
    if (!isSaid && sheet.header && user < 0) return null;
    const values = sheet.columns.slice(rating).flatMap(({ numbers }) => numbers ?? []);
    const unrated = markersAmong(values);
    const mapping = { user, item: -1, rating, time: -1, ...(unrated.length > 0 ? { unrated } : {}) };
    return { mapping, doubt: count < surely || (!sheet.header && count < 20) ? 'missing-column' : null };
  },
  reader({ user, rating }, header) {
    return (row, line, put) => {
      const id = user < 0 ? String(line) : (row[user] ?? '');
      if (user >= 0 && isTotal(id)) return 'total';
      for (let at = rating; at < row.length; at++) {
        const text = row[at].trim();
        if (!isBlank(text) && !isTotal(header?.[at] ?? '')) put(id, nameOf(header, at, rating), text, '', at);
      }
      return null;
    };
  },
};

/** What spreadsheets add up below and beside a table. */
const isTotal = (name: string) =>
  /^((grand |sub)?total( g[eé]n[eé]ral)?|gesamt(ergebnis|summe)?|summe|suma( total)?|totale( complessivo)?|eindtotaal|总计|總計|合計|総計)$/i.test(
    name.trim(),
  );

const isBlank = (text: string) => text === '' || /^(nan|null|na|n\/a|none|-)$/i.test(text);

/** The name of an item: that of its column, or what stands in brackets in it, as forms have it; else its number. */
function nameOf(header: readonly string[] | null, at: number, first: number): string {
  const name = header?.[at]?.trim();
  return name ? (/\[(.+)\]$/.exec(name)?.[1] ?? name) : String(at - first + 1);
}

/** Whether the names say that there is a rating a row. */
const isPlainRows = (sheet: Sheet) =>
  sheet.header !== null &&
  (rows.guess(sheet, false)?.doubt === null ||
    sheet.columns.some((column) => column.score('rating') >= 4) ||
    sheet.columns.filter((column) => column.score('item') >= saysSo).length === 1);

/** Where the columns begin that have nothing but values of one scale. */
export function firstOfValues({ columns }: Sheet): number {
  const isValue = ({ texts, numbers, isCounting, isTime }: Column) =>
    texts.length === 0 ||
    (numbers !== null &&
      !isTime &&
      !(isCounting && texts.length > 5) &&
      numbers.every((n) => Math.abs(n) <= 1000));
  return columns.findLastIndex((column) => !isValue(column)) + 1;
}

/** Which column names the users, and where the items begin. */
function idsAmong(
  { columns, rows: body, header }: Sheet,
  first: number,
): Pick<Guess['mapping'], 'user' | 'rating'> {
  const before = columns.slice(0, Math.max(first, 1));
  const named = before.find((column) => column.score('user') >= saysSo);
  if (named) return { user: named.at, rating: Math.max(first, named.at + 1) };
  const ids = before.find(
    ({ texts, distinct, isTime }) => texts.length > 0 && distinct === texts.length && !isTime,
  );
  if (ids && (header || first > 0 || ids.isCounting))
    return { user: ids.at, rating: Math.max(first, ids.at + 1) };
  // Jester's first column says how many of the others are rated: it is nobody's rating.
  const isCount = body.every((row) => Number(row[0]) === countOf(row.slice(1)));
  return { user: -1, rating: isCount ? 1 : first };
}

function countOf(row: readonly string[]): number {
  const values = row.map((text) => numberOf(text.trim())).filter((value) => value !== null);
  return values.filter((value) => value !== 99).length;
}
