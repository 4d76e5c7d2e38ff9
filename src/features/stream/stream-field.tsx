import { type StreamSettings, streamDefaults, streamSettings } from '../../settings/stream';
import { SettingField } from '../settings/setting-field';
import { useLab, useStream } from './stream-context';

/** One of the lab's settings. */
export function StreamField({ name }: { readonly name: keyof StreamSettings }) {
  const { stream } = useStream();
  const value = useLab((state) => state.settings[name]);
  return (
    <SettingField
      setting={streamSettings[name]}
      value={value}
      fallback={streamDefaults[name]}
      put={(next) => stream.change({ [name]: next })}
      reset={() => stream.change({ [name]: streamDefaults[name] })}
    />
  );
}
