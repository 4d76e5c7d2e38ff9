import { metricOf, metrics } from '../../metrics';
import { useBench, useWorkbench } from '../workbench-context';

/** The name of the metric that is told, here and elsewhere; where there are several, to be chosen. */
export function MetricTitle() {
  const { actions } = useBench();
  const metric = useWorkbench((state) => metricOf(state.looks.metric));
  if (metrics.length < 2) return metric.name;
  return (
    <select
      aria-label="Metric"
      title={metric.words}
      value={metric.id}
      onChange={(event) => actions.look({ metric: event.currentTarget.value })}
    >
      {metrics.map(({ id, name }) => (
        <option key={id} value={id}>
          {name}
        </option>
      ))}
    </select>
  );
}
