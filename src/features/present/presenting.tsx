import { ChevronLeft, ChevronRight, X } from 'lucide-react';
import { useEffect } from 'react';
import { counted } from '../../words/numbers';
import { useBench, useWorkbench } from '../workbench-context';
import { markAfter } from './clicker';

/** What is shown, by the name of its mark, and the ways on, back and out. */
export function Presenting() {
  const { workbench, actions } = useBench();
  const marks = useWorkbench((state) => state.marks);
  const steps = useWorkbench((state) => state.replaySteps);
  const at = marks.findIndex((mark) => mark.steps === steps);
  const leave = () => workbench.setState({ presenting: false });
  const go = (key: string) => {
    const to = markAfter(key, at, marks.length);
    if (to !== null) actions.goToMark(marks[to].id);
    return to !== null;
  };
  useFullscreen();
  useEffect(() => {
    // Before anything that has the focus: who presents clicks, and does not tab.
    function onKey(event: KeyboardEvent) {
      if (event.ctrlKey || event.metaKey || event.altKey) return;
      if (event.key === 'Escape') leave();
      else if (!go(event.key)) return;
      event.preventDefault();
      event.stopPropagation();
    }
    addEventListener('keydown', onKey, { capture: true });
    return () => removeEventListener('keydown', onKey, { capture: true });
  });
  return (
    <nav className="presenting" aria-label="Presentation">
      <button
        type="button"
        className="icon-button"
        aria-label="Previous mark"
        disabled={marks.length === 0}
        onClick={() => go('PageUp')}
      >
        <ChevronLeft size={22} />
      </button>
      <p role="status">
        {at >= 0
          ? `${marks[at].name} (${at + 1} of ${marks.length})`
          : marks.length > 0
            ? `${counted(marks.length, 'mark')}: Page ↓ shows the first`
            : 'M names a frame to come back to'}
      </p>
      <button
        type="button"
        className="icon-button"
        aria-label="Next mark"
        disabled={marks.length === 0}
        onClick={() => go('PageDown')}
      >
        <ChevronRight size={22} />
      </button>
      <button
        type="button"
        className="icon-button"
        aria-label="End the presentation"
        title="Back to the page (Esc)"
        onClick={leave}
      >
        <X size={22} />
      </button>
    </nav>
  );
}

/** The whole screen for as long as this is there, where that is allowed; who leaves it leaves the presentation. */
function useFullscreen() {
  const { workbench } = useBench();
  useEffect(() => {
    const root = document.documentElement;
    const isAllowed = document.fullscreenEnabled && !document.fullscreenElement;
    if (isAllowed) root.requestFullscreen().catch(() => {});
    const left = () => document.fullscreenElement === null && workbench.setState({ presenting: false });
    document.addEventListener('fullscreenchange', left);
    return () => {
      document.removeEventListener('fullscreenchange', left);
      if (document.fullscreenElement === root) void document.exitFullscreen().catch(() => {});
    };
  }, [workbench]);
}
