import { X } from 'lucide-react';
import { atOnceOf } from '../../methods';
import { useBench, useRacing, useWorkbench } from '../workbench-context';
import './inspect.css';
import { ObservationCard } from './observation-card';
import { RowCard } from './row-card';

const cards = { rows: RowCard, observations: ObservationCard };

/** What a single step of every method does: a row that it solves, or an observation that it learns. */
export function Inspector() {
  const { actions } = useBench();
  const open = useWorkbench((state) => state.inspecting === true);
  const racing = useRacing();
  if (!open) return null;
  return (
    <section className="box inspector" aria-label="Inspector">
      <button
        type="button"
        className="icon-button inspector-close"
        aria-label="Close the inspector"
        onClick={() => actions.inspect(false)}
      >
        <X size={14} />
      </button>
      {racing.map((method) => {
        const { inspects } = atOnceOf(method);
        if (inspects === null) return null;
        const Card = cards[inspects];
        return <Card key={method} method={method} />;
      })}
    </section>
  );
}
