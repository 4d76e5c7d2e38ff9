import { type RangeName, ranges } from '../../state/settings';
import { useBench, useWorkbench } from '../workbench-context';
import { type FieldWords, NumberSlider } from './number-slider';

/** One of the workbench's numbers. */
export function RangeField({ name, ...words }: FieldWords & { readonly name: RangeName }) {
  const { actions } = useBench();
  const value = useWorkbench((state) => state.settings[name]);
  return (
    <NumberSlider
      {...words}
      range={ranges[name]}
      value={value}
      fallback={actions.defaultOf(name) as number}
      put={(next) => actions.change({ [name]: next })}
      reset={() => actions.restoreDefaults(name)}
    />
  );
}
