import type { FunctionComponent } from 'react';
import { FlagField, SeveralField } from './check-field';
import { ChoiceField } from './choice-field';
import type { FieldProps } from './field-props';
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
