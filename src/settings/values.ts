import {
  type Effect,
  isWhole,
  type NumberSetting,
  type Rated,
  type Setting,
  type SettingList,
  type ValuesOf,
} from './setting';

/** Whether a setting can be set to this: some of its words, or a number within its bounds. */
export function accepts(setting: Setting, value: unknown): boolean {
  if (setting.kind === 'flag') return typeof value === 'boolean';
  if (setting.kind === 'number') {
    if (value === null) return setting.fallback === null;
    if (typeof value !== 'number' || (isWhole(setting) && !Number.isInteger(value))) return false;
    return value >= setting.min && value <= setting.max;
  }
  const isWord = (word: unknown) => typeof word === 'string' && Object.hasOwn(setting.options, word);
  if (setting.kind === 'choice') return isWord(value);
  if (!Array.isArray(value) || value.length < setting.fewest) return false;
  return value.every(isWord) && new Set(value).size === value.length;
}

/** Changes what is set; null where the change is out of bounds, or of no setting there is. */
export const changerOf =
  <L extends SettingList>(list: L) =>
  (values: ValuesOf<L>, change: Partial<ValuesOf<L>>): ValuesOf<L> | null => {
    const next = { ...values, ...change };
    const fits = ([name, value]: [string, unknown]) =>
      Object.hasOwn(list, name) && accepts(list[name], value);
    return Object.entries(next).every(fits) ? next : null;
  };

/** What is set where nobody says otherwise: for pictures, or for these ratings out of a file. */
export function defaultsOf<L extends SettingList>(list: L, ratings: Rated | null = null): ValuesOf<L> {
  const defaultOf = ({ fallback, forFiles }: Setting) => {
    if (!ratings || forFiles === undefined) return fallback;
    return typeof forFiles === 'function' ? forFiles(ratings) : forFiles;
  };
  return Object.fromEntries(
    Object.entries(list).map(([name, setting]) => [name, defaultOf(setting)]),
  ) as ValuesOf<L>;
}

/** What is set once there are other defaults: what was at its default stays at it. */
export const withDefaults = <L extends SettingList>(
  list: L,
  values: ValuesOf<L>,
  ...[before, after]: [before: ValuesOf<L>, after: ValuesOf<L>]
): ValuesOf<L> => {
  const changed = new Set(differing(list, before, values));
  return { ...values, ...pick(list, after, (_, name) => !changed.has(name)) };
};

/** The settings that differ between two states. */
export const differing = <L extends SettingList>(list: L, before: ValuesOf<L>, after: ValuesOf<L>) =>
  (Object.keys(list) as (keyof L & string)[]).filter((name) => String(before[name]) !== String(after[name]));

/** What has to happen between two states: an effect for each setting that differs. */
export const effectsOf = <L extends SettingList>(
  list: L,
  ...states: [before: ValuesOf<L>, after: ValuesOf<L>]
) => differing(list, ...states).map((name): Effect => list[name].effect);

/** The part of what is set that a test of the settings holds for. */
export function pick<L extends SettingList>(
  list: L,
  values: Partial<ValuesOf<L>>,
  test: (setting: Setting, name: string) => boolean,
): Partial<ValuesOf<L>> {
  return Object.fromEntries(
    Object.entries(list).flatMap(([name, setting]) =>
      name in values && test(setting, name) ? [[name, values[name]]] : [],
    ),
  ) as Partial<ValuesOf<L>>;
}

/** Whether a setting has a meaning as the others are. */
export function isMeant({ where }: Setting, values: Readonly<Record<string, unknown>>): boolean {
  return !where || where[1].some((value) => value === values[where[0]]);
}

/** A number as it is shown, in its unit: a share in per cent. Six significant digits. */
export const shownNumber = ({ shown = 1 }: NumberSetting, value: number): number =>
  Number((value * shown).toPrecision(6));

export const numberText = (setting: NumberSetting, value: number): string =>
  `${shownNumber(setting, value)} ${setting.unit ?? ''}`.trim();
