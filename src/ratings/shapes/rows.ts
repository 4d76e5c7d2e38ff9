import { type Named, saysSo } from '../column-names';
import type { DataCode } from '../problem';
import { type Column, isEntityLike, isRatingLike, type Sheet } from '../sheet';
import type { Guess, Shape } from './shape';

/** A rating a row: columns by name, else by what their values are like. */
export const rows: Shape = {
  id: 'rows',
  words: 'One rating a row',
  needs: ['user', 'item', 'rating'],
  may: ['time'],
  each: 'row',
  guess: (sheet) => (sheet.header ? byName(sheet) : byPlace(sheet)),
  reader({ user, item, rating, time }) {
    return (row, _, put) => {
      put(row[user] ?? '', row[item] ?? '', row[rating] ?? '', row[time] ?? '', rating);
      return null;
    };
  },
};

type Found = { readonly at: number; readonly doubt: 'missing-column' | 'ambiguous-columns' | null };

const nobody = -1;

/** The column whose name fits best, where one does, else the first that looks like it. */
function find(
  columns: readonly Column[],
  role: Named,
  taken: readonly number[],
  fits: (column: Column) => boolean,
): Found {
  const free = columns.filter(({ at }) => !taken.includes(at));
  const named = free.filter((column) => column.score(role) > 0);
  // Names that only may be it have to look like it as well; where nothing does, they are all there is.
  const trusted = named.filter((column) => column.score(role) >= 4 || fits(column));
  const [best, next] = (trusted.length > 0 ? trusted : named).toSorted(
    (a, b) => b.score(role) - a.score(role) || a.at - b.at,
  );
  if (!best) return { at: free.find(fits)?.at ?? nobody, doubt: 'missing-column' };
  if (best.score(role) < saysSo) return { at: best.at, doubt: 'missing-column' };
  return { at: best.at, doubt: next?.score(role) === best.score(role) ? 'ambiguous-columns' : null };
}

/** By name, and where names do not say, by values. */
function byName({ columns }: Sheet): Guess {
  const rating = find(columns, 'rating', [], isRatingLike);
  const time = find(columns, 'time', [rating.at], ({ isTime }) => isTime);
  const user = find(columns, 'user', [rating.at, time.at], isEntityLike);
  const item = find(columns, 'item', [rating.at, time.at, user.at], isEntityLike);
  const isOnlyOne = isLeftOver(columns, [user, item, rating, time]);
  const doubts = [user, item, ...(isOnlyOne ? [] : [rating])].map(({ doubt }) => doubt);
  const doubt =
    doubts.find((one) => one === 'ambiguous-columns') ?? doubts.find((one) => one !== null) ?? null;
  const [mapping, fixed] = withFallbacks(columns, {
    user: user.at,
    item: item.at,
    rating: rating.at,
    time: timeAmong(columns, time.at),
  });
  return { mapping, doubt: doubt ?? fixed };
}

/**
 * Whether the rating has a name that only may be one (`weight`, `plays`), and beside users and items that say what they
 * are no other number stands that could be meant. What such values are like is said of them once they are read.
 */
function isLeftOver(columns: readonly Column[], found: readonly Found[]): boolean {
  const [user, item, rating] = found;
  const isSaid = user.doubt === null && item.doubt === null && columns[rating.at]?.score('rating') > 0;
  return isSaid && columns.every(({ at, numbers }) => !numbers || found.some((one) => one.at === at));
}

type Places = Guess['mapping'];

/** Small tables show no pattern: there the first columns that are left stand for what nothing looks like. */
function withFallbacks(columns: readonly Column[], places: Places): [Places, DataCode | null] {
  const left = columns.filter(
    ({ at, isTime, isCounting }) =>
      ![places.user, places.item, places.rating, places.time].includes(at) && !isTime && !isCounting,
  );
  const user = places.user >= 0 ? places.user : (left.shift()?.at ?? nobody);
  const item = places.item >= 0 ? places.item : (left.find(({ at }) => at !== user)?.at ?? nobody);
  return [{ ...places, user, item }, null];
}

/** Of columns of times the one that was found, where it can be read; else another of that name that can be. */
function timeAmong(columns: readonly Column[], found: number): number {
  if (found < 0 || columns[found]?.isTime) return found;
  const other = columns.find((column) => column.isTime && column.score('time') > 0);
  return other?.at ?? (columns[found].score('time') > 0 ? found : nobody);
}

/** ISBN and ASIN, which only products have. */
const productId = /^(B0[0-9A-Z]{8}|\d{9}[\dX])$/;

/** Whether every text of one column goes with a single text of the other. */
function determines(sheet: Sheet, one: number, other: number): boolean {
  const seen = new Map<string, string>();
  return sheet.rows.every((row) => {
    const before = seen.get(row[one]);
    seen.set(row[one], row[other]);
    return before === undefined || before === row[other];
  });
}

