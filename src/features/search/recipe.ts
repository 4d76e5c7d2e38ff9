import type { SearchPlan } from '../../experiments/search';
import { atOnceOf } from '../../methods';
import type { MethodId } from '../../methods/method';
import { raceSettings, type SettingName, type Settings } from '../../settings/race';
import type { SearchSettings } from '../../settings/search';
import { type Bounds, isWhole, type NumberSetting, type Setting } from '../../settings/setting';
import { accepts, shownNumber } from '../../settings/values';
import { takeTyped } from '../../words/typed';

/** What a setting can be set to in a search. */
export type Value = number | string;

/** A setting that is searched, and what is tried of it. */
export interface SearchAxis<N extends string = SettingName> {
  readonly name: N;
  /** At least two, each once. */
  readonly values: readonly Value[];
}

/** All that a search follows from, beside the ratings that are trained on. */
export interface Recipe extends SearchSettings {
  readonly axes: readonly SearchAxis[];
  /** What else decides the bits of its runs; null: as the race is set once it begins. */
  readonly fixed: Partial<Settings> | null;
}

/** A search can be so large at most: what is tried of one setting, and cells in all. */
const mostValues = 16;
export const mostCells = 400;

/**
 * Fewer training ratings than this are too few for the folds of a recipe: one might be left without any, or nobody might
 * have more than are left out of every user's.
 */
export const leastRatings = (recipe: Recipe, userCount: number): number =>
  Math.max(50 * recipe.folds, 1 + userCount * (leftOut(recipe) ?? 0));

/** How many ratings of every user a fold holds out; undefined where it is a part of all. */
export const leftOut = ({ division, leave }: Pick<Recipe, 'division' | 'leave'>): number | undefined =>
  division === 'users' ? leave : undefined;

/** Settings that decide what becomes of a run of a method; how λ counts is said of all. */
export const settingsOfMethod = (method: MethodId): readonly SettingName[] => [
  ...new Set<SettingName>([...atOnceOf(method).settings, 'regularisation']),
];

/** Those that can be searched: the seed is another with every part. */
export const searchable = (method: MethodId): readonly SettingName[] =>
  atOnceOf(method).settings.filter((name) => name !== 'seed');

/** What a recipe comes to, in numbers. */
export function planOf({ strategy, folds, seeds, axes }: Recipe, costs?: readonly number[]): SearchPlan {
  const cells = axes.reduce((count, { values }) => count * values.length, 1);
  return { strategy, parts: folds * seeds, cells, ...(costs && { costs }) };
}

/** What is set in a cell: the last axis goes fastest. */
export const valuesOf = ({ axes }: Pick<Recipe, 'axes'>, cell: number): Partial<Settings> =>
  Object.fromEntries(entriesAt(axes, cell));

export function entriesAt<N extends string>(axes: readonly SearchAxis<N>[], cell: number): [N, Value][] {
  const values: [N, Value][] = [];
  let rest = cell;
  for (const { name, values: tried } of axes.toReversed()) {
    values.unshift([name, tried[rest % tried.length]]);
    rest = Math.floor(rest / tried.length);
  }
  return values;
}

/** The settings that a cell of a search stands for, and its part of them all. */
export const settingsAt = (recipe: Recipe, cell: number, now: Settings): Settings => ({
  ...{ ...now, ...recipe.fixed },
  ...valuesOf(recipe, cell),
});

/** A recipe that does not follow from the race any more, whatever becomes of that. */
export function fixedBy(recipe: Recipe, now: Settings): Recipe {
  const searched = recipe.axes.map(({ name }) => name);
  const others = settingsOfMethod(recipe.method).filter((name) => !searched.includes(name));
  const fixed = Object.fromEntries(others.map((name) => [name, recipe.fixed?.[name] ?? now[name]]));
  return { ...recipe, fixed };
}

