import { type KeyboardEvent, useMemo, useRef } from 'react';
import { coloursFor } from '../../draw/theme';
import { ScaleBar } from '../stage/legend';
import { useDark, useWorkbench } from '../workbench-context';
import { goodness, groundAndInk, type Span, spanOf } from './colours';
import { type Results, told } from './found';
import type { Found } from './slice';
import { axisName, detailWords, markOf, markWords, valueWords } from './words';

interface Props {
  readonly found: Found;
  readonly results: Results;
  onChoose(cell: number): void;
}

/** Two settings as a map: a row for each value of the first, a column for each of the second. Arrow keys walk it. */
export function SearchMap({ found, results, onChoose }: Props) {
  const table = useRef<HTMLTableElement>(null);
  const palette = useWorkbench((state) => state.looks.palette);
  const dark = useDark();
  const colours = useMemo(() => coloursFor(palette, dark).table, [palette, dark]);
  const [rows, columns] = found.recipe.axes;
  const span = spanOf(results.cells);
  const width = columns.values.length;
  const at = found.chosen ?? results.choice?.simplest.cell ?? 0;
  const steps = { ArrowRight: 1, ArrowLeft: -1, ArrowDown: width, ArrowUp: -width };
  function walk(event: KeyboardEvent, cell: number) {
    const step = steps[event.key as keyof typeof steps];
    if (!step) return;
    event.preventDefault();
    // The keys that walk the map would go along the timeline.
    event.stopPropagation();
    const isOverEdge = Math.abs(step) === 1 && Math.floor((cell + step) / width) !== Math.floor(cell / width);
    if (isOverEdge || cell + step < 0 || cell + step >= results.cells.length) return;
    onChoose(cell + step);
    table.current?.querySelectorAll('button')[cell + step].focus();
  }
  return (
    <>
      <table className="search-map" ref={table}>
        <caption>
          {axisName(rows.name)} down, {axisName(columns.name)} across
        </caption>
        <thead>
          <tr>
            <td />
            {columns.values.map((value) => (
              <th key={value} scope="col">
                {valueWords(columns.name, value).replace(/^0\./, '.')}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.values.map((value, row) => (
            <tr key={value}>
              <th scope="row">{valueWords(rows.name, value)}</th>
              {columns.values.map((across, column) => {
                const cell = row * width + column;
                return (
                  <td key={across}>
                    <Cell
                      {...{ found, results, cell, span, colours }}
                      isAt={cell === at}
                      onChoose={() => onChoose(cell)}
                      onKey={(event) => walk(event, cell)}
                    />
                  </td>
                );
              })}
            </tr>
          ))}
        </tbody>
      </table>
      {span && (
        <div className="search-legend">
          <ScaleBar low={told(found.recipe, span.high)} high={told(found.recipe, span.low)} table={colours} />
        </div>
      )}
      <p className="search-marks" aria-hidden="true">
        {markWords}
      </p>
    </>
  );
}

function Cell({
  found,
  results,
  cell,
  span,
  colours,
  isAt,
  onChoose,
  onKey,
}: Omit<Props, 'onChoose'> & {
  readonly cell: number;
  readonly span: Span | null;
  readonly colours: ArrayLike<number>;
  readonly isAt: boolean;
  onChoose(): void;
  onKey(event: KeyboardEvent): void;
}) {
  const { mean } = results.cells[cell];
  const words = detailWords(found.recipe, results, cell);
  const paint = mean !== null && span && groundAndInk(colours, goodness(span, mean));
  return (
    <button
      type="button"
      className="search-cell"
      aria-label={words}
      aria-pressed={isAt}
      title={words}
      tabIndex={isAt ? 0 : -1}
      style={paint ? { background: paint.ground, color: paint.ink } : undefined}
      onClick={onChoose}
      onKeyDown={onKey}
    >
      {markOf(results, cell)}
    </button>
  );
}
