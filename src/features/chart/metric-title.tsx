import { toldMetric } from '../../metrics';
import { useWorkbench } from '../workbench-context';

/** The name of the metric that is told, here and elsewhere. */
export function MetricTitle() {
  const { name, words } = useWorkbench((state) => toldMetric(state.looks));
  return <h2 title={words}>{name}</h2>;
}
