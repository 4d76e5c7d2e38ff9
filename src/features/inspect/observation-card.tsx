import { asSum } from '../../draw/terms';
import { methodOf } from '../../methods';
import type { Observed } from '../../methods/inspect';
import type { MethodId } from '../../methods/method';
import type { RatingInfo } from '../../ratings/rating-set';
import { grouped, printedSum } from '../../words/numbers';
import { useBench, useWorkbench } from '../workbench-context';
import { Card } from './card';
import { BeforeAfter, threeDigits } from './strip';

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
        <button type="button" className="quiet-button" onClick={() => actions.singleOf(method)}>
          Next rating
        </button>
      }
    >
      {observed && ratings ? (
        <>
          <Equations observed={observed} ratings={ratings} />
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

/** What was rated, what r̂ is the sum of, and by how much it was wrong: as printed, each equation holds. */
function Equations({ observed, ratings }: { observed: Observed; ratings: RatingInfo }) {
  const { unit, user, item, mean, userBias, itemBias, product } = observed;
  const { terms, sum, less } = printedSum([mean, userBias[0], itemBias[0], product], observed.value);
  const { value, difference } = less(observed.value);
  const fromTo = (bias: readonly number[]) => bias.map(threeDigits).join(' → ');
  return (
    <>
      <p>
        No. {grouped(unit + 1)}: user <bdi>{ratings.userIds?.[user] ?? user + 1}</bdi>, item{' '}
        <bdi>{ratings.itemIds?.[item] ?? item + 1}</bdi>, r = {value}
      </p>
      <p className="inspector-formula">
        r̂ = μ + b<sub>x</sub> + b<sub>y</sub> + U·P = {asSum(terms)} = {sum}
      </p>
      <p className="inspector-formula">
        ε = r − r̂ = <strong>{difference}</strong> · b<sub>x</sub> {fromTo(userBias)} · b<sub>y</sub>{' '}
        {fromTo(itemBias)}
      </p>
    </>
  );
}
