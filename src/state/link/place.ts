import type { NamedFrame } from '../../draw/film';
import type { Window } from '../../draw/window';
import { readMarks, writeMarks } from './marks';
import { type LinkReader, numbersIn, type Put } from './reader';

/** What of the matrices is looked at, and the frames that were given a name. */
export interface LinkedPlace {
  readonly window: Window | null;
  readonly orderBy: 'count' | 'id' | null;
  readonly marks: readonly NamedFrame[];
}

export function writePlace({ window, orderBy, marks }: LinkedPlace, put: Put): void {
  writeMarks(marks, put);
  if (orderBy) put('orderBy', orderBy);
  if (!window) return;
  const { users, items } = window;
  put('window', [users.from, users.to, items.from, items.to].join(' '));
}

export function readPlace(link: LinkReader): LinkedPlace {
  const orderBy = link.take('orderBy', (said) => (said === 'count' || said === 'id' ? said : undefined));
  return {
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
