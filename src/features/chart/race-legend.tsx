import { methodOf } from '../../methods';
import { toldMetric } from '../../metrics';
import { isOfLists } from '../../metrics/metric';
import { type MeasuredPart, parts } from '../../metrics/parts';
import { differenceWords } from '../replay/difference';
import type { PastRun } from '../replay/slice';
import { useBench, useRacing, useWorkbench } from '../workbench-context';
import { Entry } from './legend-entry';
import { partStrokes } from './race-chart';

/** Runs that were left for others have as many entries at most, the newest first: the list of runs has them all. */
const mostPast = 3;

/** What the runs are measured on, as the data are. */
function useMeasured(): readonly MeasuredPart[] {
  const hidden = useWorkbench(({ data }) => data?.ratings.hiddenCount ?? 0);
  const validation = useWorkbench(({ data }) => data?.validationCount ?? 0);
  const isOfFrames = useWorkbench(({ looks }) => isOfLists(toldMetric(looks)));
  const counts = { hidden, validation, train: 1 };
  const all = parts.filter(({ id }) => counts[id] > 0);
  return isOfFrames ? all.slice(0, 1) : all;
}

/** Who races, by colour and marker; what errors are measured on, by strokes; and other runs, by what is otherwise with them. */
export function RaceLegend() {
  const racing = useRacing();
  const measured = useMeasured();
  const areAll = useWorkbench(({ looks }) => looks.allErrors);
  const shelf = useWorkbench((state) => state.shelf);
  const past = shelf.filter(({ visible }) => visible).slice(-mostPast);
  return (
    <ul className="chart-legend">
      {racing.map((id) => (
        <Entry key={id} colour={`var(--method-${id})`} marker={`var(--marker-${id})`}>
          {methodOf(id).name}
        </Entry>
      ))}
      {measured.length > 1 &&
        areAll &&
        measured.map(({ name }, i) => (
          <Entry key={name} colour="var(--muted)" stroke={partStrokes[i]}>
            {name}
          </Entry>
        ))}
      {past.toReversed().map((run) => (
        <Entry key={run.id} colour={run.colour}>
          <PastName run={run} />
        </Entry>
      ))}
    </ul>
  );
}

/** 'ALS 1: λ 15' */
function PastName({ run }: { readonly run: PastRun }) {
  const { method } = run.config;
  const id = useWorkbench(({ runs }) => runs[method].id);
  const { runs } = useBench().workbench.getState();
  const difference = id === 0 ? '' : differenceWords(run, runs[method]);
  return (
    <>
      <bdi>{run.name}</bdi>
      {difference && `: ${difference}`}
    </>
  );
}

/** Where something is held out or hidden, the errors on it are what counts; those of training come when asked for. */
export function PartsToggle() {
  const { actions } = useBench();
  const measured = useMeasured();
  const areAll = useWorkbench(({ looks }) => looks.allErrors);
  if (measured.length < 2) return null;
  const [{ name }, ...others] = measured;
  return (
    <button
      type="button"
      className="button chart-only"
      aria-pressed={!areAll}
      title={`Leaves out of the chart what is measured otherwise: ${others.map((part) => part.name).join(', ')}.`}
      onClick={() => actions.look({ allErrors: !areAll })}
    >
      {`${name[0].toUpperCase()}${name.slice(1)} only`}
    </button>
  );
}
