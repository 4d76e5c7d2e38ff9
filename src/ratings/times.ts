import { parseRating } from './numbers';

export type DateOrder = 'day-first' | 'month-first';

/** A way to write when something was. */
interface TimeKind {
  readonly id: string;
  /** Seconds (or milliseconds, see `epoch`) since 1970; NaN where it is not written so. */
  parse(text: string, order: DateOrder): number;
}

const isoDate = /^\d{4}-\d\d-\d\d([T ]\d\d:\d\d(:\d\d(\.\d+)?)?( ?UTC|Z|[+-]\d\d:?\d\d)?)?$/;
const packedDay = /^(19|20)(\d\d)(0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01])$/;
const clock = String.raw`(?:,?[T ]+(\d{1,2}):(\d\d)(?::(\d\d))?(?:\.\d+)?(?: ?([AP])M)?(?: ?(?:UTC|GMT|Z)?([+-]\d{1,2})?:?(?:\d\d)?)?)?`;
const yearFirst = new RegExp(String.raw`^(\d{4})[/.](\d{1,2})[/.](\d{1,2})${clock}$`, 'i');
const yearLast = new RegExp(String.raw`^(\d{1,2})([/.-])(\d{1,2})\2(\d{4}|\d\d)${clock}$`, 'i');
const named =
  /^(?:[a-z]{3,9},? )?(?:\d{1,2} [a-z]{3,9}|[a-z]{3,9} \d{1,2}),? \d{4}(?: \d\d:\d\d(?::\d\d)?)?$/i;
const amazonDay = /^(\d\d) (\d{1,2}), (\d{4})$/;

type Clock = readonly (string | undefined)[];

/** Seconds since 1970 of a day and a time of day; NaN where there is no such day. */
function secondsOf(year: number, month: number, day: number, [hour, minute, second, half, zone]: Clock) {
  if (month < 1 || month > 12 || day < 1 || day > new Date(Date.UTC(year, month, 0)).getUTCDate())
    return Number.NaN;
  const hours = half ? (Number(hour) % 12) + (/p/i.test(half) ? 12 : 0) : Number(hour ?? 0);
  const at = Date.UTC(
    year,
    month - 1,
    day,
    hours - Number(zone ?? 0),
    Number(minute ?? 0),
    Number(second ?? 0),
  );
  return at / 1000;
}

/** Milliseconds since 1970 of the last moment that has a date. */
const lastMoment = 8.64e15;

/**
 * Seconds or milliseconds since 1970 of a number that counts from there: where it is far too large for milliseconds it is
 * in microseconds or nanoseconds. NaN where there is no such moment.
 */
export function epoch(time: number): number {
  const size = Math.abs(time);
  const fine = size > 1e17 ? time / 1e6 : size > 1e14 ? time / 1e3 : time;
  return Math.abs(fine) > lastMoment ? Number.NaN : fine;
}

/** Days since 1900, as spreadsheets count them: from 1954 to 2119. */
const isSerial = (text: string) =>
  /^\d{5}(\.\d+)?$/.test(text) && Number(text) >= 20000 && Number(text) < 80000;

