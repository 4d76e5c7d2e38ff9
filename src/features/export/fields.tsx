import { useId, useState } from 'react';

/** One of a few values, as a select. */
export function Pick<T extends string | number>({
  label,
  value,
  options,
  onChange,
}: {
  readonly label: string;
  readonly value: T;
  readonly options: readonly (readonly [T, string])[];
  readonly onChange: (value: T) => void;
}) {
  const id = useId();
  return (
    <div className="export-field">
      <label htmlFor={id}>{label}</label>
      <select
        id={id}
        value={value}
        onChange={(event) => onChange(options[event.currentTarget.selectedIndex][0])}
      >
        {options.map(([id, text]) => (
          <option key={id} value={id}>
            {text}
          </option>
        ))}
      </select>
    </div>
  );
}

/** One of a few values, all of them to be seen. */
export function Tabs<T extends string>({
  name,
  options,
  value,
  isOff,
  onChange,
}: {
  readonly name: string;
  readonly options: readonly (readonly [T, string])[];
  readonly value: T;
  readonly isOff: (id: T) => boolean;
  readonly onChange: (value: T) => void;
}) {
  return (
    <fieldset className="choices export-tabs">
      <legend className="visually-hidden">{name}</legend>
      {options.map(([id, text]) => (
        <label key={id}>
          <input
            type="radio"
            name={name}
            checked={value === id}
            disabled={isOff(id)}
            onChange={() => onChange(id)}
          />
          <span>{text}</span>
        </label>
      ))}
    </fieldset>
  );
}

/** A number within bounds: what is typed counts as soon as it is one, and is put right when it is left. */
export function NumberField({
  label,
  value,
  min,
  max,
  whole = false,
  onChange,
}: {
  readonly label: string;
  readonly value: number;
  readonly min: number;
  readonly max: number;
  readonly whole?: boolean;
  readonly onChange: (value: number) => void;
}) {
  const id = useId();
  const [typed, setTyped] = useState<string | null>(null);
  function type(text: string) {
    setTyped(text);
    const number = Number(text.replace(',', '.'));
    if (text.trim() === '' || !Number.isFinite(number)) return;
    const bounded = Math.min(max, Math.max(min, whole ? Math.round(number) : number));
    if (bounded === number) onChange(bounded);
  }
  function leave() {
    const number = Number((typed ?? '').replace(',', '.'));
    if (typed?.trim() && Number.isFinite(number))
      onChange(Math.min(max, Math.max(min, whole ? Math.round(number) : number)));
    setTyped(null);
  }
  return (
    <div className="export-field">
      <label htmlFor={id}>{label}</label>
      <input
        id={id}
        type="text"
        inputMode="decimal"
        value={typed ?? String(Number(value.toPrecision(6)))}
        onChange={(event) => type(event.currentTarget.value)}
        onBlur={leave}
        onKeyDown={(event) => event.key === 'Enter' && leave()}
      />
    </div>
  );
}
