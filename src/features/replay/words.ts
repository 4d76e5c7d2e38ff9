import { atOnceOf, methodOf } from '../../methods';
import type { MethodId } from '../../methods/method';

/** 'one iteration and one epoch': what each of some methods does; what is called the same is said once. */
export const oneOfEach = (ids: readonly MethodId[], nameOf: (id: MethodId) => string): string =>
  [...new Set(ids.map((id) => `one ${nameOf(id)}`))].join(' and ');

export const stepName = (id: MethodId): string => methodOf(id).step.one;

/** The smallest unit that a method can be asked for, as a user counts them: a sweep, or a rating. */
export function unitName(id: MethodId): string {
  const { sweeps, unit } = atOnceOf(id);
  return sweeps ? unit : 'rating';
}
