import { X } from 'lucide-react';
import { useBench, useWorkbench } from '../workbench-context';
import './inspect.css';
import { ObservationCard } from './observation-card';
import { RowCard } from './row-card';

/** What a single step does: one row that ALS solves, and one observation that B-SGD learns. */
export function Inspector() {
  const { actions } = useBench();
  const open = useWorkbench((state) => state.inspecting === true);
  if (!open) return null;
  return (
    <section className="inspector" aria-label="Inspector">
      <button
        type="button"
        className="icon-button inspector-close"
        aria-label="Close the inspector"
        onClick={() => actions.inspect(false)}
      >
        <X size={14} />
      </button>
      <RowCard />
      <ObservationCard />
    </section>
  );
}