const kinds: readonly TimeKind[] = [
  {
    id: 'iso',
    parse(text) {
      if (!isoDate.test(text)) return Number.NaN;
      const [day, rest = '00:00'] = text.replace(/ ?UTC$/, 'Z').split(/[T ]/);
      // A time without a zone is taken for UTC, so that a file means the same everywhere.
      return Date.parse(`${day}T${rest}${/(Z|[+-]\d\d:?\d\d)$/.test(rest) ? '' : 'Z'}`) / 1000;
    },
  },
  {
    id: 'packed',
    parse(text) {
      const [, century, year, month, day] = packedDay.exec(text) ?? [];
      return century ? secondsOf(Number(century + year), Number(month), Number(day), []) : Number.NaN;
    },
  },
  { id: 'serial', parse: (text) => (isSerial(text) ? 86_400 * (Number(text) - 25_569) : Number.NaN) },
  {
    id: 'year first',
    parse(text) {
      const [, year, month, day, ...rest] = yearFirst.exec(text) ?? [];
      return year ? secondsOf(Number(year), Number(month), Number(day), rest) : Number.NaN;
    },
  },
  {
    id: 'year last',
    parse(text, order) {
      const [, first, , second, year, ...rest] = yearLast.exec(text) ?? [];
      if (!year) return Number.NaN;
      const [day, month] = order === 'day-first' ? [first, second] : [second, first];
      const full = year.length === 2 ? Number(year) + (Number(year) < 70 ? 2000 : 1900) : Number(year);
      return secondsOf(full, Number(month), Number(day), rest);
    },
  },
  {
    id: 'month day, year',
    parse(text) {
      const [, month, day, year] = amazonDay.exec(text) ?? [];
      return year ? secondsOf(Number(year), Number(month), Number(day), []) : Number.NaN;
    },
  },
  { id: 'named', parse: (text) => (named.test(text) ? Date.parse(`${text} UTC`) / 1000 : Number.NaN) },
];

const since1970: TimeKind = { id: 'since 1970', parse: (text) => epoch(parseRating(text) ?? Number.NaN) };

/** Of how many of some texts that are not empty something holds, 0…1. */
const shareOf = (texts: readonly string[], holds: (text: string) => boolean) =>
  texts.filter(holds).length / Math.max(1, texts.length);

/** How the times of a column are read. */
export interface Clockwork {
  /** Seconds (or milliseconds) since 1970; NaN where it cannot be read. */
  parse(text: string): number;
  /** Whether they are plain numbers since 1970: then a number is its own time. */
  readonly isNumber: boolean;
  /** Whether nothing in the texts says which of day and month comes first. */
  readonly isAmbiguous: boolean;
  readonly order: DateOrder;
}

/** Seconds since 1970 that may be those of a rating: 1985 to 2100. */
const isLikely = (seconds: number) => seconds > 4.7e8 && seconds < 4.1e9;

/** Whether a text could be the moment of a rating by itself: no small number is, nor a day as spreadsheets count. */
export function isMoment(text: string): boolean {
  const number = parseRating(text);
  if (number !== null && !packedDay.test(text)) {
    const time = epoch(number);
    return isLikely(time) || isLikely(time / 1000);
  }
  const orders = ['day-first', 'month-first'] as const;
  return kinds.some(({ parse }) => orders.some((order) => Number.isFinite(parse(text, order))));
}

/** Decides by some of its texts how a column of times is written; `said` is the order of day and month where that is known. */
export function clockworkOf(texts: readonly string[], said?: DateOrder): Clockwork {
  const dates = texts.map((text) => yearLast.exec(text)).filter((found) => found !== null);
  const isDayFirst = dates.some(([, first, mark]) => Number(first) > 12 || mark === '.');
  const isMonthFirst = dates.some(([, , , second]) => Number(second) > 12);
  const order = said ?? (isDayFirst && !isMonthFirst ? 'day-first' : 'month-first');
  const usual = kinds.find(
    ({ parse }) => shareOf(texts, (text) => Number.isFinite(parse(text, order))) > 0.5,
  );
  const first = usual ?? since1970;
  const others = [...kinds.filter(({ id }) => id === 'iso'), since1970];
  return {
    parse(text) {
      const time = first.parse(text, order);
      if (!Number.isNaN(time) || text === '') return time;
      // Days that are packed into numbers are not mixed with numbers that count seconds.
      const more = first.id === 'packed' || first.id === 'serial' ? [] : others;
      return more.map(({ parse }) => parse(text, order)).find(Number.isFinite) ?? Number.NaN;
    },
    isNumber: first === since1970,
    isAmbiguous: !said && dates.length > 0.5 * texts.length && isDayFirst === isMonthFirst,
    order,
  };
}
