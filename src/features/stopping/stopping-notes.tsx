import { useBench, useWorkbench } from '../workbench-context';
import { type StoppingNote, stoppingNotes } from './stopping-words';

/** Why runs stopped, and since when they overfit, each with its best frame one press away. */
export function StoppingNotes() {
  const { actions } = useBench();
  const notes: StoppingNote[] = JSON.parse(useWorkbench((state) => JSON.stringify(stoppingNotes(state))));
  return notes.map(({ words, step, where }) => (
    <p key={words} role="status" className="after-end">
      {words}{' '}
      <button type="button" className="link-button" onClick={() => actions.goTo(step)}>
        Look at {where}
      </button>
    </p>
  ));
}
