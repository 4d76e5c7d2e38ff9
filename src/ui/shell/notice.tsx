import { X } from 'lucide-react';
import { inBytes, problemSentence } from '../data/messages';
import { pictureName } from '../data/names';
import { useBench, useWorkbench } from '../workbench-context';

/** What went wrong, in words, and that nothing was lost; and what is being loaded. */
export function Notice() {
  const { actions } = useBench();
  const notice = useWorkbench((state) => state.notice);
  const kept = useWorkbench((state) => state.data !== null);
  if (!notice) return null;
  const text = {
    refused: () => (notice.kind === 'refused' ? problemSentence(notice.problem) : ''),
    'no-room': () =>
      notice.kind === 'no-room'
        ? `${pictureName(notice.what) ?? notice.what} needs ${inBytes(notice.needed)}, and this tab may take ${inBytes(notice.most)}: fewer ratings, or a lower rank, would fit.`
        : '',
    'data-lost': () => 'The worker that reads data stopped; the file may be too large for this browser.',
    'export-failed': () => 'The picture could not be made; try a smaller scale.',
  }[notice.kind]();
  return (
    <div className="notice" role="alert">
      <p>
        {text} {notice.kind !== 'export-failed' && kept && 'What was here before is kept.'}
      </p>
      <button type="button" className="icon-button" aria-label="Dismiss" onClick={actions.dismissNotice}>
        <X size={14} />
      </button>
    </div>
  );
}

/** Fewer ratings are laid out before one could read of it. */
const worthSaying = 500_000;

export function Loading() {
  const { actions } = useBench();
  const loading = useWorkbench((state) => state.loading);
  if (!loading || (loading.share === null && loading.rows < worthSaying)) return null;
  const { what, rows, needed } = loading;
  const count = rows.toLocaleString('en');
  return (
    <div className="notice" role="status">
      <p>
        {needed === undefined
          ? `Reading ${what}: ${count} rows`
          : `Laying out ${what}: ${count} ratings need ${inBytes(needed)}`}
      </p>
      <progress aria-label="Share read" value={loading.share ?? undefined} max={1} />
      <button type="button" onClick={actions.cancelLoading}>
        Cancel
      </button>
    </div>
  );
}
