import type { FlagSetting, SeveralSetting } from '../../settings/setting';
import { Info } from './info';

interface Checked {
  readonly label: string;
  readonly value: boolean;
  put(value: boolean): void;
}

function Check({
  label,
  value,
  put,
  hasSwatch,
  disabled,
}: Checked & { readonly hasSwatch?: boolean; readonly disabled?: boolean }) {
  return (
    <label className="check">
      <input
        type="checkbox"
        checked={value}
        disabled={disabled}
        onChange={(event) => put(event.currentTarget.checked)}
      />
      {hasSwatch && <span className="swatch" />}
      {label}
    </label>
  );
}

/** A setting that is on or off. */
export function FlagField({ setting, ...field }: Omit<Checked, 'label'> & { readonly setting: FlagSetting }) {
  return <Check label={setting.label} {...field} />;
}

interface Props<T extends string> {
  readonly setting: SeveralSetting & { readonly options: Readonly<Record<T, readonly [string, string]>> };
  readonly value: readonly T[];
  put(value: readonly T[]): void;
  /** They are methods, and have colours. */
  readonly areMethods?: boolean;
}

/** A setting with some of a few values, each as a box to tick; those that it cannot do without stay ticked. */
export function SeveralField<T extends string>({ setting, value, put, areMethods = false }: Props<T>) {
  return (Object.entries(setting.options) as [T, readonly [string, string]][]).map(([id, [label, info]]) => (
    <div key={id} className="method-row" data-method={areMethods ? id : undefined}>
      <Check
        label={label}
        hasSwatch={areMethods}
        disabled={value.length <= setting.fewest && value.includes(id)}
        value={value.includes(id)}
        put={(on) => put(on ? [...value, id] : value.filter((other) => other !== id))}
      />
      <Info label={label} text={info} />
    </div>
  ));
}
