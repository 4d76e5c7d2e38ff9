import type { ChoiceSetting } from '../../settings/setting';
import { Info } from './info';

interface Props<T extends string> {
  readonly setting: ChoiceSetting & { readonly options: Readonly<Record<T, string>> };
  readonly value: T;
  put(value: T): void;
  /** The options that can be had here; all of them where this is left out. */
  readonly among?: readonly T[];
  /** What a screen reader calls it, where its label is too short for that. */
  readonly name?: string;
}

/** A setting with a few values, as a select. */
export function ChoiceField<T extends string>({ setting, value, put, among, name }: Props<T>) {
  const { label, info, options } = setting;
  return (
    <div className="field field-row">
      <span className="field-label">{label}</span>
      {info && <Info label={label} text={info} />}
      <select
        aria-label={name ?? label}
        value={value}
        onChange={(event) => put(event.currentTarget.value as T)}
      >
        {(among ?? (Object.keys(options) as T[])).map((id) => (
          <option key={id} value={id}>
            {options[id]}
          </option>
        ))}
      </select>
    </div>
  );
}
