import { OrderPicker } from '../stage/pickers';
import { useBench, useStream, useWorkbench } from '../workbench-context';
import { stageOrderOf } from './arrived';
import type { StageOrder } from './slice';

const stageOrders: readonly (readonly [Exclude<StageOrder, null>, string])[] = [
  ['arrival', 'As they came'],
  ['source', 'As in the source'],
];

/** Who stands where on the stage of the stream lab. */
export function StreamOrder() {
  const { stream } = useBench().actions;
  const chosen = useStream((state) => state.stageOrder);
  const usual = useWorkbench(({ data }) =>
    stageOrderOf({ stageOrder: null }, { source: data?.source ?? 'file' }),
  );
  return <OrderPicker orders={stageOrders} value={chosen ?? usual} onChange={stream.orderStage} />;
}
