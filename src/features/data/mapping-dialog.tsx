import { Dialog } from '@base-ui/react/dialog';
import { useState } from 'react';
import type { Mapping } from '../../ratings/columns';
import { shapeOf } from '../../ratings/shapes';
import { useBench, useWorkbench } from '../workbench-context';
import './data.css';
import { MappingTable, type Place } from './mapping-table';
import { reasonOf } from './messages';
import type { Question } from './slice';
import { TableFields } from './table-fields';

const names: Readonly<Record<Place, string>> = { user: 'User', item: 'Item', rating: 'Rating', time: 'Time' };

/** Which column is which? With the first rows to look at. */
export function MappingDialog() {
  const { actions } = useBench();
  const question = useWorkbench((state) => state.question);
  return (
    <Dialog.Root open={question !== null} onOpenChange={(open) => open || actions.dismissQuestion()}>
      <Dialog.Portal>
        <Dialog.Backdrop className="backdrop" />
        <Dialog.Popup className="popup dialog mapping-dialog">
          {question && <Asking key={question.fileName} question={question} />}
        </Dialog.Popup>
      </Dialog.Portal>
    </Dialog.Root>
  );
}

function Asking({ question }: { question: Question }) {
  const { actions } = useBench();
  const { fileName, preview, problem, others } = question;
  const [mapping, setMapping] = useMapping(question);
  const shape = shapeOf(mapping.shape);
  const roles = ([...shape.needs, ...shape.may] as const).map((id) => ({
    id,
    name: id === 'rating' ? (shape.rating ?? names[id]) : names[id],
  }));
  const open = roles.filter(({ id }) => shape.needs.some((need) => need === id) && mapping[id] < 0);
  return (
    <>
      <Dialog.Title>Which column is which?</Dialog.Title>
      <Dialog.Description>
        <bdi>{fileName}</bdi>
        {problem
          ? `: ${reasonOf(problem)}. Say how it is to be read.`
          : ' was read like this. Say otherwise, and it is read again.'}
      </Dialog.Description>
      <TableFields question={question} mapping={mapping} onChange={setMapping} />
      <MappingTable rows={preview.rows} mapping={mapping} roles={roles} onChange={setMapping} />
      <div className="dialog-actions">
        <p role="status">
          {open.length > 0
            ? `Still open: ${open.map(({ name }) => name).join(', ')}.`
            : shape.isOfOne && !others && aloneWords}
        </p>
        <Dialog.Close className="button">Cancel</Dialog.Close>
        {shape.isOfOne && others && (
          <button
            type="button"
            className="button"
            disabled={open.length > 0}
            onClick={() => actions.addPerson(mapping)}
          >
            Add to {others}
          </button>
        )}
        <button
          type="button"
          className="button primary"
          disabled={open.length > 0}
          onClick={() => actions.answer(mapping)}
        >
          Read the file
        </button>
      </div>
    </>
  );
}

const aloneWords =
  'By themselves they teach nothing of others: open other people’s ratings first, and these can be added to them.';

/** What is said of the columns; begun anew with each preview, which has a guess of its own. */
function useMapping({ preview }: Question) {
  const [said, setSaid] = useState({ preview, mapping: preview.mapping });
  const now = said.preview === preview ? said : { preview, mapping: preview.mapping };
  if (now !== said) setSaid(now);
  return [now.mapping, (mapping: Mapping) => setSaid({ preview, mapping })] as const;
}
