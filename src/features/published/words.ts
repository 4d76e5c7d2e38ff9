import type { DataShape, Published } from '../../experiments/published';
import type { Compared } from '../../experiments/reproduction';
import type { ListSummary } from '../../metrics/lists';
import { pictureName } from '../../ratings/pictures/names';
import type { LoadedData } from '../../state/loaded-data';
import { counted, fixed, gapInUnits, grouped, inUnits, percent } from '../../words/numbers';
import { canBegin, isTheirs, placeOf } from './places';
import type { Reproduction } from './slice';

/** '943 users × 1,682 items, 100,000 ratings' */
const countsWords = ({
  userCount,
  itemCount,
  ratingCount,
}: Pick<DataShape, 'userCount' | 'itemCount' | 'ratingCount'>) =>
  `${counted(userCount, 'user')} × ${counted(itemCount, 'item')}, ${counted(ratingCount, 'rating')}`;

/** What figures need, and whether that is open. */
export function dataWords(of: Published, data: Pick<LoadedData, 'source' | 'ratings'>): string {
  const { name, min, max } = of.data;
  const needed = `Of ${name}: ${countsWords(of.data)} from ${min} to ${max}.`;
  if (isTheirs(of, data) && canBegin(of, data)) return `${needed} These are open.`;
  const open = `Open is ${pictureName(data.ratings.name) ?? data.ratings.name}: ${countsWords(data.ratings)}`;
  if (canBegin(of, data))
    return `${needed} ${open}. They are not the data of the figure: what comes of them says nothing about it.`;
  if (data.source === 'run') return `${needed} The ratings of this run are not here.`;
  return of.protocol.kind === 'stream' && !data.ratings.clock
    ? `${needed} ${open}, and when they were given is not known: there is no order to learn them in.`
    : `${needed} ${open}: too few.`;
}

/** '0.934' */
const published = (value: number) => fixed(value, 3);

/** '0.9345 ± 0.0021' */
export const foundWords = (found: ListSummary | null): string => {
  if (!found) return inUnits(null);
  return found.error === null
    ? inUnits(found.value)
    : `${inUnits(found.value)} ± ${found.error.toPrecision(2)}`;
};

/** Where a figure is: of a stream after how many ratings; nothing for the mean over folds. */
export const placeWords = ({ figure }: Pick<Compared, 'figure'>, ratingCount: number): string =>
  figure.after === undefined ? '' : `after ${grouped(placeOf(figure, ratingCount))} ratings`;

/** Whether a number that we found is the one that was published. */
function nearWords(name: string, found: number, figure: number, tolerance: number): string {
  const of = `${name} ${inUnits(found)}`;
  const isNear = Math.abs(found - figure) <= tolerance;
  if (isNear) return `${of} within ±${tolerance} of ${published(figure)}`;
  const [more, less] = found > figure ? [found, figure] : [figure, found];
  return `${of} is ${gapInUnits(more, less)} ${found > figure ? 'above' : 'below'} ${published(figure)}, where ±${tolerance} would do`;
}

/** What has come of one figure, in a sentence; nothing where that is not known yet. */
export function verdictWords(
  of: Pick<Published, 'tolerance'>,
  compared: Compared,
  { on, ratingCount, isTheirs: isOfTheirs }: Pick<Reproduction, 'on' | 'ratingCount' | 'isTheirs'>,
): string {
  const { figure, rmse, mae, isClose } = compared;
  if (isClose === null) return '';
  const place = placeWords(compared, ratingCount);
  const at = place && `, ${place}`;
  if (!rmse || !mae) return `Not reproduced${at}: it diverged.`;
  if (!isOfTheirs)
    return `Not the data of the figure${at}: RMSE ${inUnits(rmse.value)}, MAE ${inUnits(mae.value)} on ${pictureName(on) ?? on}.`;
  const near = [
    nearWords('RMSE', rmse.value, figure.rmse, of.tolerance),
    nearWords('MAE', mae.value, figure.mae, of.tolerance),
  ];
  return `${isClose ? 'Reproduced' : 'Not reproduced'}${at}: ${near.join('; ')}.`;
}

/** How far it is. */
export function progressWords({ status, share }: Reproduction): string {
  if (status === 'finished') return 'Done.';
  if (status === 'lost') return `A worker was lost at ${percent(share)}: resume to go on.`;
  if (status === 'no-room' || status === 'no-likes') return 'There is no room for this in the tab.';
  return status === 'paused' ? `${percent(share)}, paused.` : `${percent(share)}…`;
}
