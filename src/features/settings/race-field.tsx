import { isNeeded, raceSettings, racingOf, type SettingName, usersOf } from '../../settings/race';
import { raceWords } from '../../settings/race-words';
import type { Setting } from '../../settings/setting';
import { isMeant } from '../../settings/values';
import { useBench, useWorkbench } from '../workbench-context';
import { SettingField } from './setting-field';

/** One of the race's settings, where it is needed. `instead`: what of it is otherwise here. */
export function RaceField({
  name,
  instead,
}: {
  readonly name: SettingName;
  readonly instead?: Partial<Setting>;
}) {
  const { actions } = useBench();
  const setting = raceSettings[name];
  const value = useWorkbench((state) => state.settings[name]);
  const isShown = useWorkbench(
    ({ settings }) => isMeant(setting, settings) && isNeeded(name, racingOf(settings)),
  );
  const owner = useWorkbench(({ settings }) => {
    const users = usersOf(name, racingOf(settings));
    return users.length === 1 ? users[0] : null;
  });
  // Where all that there are have to be there, nothing can be chosen.
  const isChoice = setting.kind !== 'several' || Object.keys(setting.options).length > setting.fewest;
  if (!isShown || !isChoice) return null;
  return (
    <SettingField
      setting={{ ...setting, info: raceWords[name], ...instead } as Setting}
      value={value}
      colour={owner && `var(--method-${owner})`}
      fallback={actions.defaultOf(name)}
      put={(next) => actions.change({ [name]: next })}
      reset={() => actions.restoreDefaults(name)}
    />
  );
}
