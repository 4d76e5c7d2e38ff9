import { Suspense } from 'react';
import { toldErrors } from '../../metrics';
import { counted, inUnits, percent } from '../../words/numbers';
import { later } from '../shell/later';
import { useWorkbench } from '../workbench-context';

const CountingNote = later(async () => (await import('../chart/counting-note')).CountingNote);

/** Under the ratings: what the methods are measured against, or how much of the matrix they are shown. */
export function RatingsNote() {
  const floor = useWorkbench((state) => state.floor);
  const data = useWorkbench((state) => state.data);
  const { counting } = useWorkbench((state) => toldErrors(state.looks));
  if (!data || data.source === 'run') return <div className="run-chip" />;
  const { audit, ratings, validationCount } = data;
  const hidden = ratings.hiddenCount ?? 0;
  return (
    <div className="run-chip">
      <p className="score">
        {floor ? (
          <>
            <span className="score-of">the floor</span>{' '}
            <span className="score-number">{inUnits(floor.least)}</span>
          </>
        ) : (
          <>
            <span className="score-number">{percent(audit.density, 1)}</span>{' '}
            <span className="score-of">of the cells are known</span>
          </>
        )}
      </p>
      <p className="run-where">
        {floor ? `the least RMSE at rank ${floor.rank}` : measuredOn(hidden, validationCount)}
        {counting && (
          <Suspense>
            <CountingNote counting={counting} data={data} />
          </Suspense>
        )}
      </p>
    </div>
  );
}

/** What errors are told on first. */
function measuredOn(hidden: number, heldOut: number): string {
  if (hidden > 0) return `errors are told on ${counted(hidden, 'hidden cell')}`;
  return heldOut > 0 ? `errors are told on ${counted(heldOut, 'held-out rating')}` : 'nothing is held out';
}
