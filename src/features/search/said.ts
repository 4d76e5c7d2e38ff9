import { raceSettings } from '../../settings/race';
import { searchDefaults, searchSettings } from '../../settings/search';
import type { Setting, SettingList, ValuesOf } from '../../settings/setting';
import { type LinkReader, linkReader, numbersIn } from '../../state/link/reader';
import { readSettings, writeSettings } from '../../state/link/settings';
import { isSound, type Recipe, type SearchAxis, settingsOfMethod, type Value } from './recipe';

/** What a recipe says of settings that are not its own: what is tried of some, and what the others are. */
interface Said<N extends string> {
  readonly axes: readonly SearchAxis<N>[];
  readonly fixed: Readonly<Partial<Record<N, unknown>>> | null;
}

/** A recipe as links have it. */
export const said = (recipe: Recipe): string => saidBy(searchSettings, recipe, recipe);

/** Settings of a recipe's own, and others: what is tried of one stands under its name, with blanks in between. */
export function saidBy<S extends SettingList, N extends string>(
  own: S,
  values: ValuesOf<S>,
  { axes, fixed }: Said<N>,
): string {
  const entries: [string, string][] = [];
  writeSettings(own, values, (key, value) => void entries.push([key, value]));
  for (const { name, values: tried } of axes) entries.push([name, tried.join(' ')]);
  for (const [name, value] of Object.entries(fixed ?? {})) entries.push([name, String(value)]);
  return new URLSearchParams(entries).toString();
}

/** The recipe that a link says, which may be anybody's; null where it cannot be followed. */
export function recipeIn(text: string): Recipe | null {
  const link = linkReader(text);
  const settings = { ...searchDefaults, ...readSettings(searchSettings, link) };
  const recipe = { ...settings, ...saidOf(text, link, raceSettings, settingsOfMethod(settings.method)) };
  return link.problems.length === 0 && isSound(recipe) ? recipe : null;
}

/** What a link says of settings that can be set: tried where several values stand there, fixed where one does. */
export function saidOf<N extends string>(
  text: string,
  link: LinkReader,
  settings: Readonly<Record<N, Setting>>,
  settable: readonly N[],
) {
  const tried = [...new URLSearchParams(text).keys()]
    .filter((name): name is N => settable.some((one) => one === name))
    .map((name) => ({ name, values: valuesIn(settings[name], link.said(name) ?? '') }));
  const fixed = tried.filter(({ values }) => values.length === 1);
  return {
    axes: tried.filter(({ values }) => values.length !== 1),
    fixed: Object.fromEntries(fixed.map(({ name, values }) => [name, values[0]])),
  };
}

const valuesIn = (setting: Setting, text: string): readonly Value[] =>
  setting.kind === 'number' ? numbersIn(text) : text.split(' ');
