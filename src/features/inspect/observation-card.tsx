import { methodOf } from '../../methods';
import type { MethodId } from '../../methods/method';
import { useBench, useWorkbench } from '../workbench-context';
import { Card } from './card';
import { BeforeAfter, say } from './strip';

/** r, r̂ and ε of a method's last single observation, and what it moved. */
export function ObservationCard({ method }: { method: MethodId }) {
  const { actions } = useBench();
  const observed = useWorkbench((state) => state.inspected[method]?.observed);
  const ratings = useWorkbench((state) => state.data?.ratings);
  const { name } = methodOf(method);
  return (
    <Card
      method={method}
      label={`Observation of ${name}`}
      title={`${name}: one observation`}
      tools={
        <button type="button" className="quiet-button" onClick={actions.smallStep}>
          Next
        </button>
      }
    >
      {observed && ratings ? (
        <>
          <p>
            No. {(observed.unit + 1).toLocaleString('en')}: user{' '}
            <bdi>{ratings.userIds?.[observed.user] ?? observed.user + 1}</bdi>, item{' '}
            <bdi>{ratings.itemIds?.[observed.item] ?? observed.item + 1}</bdi>, r = {say(observed.value)}
          </p>
          <p className="inspector-formula">
            r̂ = μ + b<sub>x</sub> + b<sub>y</sub> + U·P = {say(observed.mean)} {plus(observed.userBias[0])}{' '}
            {plus(observed.itemBias[0])} {plus(observed.product)} = {say(observed.prediction)}
          </p>
          <p className="inspector-formula">
            ε = r − r̂ = <strong>{say(observed.error)}</strong> · b<sub>x</sub> {say(observed.userBias[0])} →{' '}
            {say(observed.userBias[1])} · b<sub>y</sub> {say(observed.itemBias[0])} →{' '}
            {say(observed.itemBias[1])}
          </p>
          <BeforeAfter name="user" before={observed.userRow[0]} after={observed.userRow[1]} />
          <BeforeAfter name="item" before={observed.itemRow[0]} after={observed.itemRow[1]} />
        </>
      ) : (
        <p className="inspector-hint">
          Press Single, or slow down to one rating a second: each observation is shown with what it moves.
        </p>
      )}
    </Card>
  );
}

const plus = (value: number) => `${value < 0 ? '−' : '+'} ${say(Math.abs(value))}`;
