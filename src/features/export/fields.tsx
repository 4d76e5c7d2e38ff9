import { type ReactNode, useId, useState } from 'react';

interface FieldProps<T> {
  readonly label: string;
  readonly value: T;
  readonly onChange: (value: T) => void;
}

/** One of a few values, as a select. */
export function Pick<T extends string | number>({
  label,
  value,
  options,
  onChange,
}: FieldProps<T> & { readonly options: readonly (readonly [T, string])[] }) {
  const id = useId();
  return (
    <Field label={label} id={id}>
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
    </Field>
  );
}

export interface Bounds {
  readonly min: number;
  readonly max: number;
  readonly whole?: boolean | undefined;
}

/** A number within bounds: what is typed counts as soon as it is one, and is put right when it is left. */
export function NumberField({
  label,
  value,
  min,
  max,
  whole = false,
  onChange,
}: FieldProps<number> & Bounds) {
  const id = useId();
  const [typed, setTyped] = useState<string | null>(null);
  const numberIn = (text: string) => (text.trim() ? Number(text.replace(',', '.')) : Number.NaN);
  const bounded = (number: number) => Math.min(max, Math.max(min, whole ? Math.round(number) : number));
  function type(text: string) {
    setTyped(text);
    const number = numberIn(text);
    if (bounded(number) === number) onChange(number);
  }
  function leave() {
    const number = numberIn(typed ?? '');
    if (Number.isFinite(number)) onChange(bounded(number));
    setTyped(null);
  }
  return (
    <Field label={label} id={id}>
      <input
        id={id}
        type="text"
        inputMode="decimal"
        value={typed ?? String(Number(value.toPrecision(6)))}
        onChange={(event) => type(event.currentTarget.value)}
        onBlur={leave}
        onKeyDown={(event) => event.key === 'Enter' && leave()}
      />
    </Field>
  );
}

function Field({ label, id, children }: { label: string; id: string; children: ReactNode }) {
  return (
    <div className="export-field">
      <label htmlFor={id}>{label}</label>
      {children}
    </div>
  );
}
