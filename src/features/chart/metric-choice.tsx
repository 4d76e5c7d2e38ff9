import { metricOf, metrics } from '../../metrics';
import { useBench, useWorkbench } from '../workbench-context';
import { Choices } from './choices';

/** Which metric is told, here and elsewhere; nothing to choose where there is one. */
export function MetricChoice() {
  const { actions } = useBench();
  const metric = useWorkbench((state) => metricOf(state.looks.metric));
  if (metrics.length < 2) return null;
  return (
    <Choices
      name="Metric"
      options={metrics}
      value={metric.id}
      onChange={(chosen) => actions.look({ metric: chosen })}
    />
  );
}
