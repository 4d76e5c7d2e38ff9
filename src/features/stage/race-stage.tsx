import { useMemo } from 'react';
import type { OrderBy } from '../../draw/orders';
import { viewOf } from '../../draw/views';
import { methodOf } from '../../methods';
import type { MethodId } from '../../methods/method';
import { racingOf } from '../../settings/race';
import { useBench, useWorkbench } from '../workbench-context';
import { ModelTitle, RatingsTitle } from './pane-title';
import { OrderPicker, PalettePicker, ViewPicker } from './pickers';
import { raceModel } from './race-model';
import { Stage, type StagePane } from './stage';

/** What is known, and what each method of the race makes of it. */
export function RaceStage() {
  const { workbench, actions } = useBench();
  const model = useMemo(() => raceModel(workbench, actions), [workbench, actions]);
  const view = useWorkbench((state) => viewOf(state.looks.view));
  const isWhole = useWorkbench((state) => state.window === null);
  const difference = useWorkbench((state) => state.looks.difference);
  const methods = useWorkbench((state) => state.settings.methods);
  const first = difference
    ? 'differences of the first two predictions'
    : 'known ratings, users down and items across';
  return (
    <Stage
      label="Stage"
      model={model}
      view={view}
      isWhole={isWhole}
      crosshair="Matrices: arrow keys move the crosshair, plus and minus zoom, 0 shows the whole"
      picks={
        <>
          <ViewPicker />
          <PalettePicker />
          <RaceOrder />
        </>
      }
      panes={[
        { id: 'ratings', title: <RatingsTitle />, label: `Matrix of the ${first}`, factors: null },
        ...racingOf({ methods }).map(modelPane),
      ]}
    />
  );
}

function modelPane(id: MethodId): StagePane {
  const { name, title } = methodOf(id);
  return {
    id,
    title: <ModelTitle pane={id} />,
    label: `Matrix predicted by ${title}`,
    factors: { users: `User factors of ${name}`, items: `Item factors of ${name}` },
    colour: `var(--method-${id})`,
  };
}

const orders: readonly (readonly [OrderBy, string])[] = [
  ['count', 'By count'],
  ['id', 'By id'],
  ['factor', 'By leading factor'],
];

function RaceOrder() {
  const { actions } = useBench();
  const orderBy = useWorkbench((state) => state.data?.orderBy ?? 'id');
  const [first] = racingOf({ methods: useWorkbench((state) => state.settings.methods) });
  return (
    <OrderPicker
      title={`By count: the busiest users and items first. By id: numbers by their value, names by their letters. By leading factor: along what sets them apart most, as ${methodOf(first).name} has it now.`}
      orders={orders}
      value={orderBy}
      onChange={actions.orderBy}
    />
  );
}
