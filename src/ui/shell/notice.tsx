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

export function Loading() {
  const { actions } = useBench();
  const loading = useWorkbench((state) => state.loading);
  if (!loading || (loading.share === null && loading.rows === 0)) return null;
  return (
    <div className="notice" role="status">
      <p>
        Reading {loading.what}: {loading.rows.toLocaleString('en')} rows
      </p>
      <progress aria-label="Share read" value={loading.share ?? undefined} max={1} />
      <button type="button" onClick={actions.cancelLoading}>
        Cancel
      </button>
    </div>
  );
}
