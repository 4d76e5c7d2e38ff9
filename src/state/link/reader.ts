/** What of a link was not taken as it stood: which key, and what stands instead; the default where nothing is said. */
export interface LinkProblem {
  readonly code: 'bad-value' | 'out-of-bounds' | 'newer-version' | 'not-a-link' | 'too-long';
  readonly key?: string;
  readonly taken?: number;
}

/** The keys of a link, the first where one is repeated, and what is wrong with them. Nothing is decoded but percent signs. */
export function linkReader(text: string) {
  const given = new Map<string, string>();
  for (const [key, value] of new URLSearchParams(text)) if (!given.has(key)) given.set(key, value);
  const problems: LinkProblem[] = [];
  return {
    problems,
    said: (key: string) => given.get(key),
    /** What keys with a prefix say, without it, as a link of its own; null where there are none. */
    under(prefix: string): string | null {
      const keys = [...given].filter(([key]) => key.startsWith(prefix));
      const own = keys.map(([key, value]) => [key.slice(prefix.length), value]);
      return own.length > 0 ? new URLSearchParams(Object.fromEntries(own)).toString() : null;
    },
    /** What a key says, as `read` has it; undefined where it says nothing, or what `read` does not take: a problem. */
    take<T>(key: string, read: (said: string) => T | undefined): T | undefined {
      const said = given.get(key);
      if (said === undefined) return undefined;
      const value = read(said);
      if (value === undefined) problems.push({ code: 'bad-value', key });
      return value;
    },
  };
}
export type LinkReader = ReturnType<typeof linkReader>;

/** Adds a key to a link, or puts another value in its place. */
export type Put = (key: string, value: string) => void;

/** Digits, a point, an exponent: nothing else that Number would take. */
const plainNumber = /^-?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i;

/** A finite number that is not negative, in at most 40 characters. */
export function numberIn(said: string): number | undefined {
  if (said.length > 40 || !plainNumber.test(said)) return undefined;
  const value = Number(said);
  return Number.isFinite(value) && value >= 0 ? value : undefined;
}

/** Numbers between blanks; none where one of them is not right. */
export function numbersIn(said: string): number[] {
  const values = said.split(' ').map(numberIn);
  return values.every((value) => value !== undefined) ? values : [];
}

/** A whole number of at most nine digits, or as many as are said. */
export const countIn = (said: string, digits = 9): number | undefined =>
  said.length <= digits && /^\d+$/.test(said) ? Number(said) : undefined;
