import { describe, expect, test } from 'vitest';
import type { Mapping } from '../columns';
import { readFiles } from './read-files';

/** A small file of each kind that people have, and what comes of it without a word, or as its question guesses. */

const pairs = Array.from({ length: 60 }, (_, j) => ({ user: 1 + (j % 7), item: 101 + ((j * 5) % 11) }));
const known = [...new Map(pairs.map((pair) => [`${pair.user} ${pair.item}`, pair])).values()];
const ratings = known.map(({ user, item }) => ({ user, item, value: 1 + ((user * 3 + item) % 5) }));
const expected = ratings.map(({ user, item, value }) => `${user} ${item} ${value}`);
type Rating = (typeof ratings)[number];
const lines = (row: (rating: Rating, at: number) => string) => ratings.map(row).join('\n');
const time = (at: number) => 1_200_000_000 + 86_400 * at;
const day = (at: number) => new Date(1000 * time(at)).toISOString().slice(0, 10);
const american = (at: number) => {
  const [year, month, date] = day(at).split('-').map(Number);
  return `${month}/${date}/${year}`;
};
const items = [...new Set(ratings.map(({ item }) => item))].sort();
const users = [...new Set(ratings.map(({ user }) => user))];
const cell = (user: number, item: number, blank: string) =>
  ratings.find((rating) => rating.user === user && rating.item === item)?.value ?? blank;
const byItem = items.map((item) => ratings.filter((rating) => rating.item === item));

interface Kind {
  readonly name: string;
  readonly text: string;
  readonly asks?: string;
  readonly says?: string;
  readonly timed?: true;
  readonly mapping?: Partial<Mapping>;
  readonly ratings?: readonly string[];
}

