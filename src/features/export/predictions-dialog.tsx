import { Dialog } from '@base-ui/react/dialog';
import { useState } from 'react';
import { isComplete } from '../../ratings/rating-set';
import { useBench, useWorkbench } from '../workbench-context';
import { NumberField, Pick } from './fields';

/** Which predictions to save: of what is held out, or the best that every user has not rated. */
export function PredictionsDialog({
  open,
  onOpenChange,
}: {
  open: boolean;
  onOpenChange: (open: boolean) => void;
}) {
  return (
    <Dialog.Root open={open} onOpenChange={onOpenChange}>
      <Dialog.Portal>
        <Dialog.Backdrop className="backdrop" />
        <Dialog.Popup className="popup dialog export-dialog">
          <Predictions close={() => onOpenChange(false)} />
        </Dialog.Popup>
      </Dialog.Portal>
    </Dialog.Root>
  );
}

function Predictions({ close }: { close: () => void }) {
  const { actions } = useBench();
  const heldOut = useWorkbench((state) => state.data?.validationCount ?? 0);
  const complete = useWorkbench((state) => state.data === null || isComplete(state.data.ratings));
  const [runs] = useState(actions.filmed);
  const [what, setWhat] = useState<'held-out' | 'top'>(heldOut > 0 ? 'held-out' : 'top');
  const [most, setMost] = useState(10);
  const [by, setBy] = useState(0);
  const possible = what === 'held-out' ? heldOut > 0 : !complete;
  return (
    <>
      <Dialog.Title>Predictions as CSV</Dialog.Title>
      <fieldset className="radio-list">
        <legend className="visually-hidden">Which predictions</legend>
        <label className="check">
          <input
            type="radio"
            name="predictions"
            checked={what === 'held-out'}
            disabled={heldOut === 0}
            onChange={() => setWhat('held-out')}
          />
          {heldOut > 0
            ? `The ${heldOut.toLocaleString('en')} held-out ratings`
            : 'Held-out ratings (none are held out)'}
        </label>
        <label className="check">
          <input
            type="radio"
            name="predictions"
            checked={what === 'top'}
            disabled={complete}
            onChange={() => setWhat('top')}
          />
          {complete
            ? 'What users should like (they have rated everything)'
            : 'What users should like, of what they have not rated'}
        </label>
      </fieldset>
      {what === 'top' && !complete && (
        <div className="export-fields">
          <NumberField label="Items per user" value={most} min={1} max={1000} whole onChange={setMost} />
          <Pick
            label="In the order of"
            value={by}
            options={runs.map(({ name }, i) => [i, name] as const)}
            onChange={setBy}
          />
        </div>
      )}
      <p className="field-note">
        A row per user and item, with what {runs.map(({ name }) => name).join(' and ')} predict in the frames
        that are on the stage.
      </p>
      <div className="export-buttons">
        <Dialog.Close className="header-button">Close</Dialog.Close>
        <button
          type="button"
          className="primary"
          disabled={!possible}
          onClick={() => {
            close();
            void actions.savePredictions(what, { most, by });
          }}
        >
          Save CSV
        </button>
      </div>
    </>
  );
}
