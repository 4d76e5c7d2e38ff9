import { isWhole, type Setting, type SettingList, type ValuesOf } from '../../settings/setting';
import { accepts } from '../../settings/values';
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
    const value = link.take(key, (said) => {
      const given = valueIn(setting, said);
      if (setting.kind !== 'number' || typeof given !== 'number')
        return accepts(setting, given) ? given : undefined;
      if (isWhole(setting) && !Number.isInteger(given)) return undefined;
      const taken = Math.min(setting.max, Math.max(setting.min, given));
      if (taken !== given) link.problems.push({ code: 'out-of-bounds', key, taken });
      return taken;
    });
    if (value !== undefined) values[name] = value;
  }
  return values as Partial<ValuesOf<L>>;
}

/** What is said, as a value of the setting's kind; undefined where it is none, or not for links to say. */
function valueIn(setting: Setting, said: string): Setting['fallback'] | undefined {
  if (setting.kind === 'number') return said === 'null' ? null : numberIn(said);
  if (setting.kind === 'choice') return setting.unlinked?.includes(said) ? undefined : said;
  if (setting.kind === 'flag') return said === 'true' || (said === 'false' ? false : undefined);
  const words = said.split(' ').filter((word) => word !== '');
  return words.length <= Object.keys(setting.options).length ? [...new Set(words)] : undefined;
}
