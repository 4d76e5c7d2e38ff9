import { isNeeded, raceSettings, type SettingName } from '../../settings/race';
import type { NumberSetting } from '../../settings/setting';
import { isMeant } from '../../settings/values';
import { useBench, useWorkbench } from '../workbench-context';
import { SettingField } from './setting-field';

interface Props extends Partial<Pick<NumberSetting, 'unit' | 'shown'>> {
  readonly name: SettingName;
}

/** One of the race's settings, in another unit where one is given; nothing where nobody needs it. */
export function RaceField({ name, ...inUnit }: Props) {
  const { actions } = useBench();
  const setting = raceSettings[name];
  const value = useWorkbench((state) => state.settings[name]);
  const isShown = useWorkbench(
    ({ settings, runs }) => isMeant(setting, settings) && isNeeded(name, Object.keys(runs)),
  );
  if (!isShown) return null;
  return (
    <SettingField
      setting={{ ...setting, ...inUnit }}
      value={value}
      fallback={actions.defaultOf(name)}
      put={(next) => actions.change({ [name]: next })}
      reset={() => actions.restoreDefaults(name)}
    />
  );
}
