import { Maximize, ZoomIn, ZoomOut } from 'lucide-react';
import { type HTMLAttributes, type MouseEvent, type PointerEvent, useEffect, useRef } from 'react';
import { views } from '../../draw/views';
import { methodOf } from '../../methods';
import type { MethodId } from '../../methods/method';
import type { StageOrder } from '../../state/stream-lab';
import { listenToGestures, zoom } from '../stage/gestures';
import { Legend } from '../stage/legend';
import '../stage/stage.css';
import { PalettePicker } from '../stage/view-picker';
import { useBench, useWorkbench } from '../workbench-context';
import { cellWords } from './cell-words';
import { useLab, useStream } from './stream-context';
import { cellUnder, paintStreamStage, type StreamPane, streamPanes, viewedLab } from './stream-stage-painter';

/** What has arrived, and what two of the methods make of it: a matrix that grows. React draws it once. */
export function StreamStage() {
  const { workbench } = useBench();
  const { lab, stream } = useStream();
  const host = useRef<HTMLDivElement>(null);
  const where = useRef<HTMLParagraphElement>(null);
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
    const stopListening = listenToGestures(element, viewedLab(workbench, lab), stream);
    const stopPainting = paintStreamStage(workbench, lab, {
      host: element,
      panes: {
        arrived: { matrix: part('arrived', 'matrix') },
        first: model('first'),
        second: model('second'),
      },
    });
    return () => {
      stopListening();
      stopPainting();
    };
  }, [workbench, lab, stream]);

  const pressed = useRef({ x: 0, y: 0 });
  /** The cell under the pointer. */
  function under(event: MouseEvent<HTMLCanvasElement>) {
    const { data } = workbench.getState();
    const box = event.currentTarget.getBoundingClientRect();
    const [down, across] = [(event.clientY - box.top) / box.height, (event.clientX - box.left) / box.width];
    return data && cellUnder(lab, data, down, across);
  }
  /** A click chooses who rates what, a drag does not; the stars are given beside. */
  function choose(event: MouseEvent<HTMLCanvasElement>) {
    const { data } = workbench.getState();
    const cell = under(event);
    const moved = Math.hypot(event.clientX - pressed.current.x, event.clientY - pressed.current.y);
    if (!data || !cell || moved > 4) return;
    stream.draft({ ...cell, value: lab.getState().draft?.value ?? data.ratings.scale.max });
  }
  function read(event: PointerEvent<HTMLCanvasElement>) {
    const { data } = workbench.getState();
    const cell = event.type === 'pointerleave' ? null : under(event);
    if (where.current) where.current.textContent = data && cell ? cellWords(lab, data, cell) : idle;
  }
  const pointing = {
    onPointerDown: (event: PointerEvent<HTMLCanvasElement>) => {
      pressed.current = { x: event.clientX, y: event.clientY };
    },
    onPointerMove: read,
    onPointerLeave: read,
    onClick: choose,
  };

  return (
    <section className="stage" aria-label="Stream stage">
      <div className="stage-bar">
        <div className="view-picker">
          <PalettePicker />
          <OrderPicker />
        </div>
        <p className="stage-where" ref={where}>
          {idle}
        </p>
        <Legend view={views[0]} />
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
              {pane === 'arrived' && <ZoomButtons />}
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
                <PaneCanvas pane={pane} pointing={pointing} />
              </div>
            </div>
          </figure>
        ))}
      </div>
    </section>
  );
}

function PaneCanvas({ pane, pointing }: { pane: StreamPane; pointing: HTMLAttributes<HTMLCanvasElement> }) {
  const method = useLab((state) => (pane === 'arrived' ? null : state.looks.panes[pane === 'first' ? 0 : 1]));
  return (
    <canvas
      data-part="matrix"
      width="1"
      height="1"
      role="img"
      aria-label={
        method ? `Matrix predicted by ${methodOf(method).name}` : 'Matrix of the ratings that have arrived'
      }
      {...pointing}
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
        const method = event.currentTarget.value as MethodId;
        stream.look({ panes: index === 0 ? [method, panes[1]] : [panes[0], method] });
      }}
    >
      {[...new Set([...methods, panes[index]])].map((method) => (
        <option key={method} value={method}>
          {methodOf(method).name}
          {methods.includes(method) ? '' : ' (off)'}
        </option>
      ))}
    </select>
  );
}

const idle = 'Click a cell to rate it; scroll to zoom.';

const stageOrders: [Exclude<StageOrder, null>, string][] = [
  ['arrival', 'As they came'],
  ['source', 'As in the source'],
];

/** Who stands where on the stage. */
function OrderPicker() {
  const { stream } = useStream();
  const chosen = useLab((state) => state.stageOrder);
  const ofData = useWorkbench((state) => (state.data?.source === 'picture' ? 'source' : 'arrival'));
  return (
    <select
      aria-label="Order of users and items"
      value={chosen ?? ofData}
      onChange={(event) => stream.orderStage(event.currentTarget.value as StageOrder)}
    >
      {stageOrders.map(([id, name]) => (
        <option key={id} value={id}>
          {name}
        </option>
      ))}
    </select>
  );
}

function ZoomButtons() {
  const { workbench } = useBench();
  const { lab, stream } = useStream();
  const isWhole = useLab((state) => state.window === null);
  const by = (factor: number) => zoom(viewedLab(workbench, lab), stream, factor);
  return (
    <div className="zoom-buttons">
      <button type="button" aria-label="Zoom in" onClick={() => by(0.5)}>
        <ZoomIn size={14} />
      </button>
      <button type="button" aria-label="Zoom out" disabled={isWhole} onClick={() => by(2)}>
        <ZoomOut size={14} />
      </button>
      <button type="button" aria-label="Show the whole" disabled={isWhole} onClick={() => stream.show(null)}>
        <Maximize size={13} />
      </button>
    </div>
  );
}
