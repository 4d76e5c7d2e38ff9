import { useEffect } from 'react';
import { methodOf } from '../../methods';
import type { MethodId } from '../../methods/method';
import { toldErrors } from '../../metrics';
import { type ErrorMetric, measure } from '../../metrics/metric';
import { parts } from '../../metrics/parts';
import { sumsOf, type Tally } from '../../metrics/tally';
import { activityGroups, type FarRating } from '../../sessions/error-survey';
import { stepWords } from '../../settings/history';
import { counted, grouped, inUnits, printedSum } from '../../words/numbers';
import { NothingYet } from '../recommend/nothing-yet';
import { itemName, userName } from '../stream/cell-words';
import { useBench, useRacing, useWorkbench } from '../workbench-context';
import './errors.css';
import type { SurveyedFrame } from './slice';

interface Shown {
  readonly method: MethodId;
  readonly of: SurveyedFrame;
}

/** Where the errors of the frames on the stage are: by who rated how much, and which are the largest. */
export function ErrorsPanel() {
  const { actions } = useBench();
  const surveyed = useWorkbench((state) => state.surveyed);
  const racing = useRacing();
  const isOpened = useWorkbench(({ data }) => data?.source === 'run');
  useEffect(() => {
    actions.survey(true);
    return () => actions.survey(false);
  }, [actions]);
  const shown = racing.flatMap((method): Shown[] =>
    surveyed[method] ? [{ method, of: surveyed[method] }] : [],
  );
  if (shown.length === 0 && isOpened)
    return <p className="field-note">The ratings of what was opened are not here.</p>;
  if (shown.length === 0) return <NothingYet />;
  return (
    <div className="errors">
      <Title shown={shown} />
      <ByActivity shown={shown} side="byUser" caption="By how many ratings the user gave in training" />
      <ByActivity shown={shown} side="byItem" caption="By how many ratings the item got in training" />
      {shown.map(({ method, of }) => (
        <Largest key={method} method={method} of={of} />
      ))}
    </div>
  );
}

const useMetric = () => useWorkbench((state) => toldErrors(state.looks));

function Title({ shown }: { shown: readonly Shown[] }) {
  const metric = useMetric();
  const { part } = shown[0].of;
  const name = parts.find(({ id }) => id === part)?.name;
  const where = shown.map(({ method, of }) => `${methodOf(method).name} ${stepWords(method, of.frame.step)}`);
  return (
    <p className="field-note">
      {metric.name} {name}, rating units: {where.join(' · ')}.
    </p>
  );
}

/** 'none', '1–5', 'over 500' */
function groupWords(g: number): string {
  const [least, most] = [(activityGroups[g - 1] ?? -1) + 1, activityGroups[g]];
  if (most === 0) return 'none';
  return most === Number.POSITIVE_INFINITY
    ? `over ${grouped(least - 1)}`
    : `${grouped(least)}–${grouped(most)}`;
}

const countIn = (tally: Tally, metric: ErrorMetric, g: number) => sumsOf(tally, metric.counting, g).count;

/** Groups of users, or of items, of whom anything was measured. */
function ByActivity({
  shown,
  side,
  caption,
}: {
  shown: readonly Shown[];
  side: 'byUser' | 'byItem';
  caption: string;
}) {
  const metric = useMetric();
  const first = shown[0].of.survey[side];
  const groups = activityGroups.map((_, g) => g).filter((g) => countIn(first, metric, g) > 0);
  return (
    <table>
      <caption>{caption}</caption>
      <thead>
        <tr>
          <th scope="col">ratings</th>
          <th scope="col">measured</th>
          {shown.map(({ method }) => (
            <th scope="col" key={method}>
              {methodOf(method).name}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {groups.map((g) => (
          <tr key={g}>
            <th scope="row">{groupWords(g)}</th>
            <td>{grouped(countIn(first, metric, g))}</td>
            {shown.map(({ method, of }) => (
              <td key={method}>{inUnits(measure(metric, of.survey[side], g))}</td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** The ratings that a method is furthest off from; one brings its cell under the crosshair. */
function Largest({ method, of }: { method: MethodId; of: SurveyedFrame }) {
  const { largest } = of.survey;
  const { name } = methodOf(method);
  return (
    <details className="more">
      <summary>
        Furthest off: {name}, {counted(largest.length, 'rating')}
      </summary>
      <p className="field-note">rating − prediction = error</p>
      <ol className="errors-list" aria-label={`Furthest off: ${name}`}>
        {largest.map((one) => (
          <Far key={`${one.user} ${one.item}`} one={one} />
        ))}
      </ol>
    </details>
  );
}

/** Cells around one that is looked at, a side. */
const around = 40;

function Far({ one }: { one: FarRating }) {
  const { actions } = useBench();
  const data = useWorkbench((state) => state.data);
  if (!data) return null;
  const { ratings, orders, source } = data;
  const { user, item, rating, prediction } = one;
  const equation = printedSum([prediction], rating);
  const sum = { ...equation.less(rating), sum: equation.sum };
  function show() {
    const cell = { user: orders.users.place[user], item: orders.items.place[item] };
    const side = (at: number, count: number) => {
      const from = Math.max(0, Math.min(at - around / 2, count - around));
      return { from, to: Math.min(count, from + around) };
    };
    if (source !== 'picture')
      actions.show({ users: side(cell.user, ratings.userCount), items: side(cell.item, ratings.itemCount) });
    actions.pointAt(cell);
  }
  return (
    <li>
      <button type="button" className="link-button" title="Show it on the stage" onClick={show}>
        <bdi>{userName(ratings, -1, user)}</bdi>, <bdi>{itemName(ratings, item)}</bdi>
      </button>
      <span>
        {sum.value} − {sum.sum} = {sum.difference}
      </span>
    </li>
  );
}
