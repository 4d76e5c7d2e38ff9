import { parts } from '../../metrics/parts';
import type { StreamFacts } from '../../workers/learn-protocol';

/** What ratings are called that are not learnt from: 'hidden', 'validation'. */
export const unseenName = (facts: Pick<StreamFacts, 'isHidden'> | null): string =>
  (parts.find(({ id }) => id === (facts?.isHidden ? 'hidden' : 'validation')) ?? parts[0]).name;
