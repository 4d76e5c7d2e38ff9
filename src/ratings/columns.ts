/** Where a row keeps what; `time` is −1 where there is none. */
export interface Columns {
  readonly user: number;
  readonly item: number;
  readonly rating: number;
  readonly time: number;
  /** Whether the first row names the columns. */
  readonly header: boolean;
}

const names = {
  user: ['user', 'userid', 'uid', 'username'],
  item: [
    'item',
    'itemid',
    'movie',
    'movieid',
    'iid',
    'product',
    'productid',
    'book',
    'bookid',
    'isbn',
    'song',
    'songid',
    'track',
    'trackid',
  ],
  rating: ['rating', 'score', 'stars', 'value', 'bookrating'],
  time: ['timestamp', 'time', 'ts', 'date', 'unixtime'],
};

const number = /^[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?$/;

/** A rating as text to its value; null where it is no finite number. */
export function parseRating(text: string): number | null {
  return number.test(text) && Math.abs(Number(text)) < 3e38 ? Number(text) : null;
}

/** The delimiter of a text by its first line that is not blank: the rarer ones first, `;` before `,`. */
export function delimiterOf(line: string): string {
  return ['::', '\t', ';', '|', ','].find((candidate) => line.includes(candidate)) ?? ' ';
}

/** Finds the columns by name, else by place (user, item, rating, time) where the third field is a number. */
export function findColumns(
  first: readonly string[],
): Columns | 'missing-column' | 'ambiguous-columns' | 'no-ratings' {
  const cleaned = first.map((field) =>
    field
      .trim()
      .toLowerCase()
      .replace(/[_\s-]/g, ''),
  );
  const at = (known: readonly string[]) => cleaned.flatMap((field, i) => (known.includes(field) ? [i] : []));
  const [user, item, rating, time] = [at(names.user), at(names.item), at(names.rating), at(names.time)];
  if (user.length + item.length + rating.length > 0) {
    if (user.length > 1 || item.length > 1 || rating.length > 1) return 'ambiguous-columns';
    if (user.length === 0 || item.length === 0 || rating.length === 0) return 'missing-column';
    return { user: user[0], item: item[0], rating: rating[0], time: time[0] ?? -1, header: true };
  }
  if (first.length < 3) return 'no-ratings';
  if (parseRating(first[2].trim()) === null) return 'missing-column';
  return { user: 0, item: 1, rating: 2, time: first.length > 3 ? 3 : -1, header: false };
}
