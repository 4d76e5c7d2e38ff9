import type { OrderBy } from '../../draw/orders';
import { palettes } from '../../draw/palette';
import { views } from '../../draw/views';
import { useBench, useWorkbench } from '../workbench-context';

/** What the matrices show, and in which colours. */
export function ViewPicker() {
  const { actions } = useBench();
  const view = useWorkbench((state) => state.looks.view);
  return (
    <div className="view-picker">
      <fieldset>
        <legend className="visually-hidden">View</legend>
        {views.map(({ id, name }) => (
          <label key={id}>
            <input
              type="radio"
              name="view"
              checked={view === id}
              onChange={() => actions.look({ view: id })}
            />
            <span>{name}</span>
          </label>
        ))}
      </fieldset>
      <PalettePicker />
      <OrderPicker />
    </div>
  );
}

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
        <optgroup
          key={kind}
          label={
            kind === 'sequential' ? 'Sequential (● colour-blind safe)' : 'Diverging (● colour-blind safe)'
          }
        >
          {palettes
            .filter((candidate) => candidate.kind === kind)
            .map(({ id, name, colourBlindSafe }) => (
              <option key={id} value={id}>
                {colourBlindSafe ? `${name} ●` : name}
              </option>
            ))}
        </optgroup>
      ))}
    </select>
  );
}

const orders: [OrderBy, string][] = [
  ['count', 'By count'],
  ['id', 'By id'],
  ['factor', 'By leading factor'],
];

/** Who stands where on the stage. */
function OrderPicker() {
  const { actions } = useBench();
  const orderBy = useWorkbench((state) => state.data?.orderBy ?? 'id');
  return (
    <select
      aria-label="Order of users and items"
      title="By count: the busiest users and items first. By id: as in the source. By leading factor: along what sets them apart most, as ALS has it now."
      value={orderBy}
      onChange={(event) => actions.orderBy(event.currentTarget.value as OrderBy)}
    >
      {orders.map(([id, name]) => (
        <option key={id} value={id}>
          {name}
        </option>
      ))}
    </select>
  );
}
