import { type StreamRangeName, streamDefaults, streamRanges } from '../../state/stream-settings';
import { type FieldWords, NumberSlider } from '../settings/number-slider';
import { useLab, useStream } from './stream-context';

type Plain = Exclude<StreamRangeName, 'refitEvery'>;

/** One of the lab's numbers. */
export function StreamField({ name, ...words }: FieldWords & { readonly name: Plain }) {
  const { stream } = useStream();
  const value = useLab((state) => state.settings[name]);
  const fallback = streamDefaults[name];
  return (
    <NumberSlider
      {...words}
      range={streamRanges[name]}
      value={value}
      fallback={fallback}
      put={(next) => stream.change({ [name]: next })}
      reset={() => stream.change({ [name]: fallback })}
    />
  );
}
