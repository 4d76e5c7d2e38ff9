import { toldMetric } from '../../metrics';
import { columnName, isOfLists, type ListMetric, type Part } from '../../metrics/metric';
import { type Moment, valueAt } from '../../metrics/moment';
import { stepWords } from '../../settings/history';
import { racingOf } from '../../settings/race';
import { grouped, inUnits } from '../../words/numbers';
import { frameOf, paneName, runInPane } from '../replay/replay';
import type { WorkbenchState } from '../workbench';
import type { Rankings } from './slice';

/** Of whom: '658 users', '1,000 of 6,040 users'. */
export const usersWords = ({ users, among }: Pick<Rankings, 'users' | 'among'>): string =>
  `${users < among ? `${grouped(users)} of ` : ''}${grouped(among)} users`;

/** A metric of lists, of whom where that is known: 'NDCG@10 of 658 users'. */
export const listTitle = (
  { rankings, looks }: Pick<WorkbenchState, 'rankings' | 'looks'>,
  metric: ListMetric,
): string => titleOfLists(metric, rankings?.size ?? looks.listSize, rankings);

export const titleOfLists = (
  { name }: ListMetric,
  size: number,
  asked: Pick<Rankings, 'users' | 'among'> | null,
): string => `${name.replace('@k', `@${size}`)}${asked ? ` of ${usersWords(asked)}` : ''}`;

export const nothingHeldOut = 'Hold ratings out to see what is recommended';

/** What was judged last, up to the frames that are looked at: 'NDCG@10 of 658 users: ALS 0.2134 ± 0.006 (iteration 3)'. */
export function listVerdict(state: WorkbenchState): string {
  const metric = toldMetric(state.looks);
  const { rankings } = state;
  if (!isOfLists(metric)) return '';
  if (!rankings) return state.data?.validationCount === 0 ? nothingHeldOut : '';
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
export function numberWords(moment: Moment, part: Part, metric: ListMetric): string {
  const error = moment.values?.[columnName(part, { id: `${metric.id}Error` })] ?? null;
  return withError(valueAt(moment, part, metric), error);
}

export const withError = (value: number | null, error: number | null): string =>
  error === null ? inUnits(value) : `${inUnits(value)} ± ${error.toPrecision(1)}`;
