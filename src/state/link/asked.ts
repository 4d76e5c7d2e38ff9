import { raceMethodIds } from '../../methods';
import type { MethodId } from '../../methods/method';
import { countIn, type LinkReader, type Put } from './reader';

/** What is asked of the frames beside what they look like: whom they recommend something to, or what their factors mean. */
export interface LinkedAsked {
  readonly mode: 'recommend' | 'factors';
  /** The pane whose run is asked; null: the first. */
  readonly by: MethodId | null;
  /** The number of a user, or whoever sits there. */
  readonly who: number | 'you';
  /** The item that is explained; null: the first that is recommended. */
  readonly item: number | null;
  /** Items that fewer have rated are left aside. */
  readonly atLeast: number;
  /** Directions that the map of items is drawn along, from 0 on, and what it is coloured by. */
  readonly across: number;
  readonly up: number;
  readonly colour: string;
  /** The item that was found on it. */
  readonly found: number | null;
}

/** What is asked where nobody says otherwise. */
export const usuallyAsked: Omit<LinkedAsked, 'mode'> = {
  ...{ by: null, who: 0, item: null, atLeast: 5 },
  ...{ across: 0, up: 1, colour: 'mean', found: null },
};

type Asked = keyof typeof usuallyAsked;

/** What each of them is in; the others go by another part of the page. */
const keysOf: Readonly<Record<LinkedAsked['mode'], readonly Asked[]>> = {
  recommend: ['by', 'who', 'item', 'atLeast'],
  factors: ['by', 'atLeast', 'across', 'up', 'colour', 'found'],
};
const longestColour = 40;
const mostDirections = 128;

const within = (most: number, value: number | undefined) =>
  value !== undefined && value < most ? value : undefined;

/** What a key can say; nothing where that is not right. */
const readers: { readonly [K in Asked]: (said: string) => LinkedAsked[K] | undefined } = {
  by: (said) => raceMethodIds.find((id) => id === said),
  who: (said) => (said === 'you' ? said : countIn(said)),
  item: (said) => countIn(said),
  atLeast: (said) => [1, 5, 20, 50].find((count) => String(count) === said),
  across: (said) => within(mostDirections, countIn(said)),
  up: (said) => within(mostDirections, countIn(said)),
  colour: (said) => (/^[^\p{C}]+$/u.test(said) && said.length <= longestColour ? said : undefined),
  found: (said) => countIn(said),
};

/** Says what is asked, as far as it is not as usual. */
export function writeAsked(asked: LinkedAsked, put: Put): void {
  put('mode', asked.mode);
  for (const key of keysOf[asked.mode]) if (asked[key] !== usuallyAsked[key]) put(key, String(asked[key]));
}

export function readAsked(link: LinkReader, mode: LinkedAsked['mode']): LinkedAsked {
  const said = keysOf[mode].map((key) => [key, link.take<unknown>(key, readers[key]) ?? usuallyAsked[key]]);
  return { mode, ...usuallyAsked, ...Object.fromEntries(said) };
}
