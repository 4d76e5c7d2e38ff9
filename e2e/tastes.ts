/** 60 users, each of whom likes the odd or the even half of 40 films, which are thrillers or comedies. */
const films = Array.from({ length: 40 }, (_, y) => ({
  id: 100 + y,
  title: `${y % 2 === 0 ? 'Thriller' : 'Comedy'} ${y} (199${y % 10})`,
  genres: y % 2 === 0 ? 'Crime|Thriller' : 'Comedy',
}));
const ratings = ['userId,movieId,rating'];
for (let x = 0; x < 60; x++)
  for (const [y, { id }] of films.entries())
    if ((31 * x + 17 * y) % 7 < 3) ratings.push(`${x + 1},${id},${x % 2 === y % 2 ? 5 : 2}`);

/** Their ratings, and the titles of the films, as MovieLens writes them. */
export const filmFiles = [
  { name: 'ratings.csv', text: ratings.join('\n') },
  {
    name: 'movies.csv',
    text: ['movieId,title,genres', ...films.map((film) => Object.values(film).join())].join('\n'),
  },
].map(({ name, text }) => ({ name, mimeType: 'text/csv', buffer: Buffer.from(text) }));
