import { Dialog } from '@base-ui/react/dialog';
import { useState } from 'react';
import type { Mapping } from '../../ratings/columns';
import { useBench, useWorkbench } from '../workbench-context';
import { reasonOf } from './messages';
import type { Question } from './slice';

const roles = [
  ['user', 'User'],
  ['item', 'Item'],
  ['rating', 'Rating'],
  ['time', 'Time'],
] as const;
type Role = (typeof roles)[number][0];

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

function Asking({ question: { fileName, preview, problem } }: { question: Question }) {
  const { actions } = useBench();
  const [mapping, setMapping] = useState<Mapping>(preview.mapping);
  const width = preview.rows.reduce((most, row) => Math.max(most, row.length), 0);
  const columns = Array.from({ length: width }, (_, at) => ({ at, name: `Column ${at + 1}` }));
  const rows = preview.rows.map((fields, at) => ({ at, fields }));
  const open = roles.filter(([role]) => role !== 'time' && mapping[role] < 0).map(([, name]) => name);
  const put = (column: number, role: Role | 'none') =>
    setMapping((before) => {
      const after = { ...before };
      for (const [other] of roles) if (after[other] === column) after[other] = -1;
      if (role !== 'none') after[role] = column;
      return after;
    });
  return (
    <>
      <Dialog.Title>Which column is which?</Dialog.Title>
      <Dialog.Description>
        <bdi>{fileName}</bdi>
        {problem
          ? `: ${reasonOf(problem)}. Say what its columns are, and it is read.`
          : ' was read like this. Say otherwise, and it is read again.'}
      </Dialog.Description>
      <section className="mapping-table" aria-label="First rows">
        <table>
          <thead>
            <tr>
              {columns.map(({ at, name }) => (
                <th key={at} scope="col">
                  <select
                    aria-label={name}
                    value={roles.find(([role]) => mapping[role] === at)?.[0] ?? 'none'}
                    onChange={(event) => put(at, event.currentTarget.value as Role | 'none')}
                  >
                    <option value="none">–</option>
                    {roles.map(([role, name]) => (
                      <option key={role} value={role}>
                        {name}
                      </option>
                    ))}
                  </select>
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.map((row) => (
              <tr key={row.at} data-header={row.at === 0 && mapping.header}>
                {columns.map(({ at }) => (
                  <td key={at} data-used={roles.some(([role]) => mapping[role] === at)}>
                    <bdi>{row.fields[at] ?? ''}</bdi>
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </section>
      <label className="check">
        <input
          type="checkbox"
          checked={mapping.header}
          onChange={(event) => setMapping({ ...mapping, header: event.currentTarget.checked })}
        />
        The first row names the columns
      </label>
      <div className="dialog-actions">
        <p role="status">{open.length > 0 && `Still open: ${open.join(', ')}.`}</p>
        <Dialog.Close className="button">Cancel</Dialog.Close>
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
