import { Maximize, ZoomIn, ZoomOut } from 'lucide-react';
import { type ComponentProps, type KeyboardEvent, type PointerEvent, useEffect, useRef } from 'react';
import { viewOf } from '../../draw/views';
import { useBench, useWorkbench } from '../workbench-context';
import { listenToGestures, zoom } from './gestures';
import { Legend } from './legend';
import { ModelTitle, RatingsTitle } from './pane-title';
import './stage.css';
import {
  cellAt,
  crosshairShare,
  moveCrosshair,
  type PaneName,
  paintStage,
  paneNames,
  type StageElements,
} from './stage-painter';
import { ViewPicker } from './view-picker';

const titles: Record<PaneName, string> = { ratings: 'Ratings', als: 'ALS', sgd: 'B-SGD' };
const describe: Record<PaneName, string> = {
  ratings: 'Matrix of the known ratings, users down and items across',
  als: 'Matrix predicted by batch ALS',
  sgd: 'Matrix predicted by bias-SGD',
};
const moves: Record<string, [number, number]> = {
  ArrowUp: [-1, 0],
  ArrowDown: [1, 0],
  ArrowLeft: [0, -1],
  ArrowRight: [0, 1],
};

/** Times as many cells; 0: all of them. */
const zoomKeys: Record<string, number> = { '+': 1 / 1.5, '=': 1 / 1.5, '-': 1.5, '0': 0 };

/** The three matrices in a row: what is known, and what each method makes of it. React draws them once. */
export function Stage() {
  const { workbench, actions } = useBench();
  const host = useRef<HTMLDivElement>(null);
  const where = useRef<HTMLParagraphElement>(null);
  useEffect(() => {
    if (!host.current || !where.current) return undefined;
    const stopPainting = paintStage(workbench, elementsOf(host.current, where.current));
    const stopListening = listenToGestures(host.current, workbench, actions);
    return () => {
      stopListening();
      stopPainting();
    };
  }, [workbench, actions]);

  function point(event: PointerEvent<HTMLCanvasElement>) {
    actions.pointAt(cellAt(event.currentTarget, workbench, event.clientX, event.clientY));
  }
  function move(event: KeyboardEvent) {
    if (event.key === 'Escape') actions.pointAt(null);
    const closer = zoomKeys[event.key];
    if (closer !== undefined && !event.ctrlKey && !event.metaKey) {
      event.preventDefault();
      if (closer === 0) return actions.show(null);
      return zoom(workbench, actions, closer, crosshairShare(workbench));
    }
    const by = moves[event.key];
    if (!by) return;
    event.preventDefault();
    event.stopPropagation();
    const far = event.shiftKey ? 10 : 1;
    moveCrosshair(workbench, actions, by[0] * far, by[1] * far);
  }

  return (
    <section className="stage" aria-label="Stage">
      <div className="stage-bar">
        <ViewPicker />
        <p className="stage-where" ref={where} />
        <ViewLegend />
      </div>
      <div
        className="stage-panes"
        ref={host}
        role="application"
        aria-label="Matrices: arrow keys move the crosshair, plus and minus zoom, 0 shows the whole"
        // biome-ignore lint/a11y/noNoninteractiveTabindex: an application: arrow keys move the crosshair
        tabIndex={0}
        onKeyDown={move}
      >
        {paneNames.map((name) => (
          <figure key={name} className="pane" data-pane={name}>
            <figcaption>{name === 'ratings' ? <RatingsTitle /> : <ModelTitle pane={name} />}</figcaption>
            <div className="pane-grid">
              {name === 'ratings' && <ZoomButtons />}
              {name !== 'ratings' && (
                <>
                  <canvas
                    className="strip-items"
                    data-part="items"
                    width="1"
                    height="1"
                    role="img"
                    aria-label={`Item factors of ${titles[name]}`}
                  />
                  <canvas
                    className="strip-users"
                    data-part="users"
                    width="1"
                    height="1"
                    role="img"
                    aria-label={`User factors of ${titles[name]}`}
                  />
                </>
              )}
              <div className="pane-matrix">
                <Matrix
                  pane={name}
                  onPointerMove={point}
                  onPointerDown={point}
                  onPointerLeave={() => actions.pointAt(null)}
                />
                <div className="lit" data-part="lit" hidden />
                <div className="crosshair" data-part="crosshair" hidden />
              </div>
            </div>
            <p className="pane-reading" data-part="reading" />
          </figure>
        ))}
      </div>
    </section>
  );
}

/** The colours of the view that was chosen. */
function ViewLegend() {
  return <Legend view={viewOf(useWorkbench((state) => state.looks.view))} />;
}

/** In the corner that the ratings have free, since they have no factors. */
function ZoomButtons() {
  const { workbench, actions } = useBench();
  const isWhole = useWorkbench((state) => state.window === null);
  return (
    <div className="zoom-buttons">
      <button
        type="button"
        aria-label="Zoom in"
        title="Zoom in (+)"
        onClick={() => zoom(workbench, actions, 0.5, crosshairShare(workbench))}
      >
        <ZoomIn size={14} />
      </button>
      <button
        type="button"
        aria-label="Zoom out"
        title="Zoom out (−)"
        disabled={isWhole}
        onClick={() => zoom(workbench, actions, 2, crosshairShare(workbench))}
      >
        <ZoomOut size={14} />
      </button>
      <button
        type="button"
        aria-label="Show the whole"
        title="The whole (0)"
        disabled={isWhole}
        onClick={() => actions.show(null)}
      >
        <Maximize size={13} />
      </button>
    </div>
  );
}

/** The canvas of a matrix, named by what it shows now. */
function Matrix({ pane, ...listeners }: { pane: PaneName } & ComponentProps<'canvas'>) {
  const difference = useWorkbench(({ looks }) => pane === 'ratings' && looks.difference);
  const label = difference ? 'Matrix of the differences of both predictions' : describe[pane];
  return <canvas data-part="matrix" width="1" height="1" role="img" aria-label={label} {...listeners} />;
}

function elementsOf(host: HTMLElement, where: HTMLElement): StageElements {
  const part = <E extends HTMLElement>(pane: PaneName, name: string) => {
    const element = host.querySelector<E>(`[data-pane="${pane}"] [data-part="${name}"]`);
    if (!element) throw new Error(`no ${name} in pane ${pane}`);
    return element;
  };
  const common = (pane: PaneName) => ({
    matrix: part<HTMLCanvasElement>(pane, 'matrix'),
    crosshair: part(pane, 'crosshair'),
    lit: part(pane, 'lit'),
    reading: part(pane, 'reading'),
  });
  const model = (pane: PaneName) => ({
    ...common(pane),
    users: part<HTMLCanvasElement>(pane, 'users'),
    items: part<HTMLCanvasElement>(pane, 'items'),
  });
  return { host, where, panes: { ratings: common('ratings'), als: model('als'), sgd: model('sgd') } };
}
