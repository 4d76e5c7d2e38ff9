import type { Settings } from '../../state/settings';
import { useBench, useWorkbench } from '../workbench-context';
import { Info } from './info';

type ChoiceName = 'regularisation' | 'baseline' | 'alsInitial' | 'sgdInitial';

interface Words<T extends string> {
  readonly label: string;
  readonly info: string;
  readonly options: readonly (readonly [T, string])[];
}

/** One of the workbench's settings with a few values. */
export function Choice<N extends ChoiceName>({ name, ...words }: Words<Settings[N]> & { readonly name: N }) {
  const { actions } = useBench();
  const value = useWorkbench((state) => state.settings[name]);
  return <ChoiceField {...words} value={value} put={(next) => actions.change({ [name]: next })} />;
}

/** Something with a few values, as a select, and what it does. */
export function ChoiceField<T extends string>({
  label,
  info,
  options,
  value,
  put,
}: Words<T> & { readonly value: T; put(value: T): void }) {
  return (
    <div className="field field-row">
      <span className="field-label">{label}</span>
      <Info label={label} text={info} />
      <select aria-label={label} value={value} onChange={(event) => put(event.currentTarget.value as T)}>
        {options.map(([id, text]) => (
          <option key={id} value={id}>
            {text}
          </option>
        ))}
      </select>
    </div>
  );
}
