import { Toolbar } from '@base-ui/react/toolbar';
import { type FunctionComponent, useId } from 'react';
import type { ChoiceSetting, FlagSetting, SeveralSetting } from '../../settings/setting';
import { MethodSwatch } from '../shell/method-swatch';
import './settings.css';
import type { FieldProps } from './field-props';
import { Info } from './info';
import { NumberSlider } from './number-slider';

const fields = { number: NumberSlider, choice: ChoiceField, several: SeveralField, flag: FlagField };

/** A setting, as its kind is set. */
export function SettingField(props: FieldProps) {
  const Field = fields[props.setting.kind] as FunctionComponent<FieldProps>;
  return <Field {...props} />;
}

/** Fields one below the other; those that are more than a field are `special`. */
export function fieldsOf<N extends string>(
  names: readonly N[],
  Field: FunctionComponent<{ readonly name: N }>,
  special: Readonly<Record<string, FunctionComponent>>,
) {
  return names.map((name) => {
    const Special = special[name];
    return Special ? <Special key={name} /> : <Field key={name} name={name} />;
  });
}

/** A setting with a few values, as a select. */
function ChoiceField({ setting, value, put }: FieldProps<ChoiceSetting>) {
  const { label, spoken = label, info, options } = setting;
  return (
    <Toolbar.Root className="field field-row" aria-label={`${label}: value and help`}>
      <span className="field-label">{label}</span>
      {info && <Info label={label} text={info} />}
      <Toolbar.Input
        render={
          <select aria-label={spoken} value={value} onChange={(event) => put(event.currentTarget.value)}>
            {Object.entries(options).map(([id, text]) => (
              <option key={id} value={id}>
                {text}
              </option>
            ))}
          </select>
        }
      />
    </Toolbar.Root>
  );
}

/** A setting that is on or off. */
function FlagField({ setting, value, put }: FieldProps<FlagSetting>) {
  return (
    <label className="check" title={setting.info}>
      <input type="checkbox" checked={value} onChange={(event) => put(event.currentTarget.checked)} />
      {setting.label}
    </label>
  );
}

/** A setting with some of a few values, each as a box to tick; those that it cannot do without stay ticked. */
function SeveralField({ setting, value, put }: FieldProps<SeveralSetting>) {
  const { label, options, fewest, areMethods } = setting;
  const group = useId();
  return (
    <Toolbar.Root orientation="vertical" aria-label={label}>
      {Object.entries(options).map(([id, [name, info]]) => (
        <div key={id} className="method-row">
          <label className="check" htmlFor={`${group}-${id}`}>
            <Toolbar.Input
              id={`${group}-${id}`}
              disabled={value.length <= fewest && value.includes(id)}
              render={
                <input
                  type="checkbox"
                  checked={value.includes(id)}
                  onChange={(event) =>
                    put(event.currentTarget.checked ? [...value, id] : value.filter((other) => other !== id))
                  }
                />
              }
            />
            {areMethods && <MethodSwatch method={id} />}
            {name}
          </label>
          <Info label={name} text={info} />
        </div>
      ))}
    </Toolbar.Root>
  );
}
