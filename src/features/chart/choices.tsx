export interface Choice<T extends string> {
  readonly id: T;
  readonly name: string;
  readonly disabled?: boolean;
}

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
