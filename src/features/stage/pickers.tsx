import { palettes } from '../../draw/palette';
import { views } from '../../draw/views';
import { useBench, useWorkbench } from '../workbench-context';

/** What the matrices of models show. */
export function ViewPicker() {
  const { actions } = useBench();
  const view = useWorkbench((state) => state.looks.view);
  return (
    <fieldset className="choices">
      <legend className="visually-hidden">View</legend>
      {views.map(({ id, name, short = name }) => (
        <label key={id} title={short === name ? undefined : name}>
          <input type="radio" name="view" checked={view === id} onChange={() => actions.look({ view: id })} />
          <span>
            {short}
            {short !== name && <span className="view-rest">{name.slice(short.length)}</span>}
          </span>
        </label>
      ))}
    </fieldset>
  );
}

/** The colours of ratings. */
export function PalettePicker() {
  const { actions } = useBench();
  const palette = useWorkbench((state) => state.looks.palette);
  return (
    <select
      aria-label="Palette"
      value={palette}
      onChange={(event) => actions.look({ palette: event.currentTarget.value })}
    >
      {(['sequential', 'diverging'] as const).map((kind) => (
        <optgroup key={kind} label={kind === 'sequential' ? 'Sequential' : 'Diverging'}>
          {palettes
            .filter((candidate) => candidate.kind === kind)
            .map(({ id, name, colourBlindSafe }) => (
              <option key={id} value={id}>
                {colourBlindSafe ? `${name} (colour-blind safe)` : name}
              </option>
            ))}
        </optgroup>
      ))}
    </select>
  );
}

interface Orders<T extends string> {
  readonly title?: string;
  readonly orders: readonly (readonly [id: T, name: string])[];
  readonly value: T;
  readonly onChange: (order: T) => void;
}

/** Who stands where on the stage. */
export function OrderPicker<T extends string>({ title, orders, value, onChange }: Orders<T>) {
  return (
    <select
      aria-label="Order of users and items"
      title={title}
      value={value}
      onChange={(event) => onChange(event.currentTarget.value as T)}
    >
      {orders.map(([id, name]) => (
        <option key={id} value={id}>
          {name}
        </option>
      ))}
    </select>
  );
}
