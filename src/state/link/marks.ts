import type { NamedFrame } from '../../draw/film';
import { atOnceOf, raceMethodIds } from '../../methods';
import type { MethodId } from '../../methods/method';
import { raceSettings } from '../../settings/race';
import { type LinkReader, numberIn, type Put } from './reader';

/** Characters of a name, and marks that are read, at most. */
export const longestMark = 40;
const mostMarks = 60;
/** Characters of an address that marks may take: it has to hold the settings as well. */
const mostCharacters = 3000;

/** A line each: 'als 2 sgd 0.5:First frame'. What would make the address too long is left out, the last first. */
export function writeMarks(marks: readonly NamedFrame[], put: Put): void {
  const lines = marks.map(({ name, steps }) => {
    const said = Object.entries(steps).map(([method, step]) => `${method} ${step}`);
    return `${said.join(' ')}:${name.replaceAll('\n', ' ')}`;
  });
  const joined = (count: number) => lines.slice(0, count).join('\n');
  let count = Math.min(mostMarks, lines.length);
  while (count > 0 && encodeURIComponent(joined(count)).length > mostCharacters) count--;
  if (count > 0) put('marks', joined(count));
}

/** The marks of a link; none of them where one is not right. */
export const readMarks = (link: LinkReader): readonly NamedFrame[] => link.take('marks', marksIn) ?? [];

function marksIn(said: string): NamedFrame[] | undefined {
  const lines = said.split('\n');
  const marks = lines.slice(0, mostMarks + 1).flatMap((line) => markIn(line) ?? []);
  return marks.length === lines.length && lines.length <= mostMarks ? marks : undefined;
}

function markIn(line: string): NamedFrame | undefined {
  const end = line.indexOf(':');
  const name = line.slice(end + 1).trim();
  const words = line.slice(0, Math.max(0, end)).split(' ');
  const steps: Record<MethodId, number> = {};
  for (let i = 0; i < words.length; i += 2) {
    const method = raceMethodIds.find((id) => id === words[i]);
    const step = numberIn(words[i + 1] ?? '');
    if (!method || step === undefined || step > raceSettings[atOnceOf(method).limit].max) return undefined;
    steps[method] = step;
  }
  return name === '' || name.length > longestMark ? undefined : { name, steps };
}
