import * as v from 'valibot';
import {
  type Effect,
  isWhole,
  type NumberSetting,
  type Rated,
  type Setting,
  type SettingList,
  type ValuesOf,
} from './setting';

function schemaOf(setting: Setting): v.GenericSchema {
  switch (setting.kind) {
    case 'number': {
      const { min, max, fallback } = setting;
      const number = v.pipe(v.number(), v.finite(), v.minValue(min), v.maxValue(max));
      const checked = isWhole(setting) ? v.pipe(number, v.integer()) : number;
      return fallback === null ? v.nullable(checked) : checked;
    }
    case 'choice':
      return v.picklist(Object.keys(setting.options));
    case 'several':
      return v.pipe(
        v.array(v.picklist(Object.keys(setting.options))),
        v.minLength(setting.fewest),
        v.check((words) => new Set(words).size === words.length),
      );
    case 'flag':
      return v.boolean();
  }
}

/** Changes what is set; null where the change is out of bounds, or of no setting there is. */
export function changerOf<L extends SettingList>(list: L) {
  const schema = v.strictObject(
    Object.fromEntries(Object.entries(list).map(([name, setting]) => [name, schemaOf(setting)])),
  );
  return (values: ValuesOf<L>, change: Partial<ValuesOf<L>>): ValuesOf<L> | null => {
    const parsed = v.safeParse(schema, { ...values, ...change });
    return parsed.success ? (parsed.output as ValuesOf<L>) : null;
  };
}

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

/** The settings that differ between two states. */
export function differing<L extends SettingList>(
  list: L,
  before: ValuesOf<L>,
  after: ValuesOf<L>,
): (keyof L & string)[] {
  return Object.keys(list).filter((name) => String(before[name]) !== String(after[name]));
}

/** What has to happen between two states: an effect for each setting that differs. */
export const effectsOf = <L extends SettingList>(
  list: L,
  before: ValuesOf<L>,
  after: ValuesOf<L>,
): Effect[] => differing(list, before, after).map((name) => list[name].effect);

/** The part of what is set that a test of the settings holds for. */
export function pick<L extends SettingList>(
  list: L,
  values: Partial<ValuesOf<L>>,
  test: (setting: Setting) => boolean,
): Partial<ValuesOf<L>> {
  return Object.fromEntries(
    Object.entries(list).flatMap(([name, setting]) =>
      name in values && test(setting) ? [[name, values[name]]] : [],
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
