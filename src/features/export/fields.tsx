import { type ReactNode, useId } from 'react';
import type { NumberBounds } from '../../words/typed';
import { TypedNumber } from '../shell/typed-number';

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

/** A number within bounds. */
export function NumberField({ label, value, onChange, ...bounds }: FieldProps<number> & NumberBounds) {
  const id = useId();
  return (
    <Field label={label} id={id}>
      <TypedNumber
        id={id}
        {...bounds}
        text={() => String(Number(value.toPrecision(6)))}
        onNumber={onChange}
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
