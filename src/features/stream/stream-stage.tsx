import { useMemo } from 'react';
import { views } from '../../draw/views';
import { methodOf } from '../../methods';
import { Stage, type StagePane } from '../stage/stage';
import { useBench, useStream } from '../workbench-context';
import { ordinals, streamModel } from './stream-stage-model';

const arrivedPane: StagePane = {
  ...{ id: 'ratings', name: 'Arrived' },
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
      picks={null}
      panes={[
        arrivedPane,
        ...methods.map((method, i) => ({
          ...{ id: ordinals[i], name: methodOf(method).name },
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
