import { saysSo } from '../column-names';
import { markersAmong } from '../markers';
import type { Sheet } from '../sheet';
import { firstOfValues, matrix, surely } from './matrix';
import type { Shape } from './shape';

/** A row per item and a column per user: what is blank is not rated. */
export const turned: Shape = {
  id: 'turned',
  words: 'A matrix: items down, users across',
  needs: ['rating'],
  may: ['item'],
  rating: 'First user',
  each: 'cell',
  assumed: 'read-as-turned',
  guess(sheet, isSaid) {
    const first = firstOfValues(sheet);
    const { columns } = sheet;
    const item = columns.slice(0, Math.max(first, 1)).find((column) => column.score('item') >= saysSo);
    const users = columns.slice(first).filter((column) => column.score('user') >= saysSo);
    const isNamed = users.length >= 3 && users.length >= 0.5 * (columns.length - first);
    if (!isSaid && (!item || first > 5 || !(isNamed || isWide(sheet, first)))) return null;
    const rating = Math.max(first, (item?.at ?? -1) + 1);
    const unrated = markersAmong(columns.slice(rating).flatMap(({ numbers }) => numbers ?? []));
    const mapping = { user: -1, item: item?.at ?? -1, rating, time: -1 };
    return {
      mapping: unrated.length > 0 ? { ...mapping, unrated } : mapping,
      doubt: isNamed ? null : 'missing-column',
    };
  },
  reader(mapping, header) {
    const read = matrix.reader({ ...mapping, user: mapping.item }, header);
    return (row, line, put) =>
      read(row, line, (item, user, rating, time, at) => put(user, item, rating, time, at));
  },
};

/** Whether there are so many columns of values that these are nothing else, and none is called a rating, a user or a time. */
const isWide = ({ columns }: Sheet, first: number) =>
  columns.length - first >= surely &&
  columns.every((column) =>
    (['rating', 'user', 'time'] as const).every((role) => column.score(role) < saysSo),
  );
