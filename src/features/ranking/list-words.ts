import { metricOf } from '../../metrics';
import { columnName, isOfLists, type ListMetric, type Part } from '../../metrics/metric';
import { type Moment, valueAt } from '../../metrics/moment';
import { stepWords } from '../../settings/history';
import { racingOf } from '../../settings/race';
import { grouped, inUnits } from '../../words/numbers';
import { frameOf, paneName, runInPane } from '../replay/replay';
import type { WorkbenchState } from '../workbench';

/** '658 users', '1,000 of 6,040 users' */
function usersWords({ rankings }: Pick<WorkbenchState, 'rankings'>): string {
  if (!rankings) return '';
  const { users, among } = rankings;
  return `${users < among ? `${grouped(users)} of ` : ''}${grouped(among)} users`;
}

/** A metric of lists, of whom: 'NDCG@10 of 658 users'. */
export function listTitle(state: Pick<WorkbenchState, 'rankings' | 'looks'>, { name }: ListMetric): string {
  const of = usersWords(state);
  return `${name.replace('@k', `@${state.looks.listSize}`)}${of && ` of ${of}`}`;
}

/** What was judged last, up to the frames that are looked at: 'NDCG@10 of 658 users: ALS 0.2134 ± 0.006 (iteration 3)'. */
export function listVerdict(state: WorkbenchState): string {
  const metric = metricOf(state.looks.metric);
  const { rankings } = state;
  if (!isOfLists(metric)) return '';
  if (!rankings)
    return state.data?.validationCount === 0 ? 'Hold ratings out to see what is recommended' : '';
  const told = racingOf(state.settings).flatMap((pane) => {
    const run = runInPane(state, pane);
    const step = frameOf(state, run, pane)?.step ?? -1;
    const moment = run.track.found.findLast((one) => one.step <= step);
    if (!moment) return [];
    const where = moment.step < step ? ` (${stepWords(pane, moment.step)})` : '';
    return [`${paneName(state, pane)} ${numberWords(moment, rankings.part, metric)}${where}`];
  });
  return told.length > 0 ? `${listTitle(state, metric)}: ${told.join(' · ')}` : '';
}

/** '0.2134 ± 0.006' */
function numberWords(moment: Moment, part: Part, metric: ListMetric): string {
  const error = moment.values?.[columnName(part, { id: `${metric.id}Error` })] ?? null;
  const value = inUnits(valueAt(moment, part, metric));
  return error === null ? value : `${value} ± ${error.toPrecision(1)}`;
}
