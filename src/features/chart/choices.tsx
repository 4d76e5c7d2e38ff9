import { optionsOf } from '../../settings/setting';

export interface Choice<T extends string> {
  readonly id: T;
  readonly name: string;
  readonly disabled?: boolean;
}

/** The options of a setting. */
export const choicesOf = <T extends string>(setting: { readonly options: Readonly<Record<T, string>> }) =>
  optionsOf(setting).map(([id, name]): Choice<T> => ({ id, name }));

/** One of a few, all of them in sight. */
export function Choices<T extends string>({
  name,
  options,
  value,
  onChange,
}: {
  name: string;
  options: readonly Choice<T>[];
  value: T;
  onChange: (value: T) => void;
}) {
  return (
    <fieldset className="choices">
      <legend className="visually-hidden">{name}</legend>
      {options.map(({ id, name: text, disabled = false }) => (
        <label key={id}>
          <input
            type="radio"
            name={name}
            checked={value === id}
            disabled={disabled}
            onChange={() => onChange(id)}
          />
          <span>{text}</span>
        </label>
      ))}
    </fieldset>
  );
}
