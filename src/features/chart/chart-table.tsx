import { Dialog } from '@base-ui/react/dialog';
import { Toolbar } from '@base-ui/react/toolbar';
import { Table } from 'lucide-react';
import { useState } from 'react';
import { type Chart, referenceWords } from '../../draw/chart/chart';
import { grouped } from '../../words/numbers';
import type { ChartSource } from './draw-chart';
import { chartRows, rowsAtOnce } from './table';

/** The chart as a table, as it was when somebody asked for it. */
export function ChartTable({ label, source }: { label: string; source: ChartSource }) {
  const [chart, setChart] = useState<Chart | null>(null);
  return (
    <>
      <Toolbar.Button
        className="icon-button"
        aria-label="Chart as a table"
        title="The chart as a table"
        onClick={() => setChart(source.chart())}
      >
        <Table size={14} />
      </Toolbar.Button>
      <Dialog.Root open={chart !== null} onOpenChange={() => setChart(null)}>
        <Dialog.Portal>
          <Dialog.Backdrop className="backdrop" />
          <Dialog.Popup className="popup dialog chart-table">
            <Dialog.Title>{label}</Dialog.Title>
            {chart && <Rows chart={chart} />}
            <Dialog.Close className="button primary">Close</Dialog.Close>
          </Dialog.Popup>
        </Dialog.Portal>
      </Dialog.Root>
    </>
  );
}

/** Some of its places at a time. */
function Rows({ chart }: { chart: Chart }) {
  const [from, setFrom] = useState(0);
  const { columns, rows, count } = chartRows(chart, from);
  const last = from + rows.length;
  if (count === 0) return <p>There is nothing on it yet.</p>;
  return (
    <>
      <p>{chart.references.map(({ label, value }) => referenceWords(label, value)).join(' · ')}</p>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: scrolls, so keys must reach it */}
      <div className="chart-rows" tabIndex={0}>
        <table>
          <caption className="visually-hidden">{chart.title}, in rating units</caption>
          <thead>
            <tr>
              <th scope="col">{chart.across.title}</th>
              {columns.map(({ id, name }) => (
                <th scope="col" key={id}>
                  {name}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.map(({ place, values }) => (
              <tr key={place}>
                <th scope="row">{place}</th>
                {columns.map(({ id }, i) => (
                  <td key={id}>{values[i]}</td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <p className="chart-pages">
        <button
          type="button"
          className="button"
          disabled={from === 0}
          onClick={() => setFrom(from - rowsAtOnce)}
        >
          Before
        </button>
        <span role="status">
          Places {grouped(from + 1)} to {grouped(last)} of {grouped(count)}
        </span>
        <button type="button" className="button" disabled={last >= count} onClick={() => setFrom(last)}>
          Next
        </button>
      </p>
    </>
  );
}
