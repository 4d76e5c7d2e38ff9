import { type PointerEvent, useEffect, useRef } from 'react';
import type { StreamMethod } from '../../streams/config';
import { Legend } from '../stage/legend';
import '../stage/stage.css';
import { PalettePicker } from '../stage/view-picker';
import { useBench } from '../workbench-context';
import { methodNames } from './names';
import { useLab, useStream } from './stream-context';
import { cellUnder, paintStreamStage, type StreamPane, streamPanes } from './stream-stage-painter';

/** What has arrived, and what two of the methods make of it: a matrix that grows. React draws it once. */
export function StreamStage() {
  const { workbench } = useBench();
  const { lab, stream } = useStream();
  const host = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (!host.current) return undefined;
    const element = host.current;
    const part = (pane: StreamPane, name: string) =>
      element.querySelector<HTMLCanvasElement>(`[data-stream-pane="${pane}"] [data-part="${name}"]`)!;
    const model = (pane: StreamPane) => ({
      matrix: part(pane, 'matrix'),
      users: part(pane, 'users'),
      items: part(pane, 'items'),
    });
    return paintStreamStage(workbench, lab, {
      host: element,
      panes: {
        arrived: { matrix: part('arrived', 'matrix') },
        first: model('first'),
        second: model('second'),
      },
    });
  }, [workbench, lab]);

  /** A click chooses who rates what; the stars are given beside. */
  function choose(event: PointerEvent<HTMLCanvasElement>) {
    const { data } = workbench.getState();
    const box = event.currentTarget.getBoundingClientRect();
    const [down, across] = [(event.clientY - box.top) / box.height, (event.clientX - box.left) / box.width];
    const cell = data && cellUnder(lab, data, down, across);
    if (!data || !cell) return;
    const { scale } = data.ratings;
    stream.draft({ ...cell, value: lab.getState().draft?.value ?? scale.max });
  }

  return (
    <section className="stage" aria-label="Stream stage">
      <div className="stage-bar">
        <PalettePicker />
        <p className="stage-where">
          Users and items stand in the order in which they came. Click a cell to rate it.
        </p>
        <Legend only="prediction" />
      </div>
      <div className="stage-panes" ref={host}>
        {streamPanes.map((pane) => (
          <figure
            key={pane}
            className="pane"
            data-stream-pane={pane}
            {...(pane === 'arrived' ? { 'data-pane': 'ratings' } : {})}
          >
            <figcaption>
              {pane === 'arrived' ? (
                <h2>Arrived ratings</h2>
              ) : (
                <PaneMethod index={pane === 'first' ? 0 : 1} />
              )}
            </figcaption>
            <div className="pane-grid">
              {pane !== 'arrived' && (
                <>
                  <canvas
                    className="strip-items"
                    data-part="items"
                    width="1"
                    height="1"
                    role="img"
                    aria-label={`Item factors, ${pane} method`}
                  />
                  <canvas
                    className="strip-users"
                    data-part="users"
                    width="1"
                    height="1"
                    role="img"
                    aria-label={`User factors, ${pane} method`}
                  />
                </>
              )}
              <div className="pane-matrix">
                <PaneCanvas pane={pane} onChoose={choose} />
              </div>
            </div>
          </figure>
        ))}
      </div>
    </section>
  );
}

function PaneCanvas({
  pane,
  onChoose,
}: {
  pane: StreamPane;
  onChoose: (event: PointerEvent<HTMLCanvasElement>) => void;
}) {
  const method = useLab((state) => (pane === 'arrived' ? null : state.looks.panes[pane === 'first' ? 0 : 1]));
  return (
    <canvas
      data-part="matrix"
      width="1"
      height="1"
      role="img"
      aria-label={
        method ? `Matrix predicted by ${methodNames[method]}` : 'Matrix of the ratings that have arrived'
      }
      onPointerDown={onChoose}
    />
  );
}

/** Whose matrix a pane shows. */
function PaneMethod({ index }: { index: 0 | 1 }) {
  const { stream } = useStream();
  const panes = useLab((state) => state.looks.panes);
  const methods = useLab((state) => state.config?.methods ?? state.settings.methods);
  return (
    <select
      aria-label={index === 0 ? 'First matrix' : 'Second matrix'}
      value={panes[index]}
      onChange={(event) => {
        const method = event.currentTarget.value as StreamMethod;
        stream.look({ panes: index === 0 ? [method, panes[1]] : [panes[0], method] });
      }}
    >
      {[...new Set([...methods, panes[index]])].map((method) => (
        <option key={method} value={method}>
          {methodNames[method]}
          {methods.includes(method) ? '' : ' (off)'}
        </option>
      ))}
    </select>
  );
}