const kinds: readonly Kind[] = [
  {
    name: 'RecBole’s typed names',
    text: `user_id:token\titem_id:token\trating:float\n${lines((r) => `${r.user}\t${r.item}\t${r.value}`)}`,
  },
  {
    name: 'names in German, decimal commas',
    text: `Nutzer;Film;Bewertung;Datum\n${lines((r, at) => `${r.user};${r.item};${r.value},0;${day(at).split('-').reverse().join('.')}`)}`,
    timed: true,
  },
  {
    name: 'decimal commas in quotes',
    text: `userId,movieId,rating\n${lines((r) => `${r.user},${r.item},"${r.value},0"`)}`,
  },
  { name: 'two tabs', text: lines((r) => `${r.user}\t\t${r.item}\t\t${r.value}`) },
  {
    name: 'columns aligned by blanks',
    text: `user   item   rating\n${lines((r) => `${String(r.user).padEnd(7)}${String(r.item).padEnd(7)}${r.value}`)}`,
  },
  {
    name: 'titles above the header',
    text: `Ratings of the club\nExported 2024-05-01\n\nuser,item,rating\n${lines((r) => `${r.user},${r.item},${r.value}`)}`,
  },
  {
    name: 'a title of as many words as blanks make columns',
    text: `Ratings by club members\nExported 2024-05-01\n\n${lines((r, at) => `${r.user} ${r.item} ${r.value} ${time(at)}`)}`,
    timed: true,
  },
  {
    name: 'a title of one word less, above quoted columns',
    text: `Ratings of members\n"overall" "verified" "asin" "reviewer"\n${lines((r, at) => `"${r.value}" "${at % 3 ? 'Y' : 'N'}" "${r.item}" "${r.user}"`)}`,
  },
  {
    name: 'numbers and a column that is always the same',
    text: lines((r) => `${r.user}\t${r.item}\t${r.value}\tfilm`),
    asks: 'unclear-columns',
    mapping: { user: 0, item: 1, rating: 2 },
  },
  {
    name: 'quoted names with another delimiter in them',
    text: lines((r) => `"Müller ${r.user}; Anna"::"${r.item}"::"${r.value}"`),
    ratings: ratings.map((r) => `Müller ${r.user}; Anna ${r.item} ${r.value}`),
  },
  {
    name: 'names with another delimiter in them, and no quotes',
    text: lines((r) => `Müller ${r.user}; Anna\t映画 ${r.item}\t${r.value}`),
    ratings: ratings.map((r) => `Müller ${r.user}; Anna 映画 ${r.item} ${r.value}`),
  },
  {
    name: 'decimal commas with more digits than thousands have',
    text: `userId,movieId,rating\n${lines((r) => `${r.user},${r.item},"${r.value},2500"`)}`,
    ratings: ratings.map((r) => `${r.user} ${r.item} ${r.value + 0.25}`),
  },
  {
    name: 'a matrix with its totals',
    text: `Sum of rating;Column Labels\nRow Labels;${items.map((item) => `Film ${item}`).join(';')};Grand Total\n${users
      .map((user) => `${user};${items.map((item) => cell(user, item, '')).join(';')};77`)
      .join('\n')}\nGrand Total;${items.map(() => 40).join(';')};900`,
    says: 'read-as-matrix',
    ratings: users.flatMap((user) =>
      items
        .filter((item) => cell(user, item, ''))
        .map((item) => `${user} Film ${item} ${cell(user, item, '')}`),
    ),
  },
  {
    name: 'a matrix with users across',
    text: `movie,${users.map((user) => `user${user}`).join(',')}\n${items
      .map((item) => `Film ${item},${users.map((user) => cell(user, item, '')).join(',')}`)
      .join('\n')}`,
    says: 'read-as-turned',
    ratings: items.flatMap((item) =>
      users
        .filter((user) => cell(user, item, ''))
        .map((user) => `user${user} Film ${item} ${cell(user, item, '')}`),
    ),
  },
  {
    name: 'per cent',
    text: `member,hotel,score\n${lines((r) => `${r.user},${r.item},${20 * r.value}%`)}`,
    asks: 'spelt-ratings',
    ratings: ratings.map((r) => `${r.user} ${r.item} ${20 * r.value}`),
  },
  {
    name: 'times that nobody can read',
    text: `user,item,rating,when\n${lines((r, at) => `${r.user},${r.item},${r.value},${['yesterday', 'long ago'][at % 2]}`)}`,
    says: 'times-unread',
  },
  {
    name: 'R’s row names',
    text: `"userId" "movieId" "rating"\n${lines((r, at) => `"${at + 1}" ${r.user} ${r.item} ${r.value}`)}`,
  },
  {
    name: 'Spark’s quotes',
    text: `userId,movieId,title,rating\n${lines((r) => `${r.user},${r.item},"\\"Hush\\", he said",${r.value}`)}`,
  },
  {
    name: 'quotes that mean nothing among tabs',
    text: `user_id\tproduct_id\tstar_rating\thead\n${lines((r, at) => `${r.user}\t${r.item}\t${r.value}\t${at % 4 === 1 ? '"Wow" it is' : at % 4 === 2 ? '5" wide' : 'ok'}`)}`,
  },
  {
    name: 'a headerless join with genres',
    text: lines((r, at) => `${r.user},${r.item},${r.value},${time(at)},Film ${r.item} (1999),Comedy|Drama`),
    timed: true,
  },
  {
    name: 'days as 9/6/2005',
    text: `userId,movieId,rating,date\n${lines((r, at) => `${r.user},${r.item},${r.value},${american(at)}`)}`,
    timed: true,
  },
  {
    name: 'days as 20050906',
    text: `userId,movieId,rating,date\n${lines((r, at) => `${r.user},${r.item},${r.value},${day(at).replaceAll('-', '')}`)}`,
    timed: true,
  },
  {
    name: 'nanoseconds',
    text: `userId,movieId,rating,timestamp\n${lines((r, at) => `${r.user},${r.item},${r.value},${time(at)}000000000`)}`,
    timed: true,
  },
  {
    name: 'ids that became decimals',
    text: `userId,movieId,rating\n${lines((r) => `${r.user}.0,${r.item}.0,${r.value}`)}`,
  },
  {
    name: 'Matrix Market',
    text: `%%MatrixMarket matrix coordinate real general\n% x\n7 111 60\n${lines((r) => `${r.user} ${r.item} ${r.value}`)}`,
  },
  {
    name: 'an id and a name for both',
    text: `user_id,user_name,movie_id,movie,rating\n${lines((r) => `${r.user},viewer ${r.user},${r.item},Film ${r.item},${r.value}`)}`,
  },
  {
    name: 'the Netflix Prize',
    text: byItem
      .map((of) => `${of[0].item}:\n${of.map((r, at) => `${r.user},${r.value},${day(at)}`).join('\n')}`)
      .join('\n'),
    timed: true,
    ratings: byItem.flat().map((r) => `${r.user} ${r.item} ${r.value}`),
  },
  {
    name: 'a matrix',
    text: `userId,${items.join(',')}\n${users.map((user) => `${user},${items.map((item) => cell(user, item, '')).join(',')}`).join('\n')}`,
    says: 'read-as-matrix',
    ratings: users
      .flatMap((user) => items.flatMap((item) => ratings.filter((r) => r.user === user && r.item === item)))
      .map((r) => `${r.user} ${r.item} ${r.value}`),
  },
  {
    name: 'row numbers without names',
    text: lines((r, at) => `${at},${r.user},${r.item},${r.value},${time(at)}`),
    asks: 'unclear-columns',
    timed: true,
    mapping: { user: 1, item: 2, rating: 3, time: 4 },
  },
  {
    name: 'a genre before the rating',
    text: lines((r, at) => `${r.user},${r.item},${1 + (r.item % 9)},${at + 1},${r.value},${day(at)}`),
    asks: 'unclear-columns',
    timed: true,
    mapping: { rating: 4, time: 5 },
  },
  {
    name: 'products first',
    text: lines((r, at) => `B00000${r.item}0,A${r.user},${r.value},${time(at)}`),
    asks: 'unclear-columns',
    timed: true,
    mapping: { user: 1, item: 0 },
    ratings: ratings.map((r) => `A${r.user} B00000${r.item}0 ${r.value}`),
  },
  {
    name: 'ratings out of something',
    text: `link,critic_name,review_score\n${lines((r, at) => `${r.item},${r.user},${at % 9 === 0 ? `${2 * r.value}/10` : `${r.value}/5`}`)}`,
    asks: 'spelt-ratings',
  },
  {
    name: 'words',
    text: `user,item,rating\n${lines((r) => `${r.user},${r.item},${['Awful', 'Poor', 'Fair', 'Good', 'Excellent'][r.value - 1]}`)}`,
    asks: 'words-as-ratings',
  },
  {
    name: 'dates that do not tell',
    text: `user,item,rating,date\n${lines((r, at) => `${r.user},${r.item},${r.value},${1 + (at % 12)}/${1 + (at % 7)}/2005`)}`,
    asks: 'unclear-dates',
    timed: true,
    mapping: { dates: 'month-first' },
  },
  {
    name: 'one person’s export',
    text: `Date,Name,Year,Rating\n${ratings.map((r, at) => `${day(at)},Film ${at},1999,${r.value}`).join('\n')}`,
    asks: 'no-user-column',
    timed: true,
    ratings: ratings.map((r, at) => `me Film ${at} (1999) ${r.value}`),
  },
  {
    name: 'zeros that stand apart',
    text: `userId,movieId,rating\n${lines((r, at) => `${r.user},${r.item},${at % 5 ? r.value : 0}`)}`,
    says: 'maybe-missing-marker',
    ratings: ratings.map((r, at) => `${r.user} ${r.item} ${at % 5 ? r.value : 0}`),
  },
  {
    name: 'counts beside other numbers',
    text: `userID\tartistID\tweight\tage\n${lines((r) => `${r.user}\t${r.item}\t${7 ** r.value}\t${r.user}`)}`,
    asks: 'missing-column',
    says: 'maybe-counts',
    ratings: ratings.map((r) => `${r.user} ${r.item} ${7 ** r.value}`),
  },
  {
    name: 'counts',
    text: `userID\tartistID\tweight\n${lines((r) => `${r.user}\t${r.item}\t${7 ** r.value}`)}`,
    says: 'maybe-counts',
    ratings: ratings.map((r) => `${r.user} ${r.item} ${7 ** r.value}`),
  },
];

