import { useMemo } from 'react';
import { views } from '../../draw/views';
import { methodOf } from '../../methods';
import { OrderPicker, PalettePicker } from '../stage/pickers';
import { Stage, type StagePane } from '../stage/stage';
import { useBench, useStream, useWorkbench } from '../workbench-context';
import { stageOrderOf } from './arrived';
import type { StageOrder } from './slice';
import { ordinals, streamModel } from './stream-stage-model';

const arrivedPane: StagePane = {
  id: 'ratings',
  title: <h2>Arrived ratings</h2>,
  label: 'Matrix of the ratings that have arrived',
  factors: null,
};

/** What has arrived, and what some of the methods make of it: matrices that grow. */
export function StreamStage() {
  const { workbench, actions } = useBench();
  const model = useMemo(() => streamModel(workbench, actions.stream), [workbench, actions]);
  const isWhole = useStream((state) => state.window === null);
  const methods = useStream((state) => state.looks.panes);
  return (
    <Stage
      label="Stream stage"
      model={model}
      view={views[0]}
      isWhole={isWhole}
      picks={
        <>
          <PalettePicker />
          <StreamOrder />
        </>
      }
      panes={[
        arrivedPane,
        ...methods.map((method, i) => ({
          id: ordinals[i],
          title: <PaneMethod index={i} />,
          label: `Matrix predicted by ${methodOf(method).name}`,
          factors: {
            users: `User factors, ${ordinals[i]} method`,
            items: `Item factors, ${ordinals[i]} method`,
          },
        })),
      ]}
    />
  );
}

/** Whose matrix a pane shows. */
function PaneMethod({ index }: { index: number }) {
  const { stream } = useBench().actions;
  const panes = useStream((state) => state.looks.panes);
  const methods = useStream((state) => state.config?.methods ?? state.settings.methods);
  const ordinal = ordinals[index];
  return (
    <select
      aria-label={`${ordinal[0].toUpperCase()}${ordinal.slice(1)} matrix`}
      value={panes[index]}
      onChange={({ currentTarget: { value } }) => stream.look({ panes: panes.with(index, value) })}
    >
      {[...new Set([...methods, panes[index]])].map((method) => (
        <option key={method} value={method}>
          {methodOf(method).name}
          {methods.includes(method) ? '' : ' (off)'}
        </option>
      ))}
    </select>
  );
}

const stageOrders: readonly (readonly [Exclude<StageOrder, null>, string])[] = [
  ['arrival', 'As they came'],
  ['source', 'As in the source'],
];

function StreamOrder() {
  const { stream } = useBench().actions;
  const chosen = useStream((state) => state.stageOrder);
  const usual = useWorkbench(({ data }) =>
    stageOrderOf({ stageOrder: null }, { source: data?.source ?? 'file' }),
  );
  return <OrderPicker orders={stageOrders} value={chosen ?? usual} onChange={stream.orderStage} />;
}
