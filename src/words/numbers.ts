/** What stands for a number where there is none. */
const none = '–';

const formatters = new Map<string, Intl.NumberFormat>();

/** A formatter of English numbers, made once: making one takes longer than a frame of live text should. */
function formatterOf(options: Intl.NumberFormatOptions): Intl.NumberFormat {
  const key = JSON.stringify(options);
  const formatter = formatters.get(key) ?? new Intl.NumberFormat('en', options);
  formatters.set(key, formatter);
  return formatter;
}

/** With thousands separators, and a real minus. */
const written = (value: number, options: Intl.NumberFormatOptions): string =>
  formatterOf(options)
    // There is no negative zero to a reader.
    .format(Object.is(value, -0) ? 0 : value)
    .replace(/^-0(\.0+)?$/, '0$1')
    .replace('-', '−');

/** A number with so many decimals: '1,234.50', '−0.10'. */
export const fixed = (value: number, decimals: number): string =>
  written(value, { minimumFractionDigits: decimals, maximumFractionDigits: decimals });

/** A number with at most so many decimals: '3.5', '1,234'. */
export const atMost = (value: number, decimals = 2): string =>
  written(value, { maximumFractionDigits: decimals });

/** How many there are of something: '26,000,000'. */
export const grouped = (count: number): string => atMost(count, 0);

/** '1 rating', '1,200 ratings'. */
export const counted = (count: number, one: string, many = `${one}s`): string =>
  `${atMost(count)} ${count === 1 ? one : many}`;

/** A share, 0…1, in per cent: '12.5 %'. */
export const percent = (share: number, decimals = 0): string => `${atMost(100 * share, decimals)} %`;

/** The power of ten that a number is told by: 0 where it can be written out. */
function powerOf(value: number): number {
  const size = Math.abs(value);
  return size > 0 && (size < 1e-4 || size >= 1e7) ? Math.floor(Math.log10(size)) : 0;
}

const superscripts = '⁰¹²³⁴⁵⁶⁷⁸⁹';
const timesTenTo = (power: number): string =>
  power === 0
    ? ''
    : ` × 10${power < 0 ? '⁻' : ''}${[...String(Math.abs(power))].map((digit) => superscripts[Number(digit)]).join('')}`;

/** At most so many significant digits: '0.0123', '12,350', '1.2 × 10²⁸'. A dash where there is no number. */
export function significant(value: number | null | undefined, digits = 4): string {
  if (value === null || value === undefined || !Number.isFinite(value)) return none;
  const power = powerOf(value);
  return `${written(value / 10 ** power, { maximumSignificantDigits: digits })}${timesTenTo(power)}`;
}

/** So many decimals has a number of rating units: four digits, one at least after the point. */
const decimalsOf = (value: number): number =>
  value === 0 ? 3 : Math.max(1, 3 - Math.floor(Math.log10(Math.abs(value))));

/** A number as it stands on screen: so many decimals, of so many times a power of ten. */
interface Places {
  readonly power: number;
  readonly decimals: number;
}

function placesOf(value: number): Places {
  const power = powerOf(value);
  return { power, decimals: power === 0 ? decimalsOf(value) : 2 };
}

/** In units of the last place that is printed. */
const inLastPlaces = (value: number, { power, decimals }: Places): number =>
  Math.round(value * 10 ** (decimals - power));

const ofLastPlaces = (count: number, { power, decimals }: Places): string =>
  `${fixed(count / 10 ** decimals, decimals)}${timesTenTo(power)}`;

/**
 * A number of rating units, an error above all, as it stands everywhere: '9.312', '74.62', '116.0', '0.9124'. A dash
 * where there is none.
 */
export function inUnits(value: number | null | undefined): string {
  if (value === null || value === undefined || !Number.isFinite(value)) return none;
  const places = placesOf(value);
  return ofLastPlaces(inLastPlaces(value, places), places);
}

/** The number that `inUnits` prints. */
export function asPrinted(value: number): number {
  const { power, decimals } = placesOf(value);
  return Number(`${inLastPlaces(value, { power, decimals })}e${power - decimals}`);
}

