import { Dialog } from '@base-ui/react/dialog';
import { useState } from 'react';
import type { PredictionOptions } from '../../files/exports/predictions-csv';
import { modelsIn } from '../../files/exports/subject';
import { isComplete } from '../../ratings/rating-set';
import { counted } from '../../words/numbers';
import { NumberField, Pick } from './fields';
import type { FormProps } from './slice';

/** Which predictions to save: of what is held out, or the best that every user has not rated. */
export function PredictionsForm({ subject, save }: FormProps) {
  const models = modelsIn(subject);
  const complete = isComplete(subject.ratings);
  const heldOut = subject.race?.split?.validationCount ?? 0;
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
            ? `The ${counted(heldOut, 'held-out rating')}`
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
            options={models.map(({ name }, i) => [i, name] as const)}
            onChange={setBy}
          />
        </div>
      )}
      <p className="field-note">
        A row per user and item, with what {models.map(({ name }) => name).join(' and ')} predict in the
        frames that are on the stage.
      </p>
      <div className="dialog-actions">
        <Dialog.Close className="button">Close</Dialog.Close>
        <button
          type="button"
          className="button primary"
          disabled={!possible}
          onClick={() => save({ what, most, by } satisfies PredictionOptions)}
        >
          Save CSV
        </button>
      </div>
    </>
  );
}
