import type { ReactNode } from 'react';
import { lookSettings, type Theme } from '../../state/looks';
import { PalettePicker } from '../stage/pickers';
import { RaceOrder } from '../stage/race-order';
import { StreamOrder } from '../stream/stream-order';
import { useBench, useWorkbench } from '../workbench-context';
import { SettingField } from './setting-field';

/** How all of it is shown; nothing that is computed changes. */
export function ViewPanel() {
  const mode = useWorkbench((state) => state.looks.mode);
  return (
    <section className="panel" aria-label="View">
      <h2>View</h2>
      <Row label="Palette">
        <PalettePicker />
      </Row>
      <Row label="Order">{mode === 'race' ? <RaceOrder /> : <StreamOrder />}</Row>
      <LookField name="metric" />
      {mode === 'race' && <LookField name="chartScale" />}
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

/** One of the looks that links have. */
function LookField({ name }: { readonly name: 'metric' | 'chartScale' }) {
  const { actions } = useBench();
  const setting = lookSettings[name];
  const value = useWorkbench((state) => state.looks[name]);
  const put = (next: unknown) => actions.look({ [name]: next });
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
