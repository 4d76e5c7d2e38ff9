import { numberText } from '../../settings/values';
import { settingOfKey } from '../../state/link/link';
import type { LinkProblem } from '../../state/link/reader';

/** What of a link was not taken as it stood. */
export function linkSentence(found: readonly LinkProblem[]): string {
  const [{ code }] = found;
  if (code === 'newer-version')
    return 'This link was made by a newer version of Factorscope; what it says was left aside.';
  if (code === 'too-long' || code === 'not-a-link')
    return 'The address holds no settings of Factorscope; the defaults stand.';
  const parts = found.slice(0, 4).map(partOf);
  return `Of this link, ${parts.join('; ')}${found.length > parts.length ? '; and more' : ''}.`;
}

/** A key that is a setting goes by what it is called on the screen. */
function partOf({ key = '', taken }: LinkProblem): string {
  const setting = settingOfKey(key);
  const name = setting?.label ?? key;
  if (taken === undefined) return `${name} is not valid, so its default stands`;
  const value = setting?.kind === 'number' ? numberText(setting, taken) : taken;
  return `${name} is out of bounds, so ${value} stands`;
}
