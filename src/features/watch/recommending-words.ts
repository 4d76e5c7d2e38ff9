import type { RowName } from '../../files/run-folder/manifest';
import type { Recommended } from '../../sessions/top-n';
import { counted, grouped } from '../../words/numbers';
import type { SentRating } from './slice';

export const nameOfItem = ({ id, title }: RowName): string => title ?? `item ${id}`;

/** Where a rating is on its way into the model. */
export function statusOfSent({ status, learnt }: SentRating): string {
  if (learnt) return `in batch ${grouped(learnt.step)}: in the model.`;
  if (status === 'refused') return 'not taken. The server does not answer, or has no room for it.';
  return status === 'sending' ? 'being sent.' : 'sent; it waits for the job’s next batch.';
}

/** How much else has changed the model in the same batch. */
export const batchSentence = (ratings: number): string =>
  ratings === 1
    ? 'Nothing else was learnt in that batch.'
    : `The batch has ${counted(ratings, 'rating')}, so not all of it is this one’s doing.`;

/** What has changed in a list of the best, of as many as both have. */
export function changedWords(
  before: readonly Recommended[] | undefined,
  after: readonly Recommended[],
  nameOf: (item: number) => string,
): string {
  if (!before) return '';
  const itemsOf = (best: readonly Recommended[]) => best.map(({ item }) => item);
  const [was, is] = [itemsOf(before), itemsOf(after)];
  const top = `Of the top ${is.length}`;
  const came = is.filter((item) => !was.includes(item));
  if (came.length > 0) {
    const gone = was.filter((item) => !is.includes(item));
    const left = gone.length > 0 ? `; gone: ${gone.map(nameOf).join(', ')}` : '';
    return `${top}, new: ${came.map(nameOf).join(', ')}${left}.`;
  }
  if (is.join() === was.join()) return `${top}, all are where they were.`;
  return `${top}, all were there before, in another order.`;
}
