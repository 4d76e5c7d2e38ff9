import type { Settings } from '../../state/settings';
import { useBench, useWorkbench } from '../workbench-context';
import { Info } from './info';

type ChoiceName = 'regularisation' | 'baseline' | 'alsInitial' | 'sgdInitial';

interface Props<N extends ChoiceName> {
  readonly name: N;
  readonly label: string;
  readonly info: string;
  readonly options: readonly (readonly [Settings[N], string])[];
}

/** A setting with a few values, as a select. */
export function Choice<N extends ChoiceName>({ name, label, info, options }: Props<N>) {
  const { actions } = useBench();
  const value = useWorkbench((state) => state.settings[name]);
  return (
    <div className="field field-row">
      <span className="field-label">{label}</span>
      <Info label={label} text={info} />
      <select
        aria-label={label}
        value={value}
        onChange={(event) => actions.change({ [name]: event.currentTarget.value })}
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
