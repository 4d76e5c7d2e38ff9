import { LiveText } from '../shell/live-text';
import { StoppingNotes } from '../stopping/stopping-notes';
import { AfterEnd } from '../transport/after-end';
import { isOver } from '../transport/over';
import { useBench, useWorkbench } from '../workbench-context';
import { captionOf } from './caption';
import { conclusionOf } from './conclusion';
import './story.css';

/** Under the pictures: what has just happened and why; and when all has, what came of it and what to try next. */
export function Story() {
  const over = useWorkbench(isOver);
  return (
    <section className="story" aria-label="What happens">
      {over ? (
        <Ending />
      ) : (
        <LiveText className="story-caption" of={(state) => captionOf(state)?.words ?? ''} />
      )}
      <AfterEnd />
      <StoppingNotes />
    </section>
  );
}

function Ending() {
  const { actions } = useBench();
  const conclusion = useWorkbench((state) => conclusionOf(state).join(' '));
  const isWhole = useWorkbench(
    ({ data, settings }) => data?.source === 'picture' && settings.knownShare === 1,
  );
  function withGaps() {
    void actions.change({ knownShare: 0.2 });
    actions.play();
  }
  return (
    <p className="story-ending">
      {conclusion}{' '}
      <span className="story-next">
        {isWhole && (
          <button type="button" className="link-button" onClick={withGaps}>
            Try with gaps
          </button>
        )}{' '}
        <button
          type="button"
          className="link-button"
          onClick={() => document.getElementById('open-files')?.click()}
        >
          Try with your ratings
        </button>
      </span>
    </p>
  );
}
