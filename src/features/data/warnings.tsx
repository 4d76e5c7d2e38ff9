import type { Mapping } from '../../ratings/columns';
import type { Warning, WarningCode } from '../../ratings/warning';
import { useBench, useWorkbench } from '../workbench-context';
import { warningSentence } from './messages';
import { RejectedRows } from './rejected-rows';

/** What there is to know about a file that was taken, a picture's too, and what can be done about it. */
export function Warnings() {
  const data = useWorkbench((state) => state.data);
  if (!data) return null;
  return data.warnings.map((warning) => (
    // Of two files, or people, each may have a warning of the same code.
    <p
      key={`${warning.code} ${warning.count} ${warning.lines} ${warning.example}`}
      className="field-note warning"
    >
      {warningSentence(warning, data.ratings.name)}{' '}
      {warning.code === 'rows-skipped' && data.rejected && (
        <RejectedRows name={data.ratings.name} rejected={data.rejected} />
      )}
      {data.source === 'file' && <Remedy warning={warning} />}
      {data.source === 'file' && warning.usual && <LeaveOut range={warning.usual} />}
    </p>
  ));
}

/** What can be said of values that may not be ratings: the file is read again so. */
const remedies: Partial<
  Record<WarningCode, { readonly words: string; change(warning: Warning): Partial<Mapping> }>
> = {
  'maybe-missing-marker': {
    words: 'Leave them out',
    change: ({ value }) => ({ unrated: value === undefined ? [] : [value] }),
  },
  'not-rated': { words: 'Take them as ratings', change: () => ({ unrated: [] }) },
  'maybe-counts': { words: 'Take log(1 + count)', change: () => ({ counts: true }) },
  'taken-as-counts': { words: 'Take the counts themselves', change: () => ({ counts: false }) },
};

function Remedy({ warning }: { warning: Warning }) {
  const { actions } = useBench();
  const remedy = remedies[warning.code];
  return remedy ? (
    <button type="button" className="link-button" onClick={() => actions.tell(remedy.change(warning))}>
      {remedy.words}
    </button>
  ) : null;
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
