import type { RatingInfo } from '../../ratings/rating-set';
import { type LinkedAsked, usuallyAsked } from '../../state/link/asked';

type Asked = typeof usuallyAsked;

/** What a link asks, as usual where these ratings, or models of this rank, have not what it asks for; and what that is. */
export function askedOf({ mode: _, ...asked }: LinkedAsked, ratings: RatingInfo, rank: number) {
  const lacking = lackingOf(asked, ratings, rank);
  const usual = Object.fromEntries(lacking.map((key) => [key, usuallyAsked[key]]));
  const { by, who, item, atLeast, ...mapLook } = { ...asked, ...usual };
  const problems = lacking.map((key) => ({ code: 'bad-value', key }) as const);
  return { wanted: { by, who, item, atLeast }, mapLook, problems };
}

function lackingOf(asked: Asked, ratings: RatingInfo, rank: number): (keyof Asked)[] {
  const { userCount, itemCount, itemTitles } = ratings;
  const most: Partial<Record<keyof Asked, number>> = {
    ...{ who: userCount, item: itemCount, found: itemCount, across: rank, up: rank },
  };
  const isOfGenre = () => itemTitles?.some((title) => title?.genres.split('|').includes(asked.colour));
  const isMissing = (key: keyof Asked) =>
    key === 'colour'
      ? asked.colour !== 'count' && !isOfGenre()
      : Number(asked[key]) >= (most[key] ?? Number.POSITIVE_INFINITY);
  return (Object.keys(asked) as (keyof Asked)[]).filter(
    (key) => asked[key] !== usuallyAsked[key] && isMissing(key),
  );
}
