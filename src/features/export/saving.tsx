import { Dialog } from '@base-ui/react/dialog';
import { grouped } from '../../words/numbers';
import { useWorkbench } from '../workbench-context';
import type { Saving as SavingState } from './slice';
import { useExporting } from './use-exporting';

/** What is being made, how far it is, how long it will take, and the way out. */
export function Saving() {
  const exporting = useExporting();
  const saving = useWorkbench((state) => state.saving);
  return (
    <Dialog.Root open={saving !== null} onOpenChange={(open) => !open && exporting.cancel()}>
      <Dialog.Portal>
        <Dialog.Backdrop className="backdrop" />
        <Dialog.Popup className="popup dialog saving" aria-live="polite">
          {saving && (
            <>
              <Dialog.Title>Making {saving.what}</Dialog.Title>
              <progress
                aria-label="Share done"
                {...(saving.of > 0 && { value: saving.done, max: saving.of })}
              />
              <p>
                <span>{doneOf(saving)}</span>
                <span>{timeLeft(saving)}</span>
              </p>
              <button type="button" className="button" onClick={exporting.cancel}>
                Cancel
              </button>
            </>
          )}
        </Dialog.Popup>
      </Dialog.Portal>
    </Dialog.Root>
  );
}

function doneOf({ unit, done, of }: SavingState): string {
  return of === 0 ? '' : `${unit} ${grouped(done)} of ${grouped(of)}`;
}

/** Says how long the rest will take, once there is something to go by. */
function timeLeft({ done, of, since }: SavingState): string {
  const elapsed = (performance.now() - since) / 1000;
  if (done === 0 || elapsed < 1) return '';
  const left = (elapsed / done) * (of - done);
  return left < 60 ? `${Math.ceil(left)} s left` : `${Math.ceil(left / 60)} min left`;
}
