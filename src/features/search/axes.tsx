import type { Setting } from '../../settings/setting';
import { AxisField } from './axis-field';
import type { SearchAxis, Value } from './recipe';

/**
 * The settings that are searched, and what is tried of each.
 *
 * @param searchable all that can be searched
 * @param proposed what is tried of a setting that is chosen
 */
export function Axes<N extends string>({
  axes,
  settings,
  searchable,
  proposed,
  put,
}: {
  readonly axes: readonly SearchAxis<N>[];
  readonly settings: Readonly<Record<N, Setting>>;
  readonly searchable: readonly N[];
  proposed(name: N): readonly Value[];
  put(axes: readonly SearchAxis<N>[]): void;
}) {
  const free = searchable.filter((name) => !axes.some((axis) => axis.name === name));
  return (
    <>
      {axes.map(({ name, values }) => (
        <AxisField
          key={name}
          setting={settings[name]}
          values={values}
          put={(tried) => put(axes.map((one) => (one.name === name ? { ...one, values: tried } : one)))}
          remove={axes.length > 1 ? () => put(axes.filter((one) => one.name !== name)) : undefined}
        />
      ))}
      {free.length > 0 && (
        <select
          aria-label="Search another setting"
          value=""
          onChange={({ currentTarget }) => {
            const name = currentTarget.value as N;
            put([...axes, { name, values: proposed(name) }]);
          }}
        >
          <option value="">Search another setting…</option>
          {free.map((name) => (
            <option key={name} value={name}>
              {settings[name].label}
            </option>
          ))}
        </select>
      )}
    </>
  );
}
