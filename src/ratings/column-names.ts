/** What a column can be told to be by its name. */
export type Named = 'user' | 'item' | 'rating' | 'time';

interface Names {
  /** Whole names. */
  readonly exact: readonly string[];
  /** Parts of names, in several languages. */
  readonly within: readonly string[];
  /** Words of names that mean something else within longer words. */
  readonly words: readonly string[];
  /** Whole names that may be it, where nothing else is. */
  readonly weak: readonly string[];
  /** Words with which it is something else: the average of many ratings, or how many there were. */
  readonly never: readonly string[];
}

const list = (words: string) => words.split(' ');

const names: Record<Named, Names> = {
  rating: {
    exact: list('rating score stars value bookrating overall'),
    within: list(
      'rating score bewertung wertung punkte puntuacion puntuación calificacion calificación avaliacao avaliação valoracion valoración valutazione voto beoordeling betyg arvosana ocena оценка рейтинг 评分 評分 打分 評価 평점',
    ),
    words: list('star stars overall note nota grade'),
    weak: list('weight plays playcount play_count count listens hours rate vote votes val r y'),
    never: list(
      'average avg mean median count counts num number total helpful helpfulness votes operating imdb metascore critic tomatometer global id date time',
    ),
  },
  user: {
    exact: list('user userid uid username customer customerid reviewer reviewerid'),
    within: list(
      'user customer reviewer critic profile member viewer player nutzer benutzer kunde usuario utente utilisateur gebruiker пользователь 用户 用戶 ユーザ 사용자 email e-mail',
    ),
    words: list('rater person guest client account nickname consumer judge worker student'),
    weak: list('u who author author_id person'),
    never: list('top review count'),
  },
  item: {
    exact: [
      ...list('item itemid movie movieid iid product productid book bookid isbn song songid'),
      ...list('track trackid asin businessid joke jokeid game gameid'),
    ],
    within: list(
      'item product movie film book isbn asin artist track song album game anime manga joke recipe business restaurant hotel beer wine podcast video artikel produkt buch boek livre libro livro serie série lied canción spiel jogo juego gioco jeu pelicula película producto produit prodotto фильм товар книга 电影 電影 商品 图书 書籍 映画 商品 영화 상품',
    ),
    words: list('show series place venue article app course drug work works gmap'),
    weak: list('id title name link url uri const i what'),
    never: list('bookshelves facebook count genre genres author category publisher year type price'),
  },
  time: {
    exact: list('timestamp time ts date unixtime unixreviewtime datetime'),
    within: list('timestamp datum fecha дата 日期 时间 時間 날짜'),
    words: list('date time when created rated day reviewtime'),
    weak: [],
    never: [],
  },
};

/** Words of a name: `reviewTime`, `review/time` and `review_time` are the same two. RecBole adds a type behind a colon. */
const wordsOf = (name: string) =>
  name
    .replace(/:(token|float|token_seq|float_seq)$/, '')
    .replace(/([a-z\d])([A-Z])/g, '$1 $2')
    .toLowerCase()
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word !== '');

/** From this score on a name says what its column is; below it only may be that. */
export const saysSo = 1.75;

/** How well a name fits: 0 not at all, from `saysSo` on it does, from 4 on in as many words. */
export function nameScore(name: string, role: Named): number {
  const { exact, within, words, weak, never } = names[role];
  const parts = wordsOf(name);
  const whole = parts.join('');
  if (exact.includes(whole)) return parts.at(-1) === 'id' || whole.endsWith('id') ? 4.5 : 4;
  if (parts.some((word) => never.includes(word))) return 0;
  const isId = parts.length > 1 && ['id', 'key', 'code'].includes(parts[parts.length - 1]);
  const isOwn = parts.some((word) => word === 'my' || word === 'your');
  if (within.some((part) => whole.includes(part)) || parts.some((word) => words.includes(word)))
    return 2 + (isId || isOwn ? 1 : 0) - (parts.includes('name') || parts.includes('title') ? 0.25 : 0);
  if (!weak.includes(whole)) return 0;
  return whole === 'id' ? 1.5 : 1;
}
