const number = /^[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?$/;

/** The value of a rating that is text; null where that is no finite number. */
export function parseRating(text: string): number | null {
  return number.test(text) && Math.abs(Number(text)) < 3e38 ? Number(text) : null;
}

/** A way to write a rating other than as a number with a point. */
interface Spelling {
  readonly id: string;
  /** Its value, and what that is out of, 0 where this is not said; null where it is not written so. */
  read(text: string): { readonly value: number; readonly outOf: number } | null;
}

const commaDecimal = /^[+-]?\d+,\d+$/;
const thousands = /^[+-]?[1-9]\d{0,2},\d{3}$/;
const fraction = /^(\d+(?:[.,]\d+)?) ?(?:\/|out of|von|sur|de) ?(\d+)$/i;
const percent = /^(\d+(?:[.,]\d+)?) ?%$/;
const stars = /^([★⭐*]*)(½?)☆*$/u;
const countedStars = /^(\d+(?:[.,]\d+)?)( stars?|[★⭐*])$/iu;

const decimal = (text: string) => Number(text.replace(',', '.'));

/** What may be meant by a text that is no number; none of them is taken for one unless somebody says so. */
const spellings: readonly Spelling[] = [
  {
    id: 'out of',
    read(text) {
      const [, value, outOf] = fraction.exec(text) ?? [];
      return Number(outOf) > 0 && decimal(value) <= Number(outOf)
        ? { value: decimal(value), outOf: Number(outOf) }
        : null;
    },
  },
  {
    id: 'percent',
    read(text) {
      const [, value] = percent.exec(text) ?? [];
      return value ? { value: decimal(value), outOf: 100 } : null;
    },
  },
  {
    id: 'stars',
    read(text) {
      const [, whole = '', half = ''] = stars.exec(text) ?? [];
      const value = [...whole].length + (half ? 0.5 : 0);
      return value > 0 ? { value, outOf: 0 } : null;
    },
  },
  {
    id: 'counted stars',
    read(text) {
      const [, value] = countedStars.exec(text) ?? [];
      return value ? { value: decimal(value), outOf: 0 } : null;
    },
  },
];

/** A rating that is spelt in another way than as a number, such as 3.5/5 or ★★★½; null where it is none. */
export function parseSpelt(text: string): { readonly value: number; readonly outOf: number } | null {
  for (const { read } of spellings) {
    const spelt = read(text);
    if (spelt) return spelt;
  }
  return null;
}

/**
 * The value of a number with a decimal comma; null where it is none.
 *
 * @param amongCommas commas delimit the fields, and stand in this one because it was quoted: three digits behind one
 *   may be thousands, and are no decimals
 */
export function parseCommaDecimal(text: string, amongCommas: boolean): number | null {
  if (!commaDecimal.test(text) || (amongCommas && thousands.test(text))) return null;
  return parseRating(text.replace(',', '.'));
}

/** Scales of words, each from the worst to the best. */
const scalesOfWords = [
  'awful|terrible|horrible,poor|bad,fair|ok|okay|average|neutral,good,excellent|great|very good|amazing',
  'strongly disagree,disagree,neutral|undecided|neither agree nor disagree,agree,strongly agree',
  'very dissatisfied,dissatisfied,neutral,satisfied,very satisfied',
  'hated it|hate,disliked it|dislike,it was ok|ok|neutral,liked it|like,loved it|love',
  'did not like it,it was ok,liked it,really liked it,it was amazing',
  'very bad|very poor,bad|poor,average|ok|fair,good,very good|excellent',
  'low,medium,high',
  'ungenügend|schlecht,mangelhaft,ausreichend,befriedigend|mittel,gut,sehr gut',
  'mauvais,passable,moyen,bien|bon,très bien|excellent',
].map((scale) => scale.split(',').map((words) => words.split('|')));

/** What the words of a column are worth, by the word in lower case: where all are of one scale; else null. */
export function wordsWorth(texts: readonly string[]): Record<string, number> | null {
  const seen = new Set(texts.map((text) => text.toLowerCase()));
  if (seen.size < 2 || seen.size > 12) return null;
  for (const scale of scalesOfWords) {
    const worth = Object.fromEntries(scale.flatMap((words, at) => words.map((word) => [word, at + 1])));
    if ([...seen].every((word) => Object.hasOwn(worth, word)))
      return Object.fromEntries([...seen].map((word) => [word, worth[word]]));
  }
  return null;
}
