import type { Shape } from './shape';

const heading = /^(.+):$/;
const isHeading = (row: readonly string[]) => row.length === 1 && heading.test(row[0].trim());

/** The Netflix Prize's: a line with the item and a colon, and under it a user, a rating and a date a line. */
export const sections: Shape = {
  id: 'sections',
  words: 'A line “1:” above the ratings of each item',
  needs: ['user', 'rating'],
  may: ['time'],
  each: 'row',
  guess({ rows, columns }, isSaid) {
    if (!isSaid && (!isHeading(rows[0] ?? []) || columns.length < 2)) return null;
    return { mapping: { user: 0, item: -1, rating: 1, time: columns.length > 2 ? 2 : -1 }, doubt: null };
  },
  reader({ user, rating, time }) {
    let item = '';
    return (row, _, put) => {
      if (isHeading(row)) {
        item = heading.exec(row[0].trim())?.[1] ?? '';
        return 'section';
      }
      put(row[user] ?? '', item, row[rating] ?? '', row[time] ?? '', rating);
      return null;
    };
  },
};
