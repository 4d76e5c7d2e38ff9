import { useBench, useWorkbench } from '../workbench-context';
import { warningSentence } from './messages';

/** What there is to know about a file that was taken, a picture's too, and what can be done about it. */
export function Warnings() {
  const { actions } = useBench();
  const data = useWorkbench((state) => state.data);
  if (!data) return null;
  return data.warnings.map((warning) => (
    // Of two files, each may have a warning of the same code.
    <p key={`${warning.code} ${warning.count} ${warning.lines}`} className="field-note warning">
      {warningSentence(warning, data.ratings.name)}{' '}
      {warning.code === 'rows-skipped' && (data.rejectedCount ?? 0) > 0 && (
        <button type="button" className="link-button" onClick={actions.saveRejected}>
          Download them
        </button>
      )}
      {data.source === 'file' && warning.usual && <LeaveOut range={warning.usual} />}
    </p>
  ));
}

/** Ratings far from all others can be left out. */
function LeaveOut({ range }: { range: readonly [number, number] }) {
  const { actions } = useBench();
  return (
    <button type="button" className="link-button" onClick={() => actions.keepWithin(range)}>
      Keep only {range[0]} to {range[1]}
    </button>
  );
}
