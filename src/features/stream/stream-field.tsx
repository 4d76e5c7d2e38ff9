import type { Setting } from '../../settings/setting';
import { type StreamSettings, streamSettings } from '../../settings/stream';
import { streamDefaultsFor } from '../../state/run-configs';
import { SettingField } from '../settings/setting-field';
import { useBench, useStream, useWorkbench } from '../workbench-context';

interface Props {
  readonly name: keyof StreamSettings;
  readonly instead?: Partial<Setting>;
}

/** One of the lab's settings. `instead`: what of it is otherwise here. */
export function StreamField({ name, instead }: Props) {
  const { stream } = useBench().actions;
  const fallback = useWorkbench(({ data }) => streamDefaultsFor(data)[name]);
  const value = useStream((state) => state.settings[name]);
  return (
    <SettingField
      setting={{ ...streamSettings[name], ...instead } as Setting}
      value={value}
      fallback={fallback}
      put={(next) => stream.change({ [name]: next })}
      reset={() => stream.change({ [name]: fallback })}
    />
  );
}
