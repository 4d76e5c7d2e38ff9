import { isWhole, type Setting, type SettingList, type ValuesOf } from '../../settings/setting';
import { type LinkReader, numberIn, type Put } from './reader';

/** The settings that a link has, each by its key. */
const linked = (list: SettingList, prefix: string) =>
  Object.entries(list).flatMap(([name, setting]) =>
    setting.effect === 'machine' ? [] : [{ name, setting, key: prefix + name }],
  );

/** Writes what is set, as far as it is given, in the order of the list. */
export function writeSettings<L extends SettingList>(
  list: L,
  values: Partial<ValuesOf<L>>,
  put: Put,
  prefix = '',
): void {
  for (const { name, setting, key } of linked(list, prefix)) {
    const value: unknown = values[name];
    const isSaid = value !== undefined && !(setting.isQuiet && String(value) === String(setting.fallback));
    if (isSaid) put(key, Array.isArray(value) ? value.join(' ') : String(value));
  }
}

/**
 * Reads settings, each strictly: a word has to be one of its words. A number out of bounds is clamped to them, which is
 * said; what is none at all gives way to the default.
 */
export function readSettings<L extends SettingList>(
  list: L,
  link: LinkReader,
  prefix = '',
): Partial<ValuesOf<L>> {
  const values: Record<string, unknown> = {};
  for (const { name, setting, key } of linked(list, prefix)) {
    const value = link.take(key, (said) => valueIn(setting, said));
    if (value === undefined) continue;
    values[name] = value;
    if (setting.kind !== 'number' || typeof value !== 'number') continue;
    const taken = Math.min(setting.max, Math.max(setting.min, value));
    if (taken !== value) link.problems.push({ code: 'out-of-bounds', key, taken });
    values[name] = taken;
  }
  return values as Partial<ValuesOf<L>>;
}

function valueIn(setting: Setting, said: string): Setting['fallback'] | undefined {
  switch (setting.kind) {
    case 'number': {
      if (said === 'null' && setting.fallback === null) return null;
      const value = numberIn(said);
      return isWhole(setting) && !Number.isInteger(value) ? undefined : value;
    }
    case 'choice':
      return wordIn(said, setting.options) && !setting.unlinked?.includes(said) ? said : undefined;
    case 'several': {
      const words = said.split(' ').filter((word) => word !== '');
      const fits = words.length >= setting.fewest && words.length <= Object.keys(setting.options).length;
      return fits && words.every((word) => wordIn(word, setting.options)) ? [...new Set(words)] : undefined;
    }
    case 'flag':
      return said === 'true' || said === 'false' ? said === 'true' : undefined;
  }
}

const wordIn = (said: string, options: object) => Object.hasOwn(options, said);