/** Of two cells the one that fits less closely comes first, by the first setting of the list that tells them apart. */
export function simplerFirst(recipe: Pick<Recipe, 'axes'>) {
  const telling = Object.entries<Setting>(raceSettings).flatMap(([name, setting]) =>
    setting.kind === 'number' && setting.simpler
      ? [{ name: name as 'rank', sign: setting.simpler === 'less' ? 1 : -1 }]
      : [],
  );
  return (a: number, b: number): number => {
    const [one, other] = [valuesOf(recipe, a), valuesOf(recipe, b)];
    const differences = telling.map(({ name, sign }) => sign * ((one[name] ?? 0) - (other[name] ?? 0)));
    return differences.find((difference) => difference !== 0) ?? 0;
  };
}

/** What is tried of a setting where nobody says otherwise: around what it is set to, or all that it can be. */
export const proposed = (name: SettingName, now: Settings): readonly Value[] =>
  proposedFor(raceSettings[name], now[name], [1 / 8, 1 / 4, 1 / 2, 1, 2, 4]);

/** The same of any setting, by what it is set to. */
export function proposedFor(setting: Setting, now: unknown, times: readonly number[]): readonly Value[] {
  if (setting.kind === 'choice') return Object.keys(setting.options);
  if (setting.kind !== 'number') return [];
  return numbersAround(setting, now as number, times);
}

/** Halved and doubled some times, or evenly spread where that leads nowhere. */
function numbersAround(setting: NumberSetting, now: number, times: readonly number[]): number[] {
  const around = times.map((one) => inPlace(setting, one * now));
  const evenly = [0, 0.25, 0.5, 0.75, 1].map((share) =>
    inPlace(setting, setting.min + share * (setting.max - setting.min)),
  );
  const unlike = (values: readonly number[]) => [...new Set(values)];
  return now > 0 && unlike(around).length > 2 ? unlike(around) : unlike(evenly);
}

/** A number that can be set, near another. */
export function inPlace(setting: Bounds, value: number): number {
  const near = isWhole(setting) ? Math.round(value) : Number(value.toPrecision(2));
  return Math.min(setting.max, Math.max(setting.min, near));
}

/** What somebody typed to be tried of a number, as it is shown; or what is wrong with it. */
export function valuesTyped(
  setting: NumberSetting,
  text: string,
): { readonly values: readonly number[] } | { readonly words: string } {
  const [min, max] = [shownNumber(setting, setting.min), shownNumber(setting, setting.max)];
  const values: number[] = [];
  for (const one of text.split(/[;\s]+|,(?=\s|$)/).filter((part) => part !== '')) {
    const { value, words } = takeTyped(one, { min, max, whole: isWhole(setting) });
    if (value === null || words) return { words };
    values.push(Number((value / (setting.shown ?? 1)).toPrecision(12)));
  }
  const unlike = [...new Set(values)].toSorted((a, b) => a - b);
  if (unlike.length < 2) return { words: 'At least two numbers, with blanks between them.' };
  if (unlike.length > mostValues) return { words: `At most ${mostValues} numbers.` };
  return { values: unlike };
}

/** Whether a recipe can be followed. */
export function isSound({ method, axes, fixed }: Recipe): boolean {
  const cells = axes.reduce((count, { values }) => count * values.length, 1);
  return (
    cells <= mostCells &&
    areAxesSound(axes, raceSettings, searchable(method)) &&
    isFixedSound(fixed, raceSettings, settingsOfMethod(method))
  );
}

/** Whether there is something to try: settings that can be searched, each once, and values that each may have. */
export function areAxesSound<N extends string>(
  axes: readonly SearchAxis<N>[],
  settings: Readonly<Record<N, Setting>>,
  searchable: readonly N[],
): boolean {
  return (
    axes.length > 0 &&
    new Set(axes.map(({ name }) => name)).size === axes.length &&
    axes.every(
      ({ name, values }) =>
        searchable.includes(name) &&
        values.length >= 2 &&
        values.length <= mostValues &&
        new Set(values).size === values.length &&
        values.every((value) => accepts(settings[name], value)),
    )
  );
}

/** Whether all that is fixed can be set, and to what it is. */
export const isFixedSound = <N extends string>(
  fixed: Readonly<Partial<Record<N, unknown>>> | null,
  settings: Readonly<Record<N, Setting>>,
  settable: readonly N[],
): boolean =>
  Object.entries(fixed ?? {}).every(
    ([name, value]) => settable.some((one) => one === name) && accepts(settings[name as N], value),
  );