/** User and item among some columns, in their order, unless the values say that it is the other way round. */
function pairAmong(sheet: Sheet, found: readonly Column[]): [user: number, item: number] {
  const [first, ...others] = found;
  if (!first) return [nobody, nobody];
  // A second name of the same things, such as that of an artist beside its id, is no other side: the shorter one will do.
  const isSame = (a: Column, b: Column) =>
    a.texts.length > 20 && determines(sheet, a.at, b.at) && determines(sheet, b.at, a.at);
  const second = others.find((column) => !isSame(first, column));
  if (!second) return [first.at, others[0]?.at ?? nobody];
  const twin = others.find((column) => column !== second && isSame(second, column));
  const isShorter = twin && twin.texts.join('').length < second.texts.join('').length;
  const pair: [Column, Column] = [first, isShorter ? twin : second];
  const isProduct = ({ texts }: Column) => texts.every((text) => productId.test(text));
  const title = found.find(
    (column) =>
      !pair.includes(column) &&
      !column.numbers &&
      determines(sheet, first.at, column.at) &&
      !determines(sheet, pair[1].at, column.at),
  );
  const isTurned = (isProduct(first) && !isProduct(pair[1])) || title !== undefined;
  return isTurned ? [pair[1].at, pair[0].at] : [pair[0].at, pair[1].at];
}

/** By values, where there are no names: user, item, rating and time in this order unless the values speak against it. */
function byPlace(sheet: Sheet): Guess {
  const { columns } = sheet;
  if (columns.length < 3)
    return { mapping: { user: 0, item: 1, rating: nobody, time: nobody }, doubt: 'no-ratings' };
  const time = columns.findLast(({ isTime }) => isTime)?.at ?? nobody;
  const likely = columns.filter((column) => column.at !== time && isRatingLike(column));
  // Counts can be large: where nothing is like ratings, they are what there is.
  const isNumeric = ({ numbers, isCounting }: Column) => numbers !== null && !isCounting;
  const ratings =
    likely.length > 0
      ? likely
      : columns.filter((column) => column.at !== time && isNumeric(column)).slice(-1);
  // Ratings take few values; two of them are a yes and a no.
  const spread = ({ distinct }: Column) => (distinct < 3 ? 1e6 : distinct);
  const usual = usualPlaces(columns);
  if (usual) return { mapping: usual, doubt: null };
  // Between columns that tell nothing the others may stand as usual.
  const others = usualPlaces(columns.filter((column) => !isTellingNothing(column)));
  if (others) return { mapping: others, doubt: 'unclear-columns' };
  const rating = ratings.toSorted((a, b) => spread(a) - spread(b) || b.at - a.at)[0]?.at ?? nobody;
  const entities = columns.filter(
    (column) => column.at !== time && column.at !== rating && isEntityLike(column),
  );
  const [user, item] = pairAmong(sheet, entities);
  const [mapping] = withFallbacks(columns, { user, item, rating, time });
  return { mapping, doubt: ratings.length > 0 ? 'unclear-columns' : 'missing-column' };
}

/** Whether a column is always the same, or never and no number: the name of a data set, or of each review. */
const isTellingNothing = ({ texts, numbers, distinct, isTime }: Column) =>
  texts.length > 20 && (distinct === 1 || (distinct === texts.length && !numbers && !isTime));

/** User, item, rating and perhaps time as the first columns, where nothing speaks against it; else null. */
function usualPlaces(columns: readonly Column[]): Places | null {
  if (columns.length < 3) return null;
  const [user, item, rating, time, ...more] = columns;
  const isRow = user.isCounting && user.texts.length > 5;
  const isTooLarge = rating.numbers?.some((n) => Math.abs(n) > 1000) && rating.texts.length > 20;
  if (
    !rating.numbers ||
    rating.isTime ||
    isRow ||
    isTooLarge ||
    (rating.isCounting && rating.texts.length > 20)
  )
    return null;
  if (user.texts.length > 20 && user.texts.every((text) => productId.test(text))) return null;
  if (!user.texts.length || !item.texts.length) return null;
  // What is always the same, or never, is nobody where another column could be.
  const isOdd = [user, item].some((column) => column.texts.length > 20 && !isEntityLike(column));
  if (isOdd && more.some(isEntityLike)) return null;
  const isTimed = time && (time.isTime || time.numbers?.every((n) => n > 100));
  const isEmpty = ({ texts }: Column) => texts.length === 0;
  if (time && !isTimed && !isEmpty(time)) return null;
  if (more.some((column) => column.numbers !== null)) return null;
  if (more.length > 0 && !time.isTime && !isEmpty(time)) return null;
  return { user: user.at, item: item.at, rating: rating.at, time: isTimed ? time.at : nobody };
}