const read = (text: string, mapping?: Mapping) =>
  readFiles(
    [{ name: 'r.csv', file: new Blob([text]) }],
    mapping ? { mapping } : {},
    () => {},
    () => undefined,
  );

describe('a file of each kind', () => {
  test.each(kinds)('$name', async ({ text, asks, says, timed, mapping, ratings: wanted = expected }) => {
    const first = await read(text);
    expect(first.ok ? undefined : first.problem.code).toBe(asks);
    const guess = first.ok ? first.preview.mapping : first.problem.preview?.mapping;
    expect(guess).toMatchObject(mapping ?? {});
    const result = first.ok ? first : await read(text, guess);
    if (!result.ok) throw new Error(result.problem.code);
    const { users, items, values, userIds, itemIds, times } = result.ratings;
    expect(
      Array.from(values, (value, j) => `${userIds?.[users[j]]} ${itemIds?.[items[j]]} ${value}`),
    ).toEqual(wanted);
    expect(times !== null).toBe(timed === true);
    const said = result.warnings.map(({ code }) => code);
    if (says) expect(said).toContain(says);
    expect(said).not.toContain('extra-fields');
    expect(result.account.reduce((sum, { count }) => sum + count, 0)).toBe(text.split('\n').length);
  });
});

test('what means not rated is left out, and counts are taken as logarithms, where somebody says so', async () => {
  const zeros = kinds.find(({ name }) => name.startsWith('zeros'))?.text ?? '';
  const found = await read(zeros);
  if (!found.ok) throw new Error(found.problem.code);
  const [{ count = 0, value = 1 }] = found.warnings;
  const without = await read(zeros, { ...found.preview.mapping, unrated: [value] });
  expect(without).toMatchObject({
    ratings: { ratingCount: ratings.length - count },
    warnings: [{ code: 'not-rated', count }],
  });
  const counts = await read(zeros, { ...found.preview.mapping, counts: true });
  expect(counts.ok && counts.ratings.scale).toMatchObject({ min: 0, max: Math.fround(Math.log1p(5)) });
});

test('a quote that is open at the end has no line behind it', async () => {
  const result = await read('user,item,rating\na,x,1\na,y,2\nb,x,2\nb,y,3,"open\n');
  expect(result).toMatchObject({
    ok: true,
    account: [
      { kind: 'header', count: 1 },
      { kind: 'rating', count: 4 },
    ],
  });
});
