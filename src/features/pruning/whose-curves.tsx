import { use } from 'react';
import { Choices } from '../chart/choices';
import { useBench, useWorkbench } from '../workbench-context';

const options = [
  { id: 'methods', name: 'Methods' },
  { id: 'candidates', name: 'Search' },
] as const;

/** Whether the chart is of the lab or of its search, once there is one. */
export function WhoseCurves() {
  const hasFound = useWorkbench((state) => (state.pruning?.found ?? null) !== null);
  return hasFound && <Choice />;
}

function Choice() {
  const prunes = use(useBench().actions.pruning());
  const isCharted = useWorkbench((state) => state.pruning?.isCharted ?? false);
  return (
    <Choices
      name="Curves of"
      options={options}
      value={isCharted ? 'candidates' : 'methods'}
      onChange={(chosen) => prunes.chart(chosen === 'candidates')}
    />
  );
}
