import type { ChoiceSetting } from '../../settings/setting';
import type { FieldProps } from './field-props';
import { Info } from './info';

/** A setting with a few values, as a select. */
export function ChoiceField({ setting, value, put }: FieldProps<ChoiceSetting>) {
  const { label, spoken = label, info, options } = setting;
  return (
    <div className="field field-row">
      <span className="field-label">{label}</span>
      {info && <Info label={label} text={info} />}
      <select aria-label={spoken} value={value} onChange={(event) => put(event.currentTarget.value)}>
        {Object.entries(options).map(([id, text]) => (
          <option key={id} value={id}>
            {text}
          </option>
        ))}
      </select>
    </div>
  );
}
