import type { NamedFrame } from '../../draw/film';
import type { OrderBy } from '../../draw/orders';
import type { Window } from '../../draw/window';
import { type LinkedAsked, writeAsked } from './asked';
import { readMarks, writeMarks } from './marks';
import { type LinkReader, numbersIn, type Put } from './reader';

/** What of the matrices is looked at, and the frames that were given a name. */
export interface LinkedPlace {
  readonly window: Window | null;
  readonly orderBy: OrderBy | null;
  readonly marks: readonly NamedFrame[];
  /** What is searched, as keys and values of its own (features/search/said.ts); absent where nobody searches. */
  readonly search?: string;
  /** What is asked of the frames; absent where they are looked at, or a stream is. */
  readonly asked?: LinkedAsked;
}

const ofSearch = 'search.';
const orders: readonly OrderBy[] = ['count', 'id', 'factor'];

export function writePlace({ window, orderBy, marks, search, asked }: LinkedPlace, put: Put): void {
  if (asked) writeAsked(asked, put);
  writeMarks(marks, put);
  for (const [key, value] of new URLSearchParams(search ?? '')) put(ofSearch + key, value);
  if (orderBy) put('orderBy', orderBy);
  if (!window) return;
  const { users, items } = window;
  put('window', [users.from, users.to, items.from, items.to].join(' '));
}

export function readPlace(link: LinkReader): LinkedPlace {
  const orderBy = link.take('orderBy', (said) => orders.find((one) => one === said));
  const search = link.under(ofSearch);
  return {
    ...(search !== null && { search }),
    orderBy: orderBy ?? null,
    window: link.take('window', windowIn) ?? null,
    marks: readMarks(link),
  };
}

function windowIn(said: string): Window | undefined {
  const [a, b, c, d, ...more] = numbersIn(said);
  if (d === undefined || more.length > 0 || !(a < b && c < d)) return undefined;
  return { users: { from: a, to: b }, items: { from: c, to: d } };
}
