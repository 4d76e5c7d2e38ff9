import type { Collector } from '../collector';
import type { Read } from '../problem';
import type { RatingSet } from '../rating-set';
import { failure } from '../result';
import { itemsByTitle } from '../same-titles';
import { onePerson } from '../shapes/person';
import type { Title } from '../titles';
import type { Warning } from '../warning';
import type { Named } from './format';

/** What most scales go up to. */
const usualMost = [1, 5, 10, 100];
const mostOf = (value: number) => usualMost.find((most) => value <= most);

/** Who is added: “me”, and where somebody is called that already, “me 2”. */
function freeName(taken: ReadonlySet<string>): string {
  for (let n = 1; ; n++) {
    const name = n === 1 ? onePerson : `${onePerson} ${n}`;
    if (!taken.has(name)) return name;
  }
}

/**
 * Adds one person's ratings to those that were read so far, as those of one more user: by the titles or ids of the items,
 * on the scale of the others. What no item is called is left out, and said.
 *
 * @param titled what the items are called, where that is known
 */
export function addPerson(
  { name }: Named,
  person: RatingSet,
  rows: Collector,
  titled: ReadonlyMap<string, Title> | null,
): Read<{ readonly warnings: readonly Warning[] }> {
  const { items, values, times, itemIds } = person;
  const { userIds, itemIds: known, most, firstTime } = rows.soFar();
  const user = freeName(new Set(userIds));
  const itemOf = itemsByTitle(known, titled);
  const [theirs, ours] = [mostOf(person.scale.max), mostOf(most)];
  const factor = theirs && ours ? ours / theirs : 1;
  // Times count seconds, or else milliseconds, throughout.
  const perSecond = firstTime > 1e11 ? 1000 : 1;
  const unknown: string[] = [];
  values.forEach((value, j) => {
    const title = itemIds?.[items[j]] ?? '';
    const item = itemOf(title);
    const time = times ? (times.origin + times.unit * times.at[j]) * perSecond : Number.NaN;
    if (item === null) unknown.push(title);
    else rows.add(user, item, value * factor, time, 0);
  });
  const added = values.length - unknown.length;
  if (added === 0) return failure('nothing-in-common', { fileName: name });
  const warnings: Warning[] = [
    { code: 'person-added', count: added, of: values.length, value: factor, example: user },
  ];
  if (unknown.length > 0)
    warnings.push({ code: 'person-unknown', count: unknown.length, names: unknown.slice(0, 100) });
  return { ok: true, warnings };
}
