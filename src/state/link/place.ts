import type { Window } from '../../draw/window';
import { type LinkReader, numbersIn, type Put } from './reader';

/** What of the matrices is looked at. */
export interface LinkedPlace {
  readonly window: Window | null;
  readonly orderBy: 'count' | 'id' | null;
}

export function writePlace({ window, orderBy }: LinkedPlace, put: Put): void {
  if (orderBy) put('orderBy', orderBy);
  if (!window) return;
  const { users, items } = window;
  put('window', [users.from, users.to, items.from, items.to].join(' '));
}

export function readPlace(link: LinkReader): LinkedPlace {
  const orderBy = link.take('orderBy', (said) => (said === 'count' || said === 'id' ? said : undefined));
  return { orderBy: orderBy ?? null, window: link.take('window', windowIn) ?? null };
}

function windowIn(said: string): Window | undefined {
  const [a, b, c, d, ...more] = numbersIn(said);
  if (d === undefined || more.length > 0 || !(a < b && c < d)) return undefined;
  return { users: { from: a, to: b }, items: { from: c, to: d } };
}
