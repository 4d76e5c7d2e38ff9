import type { OrderBy } from '../../draw/orders';
import { methodOf } from '../../methods';
import { racingOf } from '../../settings/race';
import { useBench, useWorkbench } from '../workbench-context';
import { OrderPicker } from './pickers';

const orders: readonly (readonly [OrderBy, string])[] = [
  ['count', 'By count'],
  ['id', 'By id'],
  ['factor', 'By leading factors'],
];

/** Who stands where on the stage of the race. */
export function RaceOrder() {
  const { actions } = useBench();
  const orderBy = useWorkbench((state) => state.data?.orderBy ?? 'id');
  const [first] = racingOf({ methods: useWorkbench((state) => state.settings.methods) });
  return (
    <OrderPicker
      title={`By count: the busiest users and items first. By id: numbers by their value, names by their letters. By leading factors: along the two that say most, as ${methodOf(first).name} has them after 1, 3, 9, … steps and at its end, so that who is alike stands together.`}
      orders={orders}
      value={orderBy}
      onChange={actions.orderBy}
    />
  );
}
