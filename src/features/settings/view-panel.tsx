import type { ReactNode } from 'react';
import { errorMetrics, metrics } from '../../metrics';
import type { Setting } from '../../settings/setting';
import { isMeant } from '../../settings/values';
import type { LoadedData } from '../../state/loaded-data';
import { lookSettings, type Theme } from '../../state/looks';
import { PalettePicker } from '../stage/pickers';
import { RaceOrder } from '../stage/race-order';
import { StreamOrder } from '../stream/stream-order';
import { useBench, useWorkbench } from '../workbench-context';
import { lookWords } from './look-words';
import { SettingField } from './setting-field';

type LookName = 'metric' | 'clip' | 'cold' | 'listSize' | 'likedFrom' | 'judgedUsers' | 'chartScale';

/** How all of it is shown; nothing that is computed changes. */
export function ViewPanel() {
  const mode = useWorkbench((state) => state.looks.mode);
  // Of runs without their ratings there is what was recorded.
  const isJudgedHere = useWorkbench(({ data }) => data?.source !== 'run');
  const isHeldOut = useWorkbench(({ data }) => data !== null && hasUnseen(data));
  return (
    <section className="panel" aria-label="View">
      <h2>View</h2>
      <Row label="Palette">
        <PalettePicker />
      </Row>
      <Row label="Order">{mode === 'stream' ? <StreamOrder /> : <RaceOrder />}</Row>
      <MetricField />
      <LookField name="clip" />
      {mode !== 'stream' && isHeldOut && <LookField name="cold" />}
      {isJudgedHere && (
        <>
          <LookField name="listSize" />
          <LookField name="likedFrom" />
          <LookField name="judgedUsers" />
        </>
      )}
      {mode !== 'stream' && <LookField name="chartScale" />}
      <Row label="Theme">
        <ThemePicker />
      </Row>
    </section>
  );
}

function Row({ label, children }: { readonly label: string; readonly children: ReactNode }) {
  return (
    <div className="field field-row">
      <span className="field-label">{label}</span>
      {children}
    </div>
  );
}

/** Which metric is told; those of what is recommended only where something was held out that tells how good it is. */
function MetricField() {
  const isJudged = useWorkbench(
    ({ data, rankings }) =>
      data !== null && (hasUnseen(data) || (data.source === 'run' && rankings !== null)),
  );
  const here = isJudged ? metrics : errorMetrics;
  return <LookField name="metric" options={Object.fromEntries(here.map(({ id, name }) => [id, name]))} />;
}

/** Whether something was kept from training that tells how good it is. */
const hasUnseen = ({ validationCount, ratings }: LoadedData) =>
  validationCount > 0 || (ratings.hiddenCount ?? 0) > 0;

/** One of the looks that links have, where it has a meaning. `options`: those that there are here. */
function LookField({
  name,
  options,
}: {
  readonly name: LookName;
  readonly options?: Record<string, string>;
}) {
  const { actions } = useBench();
  const setting = { ...lookSettings[name], info: lookWords[name], ...(options && { options }) } as Setting;
  const value = useWorkbench((state) => state.looks[name]);
  const isShown = useWorkbench((state) => isMeant(setting, { ...state.looks }));
  const put = (next: unknown) => actions.look({ [name]: next });
  if (!isShown) return null;
  return (
    <SettingField
      setting={setting}
      value={value}
      fallback={setting.fallback}
      put={put}
      reset={() => put(setting.fallback)}
    />
  );
}

function ThemePicker() {
  const { actions } = useBench();
  const theme = useWorkbench((state) => state.looks.theme);
  return (
    <select
      aria-label="Theme"
      value={theme}
      onChange={(event) => actions.look({ theme: event.currentTarget.value as Theme })}
    >
      <option value="auto">As the system</option>
      <option value="light">Light</option>
      <option value="dark">Dark</option>
    </select>
  );
}