/** How much one number is above another as both are printed by `inUnits`, to the last place of either: '1.138'. */
export function gapInUnits(more: number, less: number): string {
  const places = [more, less].map(placesOf);
  const power = places.some((one) => one.power !== 0) ? powerOf(Math.max(Math.abs(more), Math.abs(less))) : 0;
  const common = { power, decimals: power === 0 ? Math.max(...places.map((one) => one.decimals)) : 2 };
  return ofLastPlaces(inLastPlaces(asPrinted(more) - asPrinted(less), common), common);
}

/** Numbers of one equation, rounded to a common place so that it holds as it is printed. */
export interface PrintedSum {
  readonly terms: readonly string[];
  readonly sum: string;
  /** A number less the sum, both as they are printed. */
  less(value: number): { readonly value: string; readonly difference: string };
}

/**
 * Rounds the terms of a sum so that they add up as printed. The sum is rounded as any number is; each term goes up or
 * down by less than one unit of the last place, those up that have most to be rounded (largest remainders).
 *
 * @param others what else is printed beside them, to the same places
 */
export function printedSum(terms: readonly number[], ...others: readonly number[]): PrintedSum {
  const exact = terms.reduce((sum, term) => sum + term, 0);
  const places = placesOf(Math.max(...[...terms, ...others, exact].map(Math.abs)));
  const sum = inLastPlaces(exact, places);
  const rounded = withLargestRemainders(
    terms.map((term) => term * 10 ** (places.decimals - places.power)),
    sum,
  );
  const print = (count: number) => ofLastPlaces(count, places);
  return {
    terms: rounded.map(print),
    sum: print(sum),
    less(value) {
      const from = inLastPlaces(value, places);
      return { value: print(from), difference: print(from - sum) };
    },
  };
}

/** Whole numbers near others, which add up to a whole number near their sum. */
function withLargestRemainders(values: readonly number[], sum: number): number[] {
  const floors = values.map(Math.floor);
  const missing = sum - floors.reduce((all, floor) => all + floor, 0);
  const byRemainder = values
    .map((value, i) => ({ i, remainder: value - floors[i] }))
    .sort((a, b) => b.remainder - a.remainder);
  const raised = new Set(byRemainder.slice(0, missing).map(({ i }) => i));
  return floors.map((floor, i) => floor + (raised.has(i) ? 1 : 0));
}

/** A term as it stands in a sum after others: '+ 0.20', '− 0.10'. */
export const asSummand = (term: string): string =>
  term.startsWith('−') ? `− ${term.slice(1)}` : `+ ${term}`;

const units = [
  [' T', 1e12],
  [' G', 1e9],
  [' M', 1e6],
  [' k', 1e4],
] as const;

/** A large count in little room, as along an axis: '12.3 k', '26 M'; small numbers as they are. */
export function short(value: number): string {
  const size = Math.abs(value);
  const unit = size < 1e15 && units.find(([, from]) => size >= from);
  if (!unit) return significant(value);
  const [name, from] = unit;
  return `${significant(value / (name === ' k' ? 1e3 : from), 3)}${name}`;
}

/** '3 kB', '12 MB', '1.2 GB'. */
export function inBytes(bytes: number): string {
  const megabytes = bytes / 2 ** 20;
  if (megabytes < 1) return `${grouped(Math.ceil(bytes / 2 ** 10))} kB`;
  return megabytes < 1000 ? `${grouped(Math.ceil(megabytes))} MB` : `${fixed(megabytes / 1024, 1)} GB`;
}

/** Seconds as people say them: µs, ms or s. */
export function inSeconds(seconds: number): string {
  if (!Number.isFinite(seconds)) return none;
  if (seconds < 0.000_001) return '0 ms';
  // What would be rounded to a thousand of them has the next unit.
  if (seconds < 0.000_995) return `${significant(seconds * 1e6, 2)} µs`;
  if (seconds < 0.9995) return `${significant(seconds * 1000, 3)} ms`;
  return `${significant(seconds, 3)} s`;
}
