import type { FlagSetting, SeveralSetting } from '../../settings/setting';
import { MethodSwatch } from '../shell/method-swatch';
import type { FieldProps } from './field-props';
import { Info } from './info';

/** A setting that is on or off. */
export function FlagField({ setting, value, put }: FieldProps<FlagSetting>) {
  return (
    <label className="check">
      <input type="checkbox" checked={value} onChange={(event) => put(event.currentTarget.checked)} />
      {setting.label}
    </label>
  );
}

/** A setting with some of a few values, each as a box to tick; those that it cannot do without stay ticked. */
export function SeveralField({ setting, value, put }: FieldProps<SeveralSetting>) {
  const { options, fewest, areMethods } = setting;
  return Object.entries(options).map(([id, [label, info]]) => (
    <div key={id} className="method-row">
      <label className="check">
        <input
          type="checkbox"
          checked={value.includes(id)}
          disabled={value.length <= fewest && value.includes(id)}
          onChange={(event) =>
            put(event.currentTarget.checked ? [...value, id] : value.filter((other) => other !== id))
          }
        />
        {areMethods && <MethodSwatch method={id} />}
        {label}
      </label>
      <Info label={label} text={info} />
    </div>
  ));
}
