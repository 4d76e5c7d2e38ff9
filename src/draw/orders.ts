import type { Split } from '../ratings/hold-out';
import { countsOf } from '../ratings/lines';

/** `id`: as in the source, numbers by their value. `factor`: along the leading factors of a model. */
export type OrderBy = 'count' | 'id' | 'factor';

/** Who stands where: order[place[x]] = x. */
export interface Order {
  readonly order: Uint32Array;
  readonly place: Uint32Array;
}

export interface Orders {
  readonly users: Order;
  readonly items: Order;
}

/** As their indices are. */
export function inOrderOfIndex(count: number): Order {
  const order = Uint32Array.from({ length: count }, (_, x) => x);
  return { order, place: order };
}

/** The one with most ratings first; of equal ones the lower index. */
export function byCount({ byUser, byItem, validation }: Split): Orders {
  const users = countsOf(byUser);
  const items = countsOf(byItem);
  for (let x = 0; x < users.length; x++) users[x] += validation.start[x + 1] - validation.start[x];
  for (const y of validation.other) items[y]++;
  const descending = (counts: Uint32Array) => sortedBy(counts.length, (x) => -counts[x]);
  return { users: descending(users), items: descending(items) };
}

/** Ids that are numbers by value, then the others by letter; by index where there are no ids. */
export function byId(ids: readonly string[] | null, count: number): Order {
  if (!ids) return inOrderOfIndex(count);
  const numbers = ids.map((id) => (/^\d{1,15}$/.test(id) ? Number(id) : Number.POSITIVE_INFINITY));
  const order = Uint32Array.from({ length: count }, (_, x) => x).sort((a, b) => {
    if (numbers[a] !== numbers[b]) return numbers[a] - numbers[b];
    return ids[a] < ids[b] ? -1 : ids[a] > ids[b] ? 1 : a - b;
  });
  return placed(order);
}

/** By a key, the least first; of equal ones the lower index. */
export function sortedBy(count: number, key: (x: number) => number): Order {
  const keys = Float64Array.from({ length: count }, (_, x) => key(x));
  return placed(Uint32Array.from({ length: count }, (_, x) => x).sort((a, b) => keys[a] - keys[b] || a - b));
}

function placed(order: Uint32Array): Order {
  const place = new Uint32Array(order.length);
  for (let p = 0; p < order.length; p++) place[order[p]] = p;
  return { order, place };
}
