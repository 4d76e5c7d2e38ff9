import { Dialog } from '@base-ui/react/dialog';
import { type Rejected, type RejectedRow, reasonWords, writtenIn } from '../../ratings/rejected';
import { grouped } from '../../words/numbers';
import { useBench } from '../workbench-context';
import './data.css';
import { useInSight } from './in-sight';

/**
 * Rows that were not taken: a button that shows them, each with its place, the reason and what stands there.
 *
 * @param name of the file that they are of
 */
export function RejectedRows({ name, rejected }: { name: string; rejected: Rejected }) {
  const { actions } = useBench();
  const { count, rows } = rejected;
  const all = rows.length < count ? `The first ${grouped(rows.length)} of ${grouped(count)} rows` : 'Rows';
  return (
    <Dialog.Root>
      <Dialog.Trigger className="link-button">Look at them</Dialog.Trigger>
      <Dialog.Portal>
        <Dialog.Backdrop className="backdrop" />
        <Dialog.Popup className="popup dialog rejected-dialog">
          <Dialog.Title>Rows that were not taken</Dialog.Title>
          <Dialog.Description>
            {all} of <bdi>{name}</bdi>, where they stand, and why they were left out. A byte is that with
            which the line begins, from 0, once unpacked.
          </Dialog.Description>
          <RejectedTable rows={rows} />
          <div className="dialog-actions">
            <button type="button" className="button" onClick={() => void actions.saveRejected(name, rows)}>
              Download as CSV
            </button>
            <Dialog.Close className="button primary">Close</Dialog.Close>
          </div>
        </Dialog.Popup>
      </Dialog.Portal>
    </Dialog.Root>
  );
}

/** CSS pixels of a row. */
const rowHeight = 26;

function RejectedTable({ rows }: { rows: readonly RejectedRow[] }) {
  const { viewport, from, to, look } = useInSight(rows.length, rowHeight, 'rows');
  const isOneFile = new Set(rows.map(({ file }) => file)).size < 2;
  const shown = rows.slice(from, to).map((row, i) => ({ row, at: from + i }));
  return (
    <section ref={viewport} className="rejected-table" aria-label="Rejected rows" onScroll={look}>
      <table
        aria-rowcount={rows.length + 1}
        style={{ marginBlock: `${from * rowHeight}px ${(rows.length - to) * rowHeight}px` }}
      >
        <thead>
          <tr>
            {!isOneFile && <th scope="col">File</th>}
            <th scope="col">Line</th>
            <th scope="col">Byte</th>
            <th scope="col">Column</th>
            <th scope="col">Reason</th>
            <th scope="col">What stands there</th>
          </tr>
        </thead>
        <tbody>
          {shown.map(({ row, at }) => (
            <tr key={at} aria-rowindex={at + 2}>
              {!isOneFile && <td>{row.file}</td>}
              <td>{grouped(row.line)}</td>
              <td>{row.byte === undefined ? '–' : grouped(row.byte)}</td>
              <td>{columnOf(row)}</td>
              <td>{reasonWords[row.reason]}</td>
              <td title={writtenIn(row)}>
                <bdi>{writtenIn(row)}</bdi>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

const columnOf = ({ column, name }: RejectedRow) =>
  column === 0 ? '–' : `${column}${name.trim() ? ` ${name.trim()}` : ''}`;
