import { saysSo } from '../column-names';
import type { Column } from '../sheet';
import { rows } from './rows';
import type { Shape } from './shape';

/** Who rates in a file that has nobody's name. */
export const onePerson = 'me';

const isAllDifferent = ({ texts, distinct }: Column) => texts.length > 1 && distinct === texts.length;

/** What a person exports of their own ratings: titles as items, and nobody's name. */
export const person: Shape = {
  id: 'person',
  words: 'One person’s ratings, without a user column',
  needs: ['item', 'rating'],
  may: ['time'],
  each: 'row',
  isOfOne: true,
  guess(sheet, isSaid) {
    const { columns } = sheet;
    const usual = sheet.header && rows.guess(sheet, false);
    if (!usual) return isSaid ? { mapping: { user: -1, item: 0, rating: 1, time: -1 }, doubt: null } : null;
    const { rating, time } = usual.mapping;
    const isNamed = columns.some((column) => column.score('user') >= saysSo);
    if (!isSaid && (isNamed || rating < 0 || columns[rating].score('rating') < saysSo)) return null;
    const titles = columns.filter(({ at }) => at !== rating && at !== time);
    const called = titles.filter((column) => column.score('item') > 0).filter(isAllDifferent);
    const likeness = (column: Column) =>
      (isText(column) ? 2 : 0) + (/title|name/i.test(sheet.header?.[column.at] ?? '') ? 1 : 0);
    const item = called.toSorted((a, b) => likeness(b) - likeness(a))[0]?.at ?? (isSaid ? titles[0]?.at : -1);
    if (item === undefined || item < 0) return null;
    const numbers = columns[rating]?.numbers ?? [];
    const unrated = numbers.includes(0) && numbers.every((n) => n === 0 || n >= 0.5) ? { unrated: [0] } : {};
    return { mapping: { user: -1, item, rating, time, ...unrated }, doubt: 'no-user-column' };
  },
  reader({ item, rating, time }, header) {
    const year =
      header?.findIndex((name) => /^((movie|film|show)\.)?(release[ _]?)?year$/i.test(name.trim())) ?? -1;
    return (row, _, put) => {
      // Films of one name are told apart by their years.
      const when = /^\d{4}$/.test(row[year]?.trim() ?? '') ? ` (${row[year].trim()})` : '';
      const title = row[item]?.trim() ?? '';
      put(onePerson, title && title + when, row[rating] ?? '', row[time] ?? '', rating);
      return null;
    };
  },
};

/** Titles rather than numbers or addresses. */
const isText = ({ numbers, texts }: Column) => !numbers && !texts.some((text) => /^https?:|^=?"/.test(text));
