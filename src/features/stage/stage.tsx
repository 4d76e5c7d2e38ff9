import { Maximize, ZoomIn, ZoomOut } from 'lucide-react';
import {
  type ComponentProps,
  type CSSProperties,
  type KeyboardEvent,
  type PointerEvent,
  type ReactNode,
  useEffect,
  useRef,
} from 'react';
import type { View } from '../../draw/views/view';
import { listenToGestures, zoom } from './gestures';
import { Legend } from './legend';
import { cellAt, crosshairShare, moveCrosshair, type StageModel } from './model';
import { paintStage } from './paint-stage';
import { PaneTabs } from './pane-tabs';
import type { PaneElements } from './screen-pane';
import './crosshair.css';
import './stage.css';

/** A pane as React draws it, once. */
export interface StagePane {
  /** Of no other pane of the stage; `ratings` is the first, and has room for buttons where others have factors. */
  readonly id: string;
  /** Of its tab, where one pane is shown at a time. */
  readonly name: string;
  readonly title: ReactNode;
  /** What its matrix shows, for who does not see it. */
  readonly label: string;
  /** The same of its strips of factors; null: there are none. */
  readonly factors: { readonly users: string; readonly items: string } | null;
  /** CSS, of its title. */
  readonly colour?: string;
  /** What else is said of it, under its matrix. */
  readonly below?: ReactNode;
}

interface Props {
  readonly label: string;
  readonly model: StageModel;
  readonly panes: readonly StagePane[];
  /** What can be chosen above the panes. */
  readonly picks: ReactNode;
  /** Whose colours are explained. */
  readonly view: View;
  readonly isWhole: boolean;
  /** The crosshair is moved by keys, and under every pane stands what is there: what this is called. */
  readonly crosshair?: string;
}

/** Matrices in a row: what is known, and what models make of it. React draws them once. */
export function Stage({ label, model, panes, picks, view, isWhole, crosshair }: Props) {
  const host = useRef<HTMLDivElement>(null);
  const where = useRef<HTMLParagraphElement>(null);
  const ids = panes.map(({ id }) => id).join(' ');
  useEffect(() => {
    if (!host.current || !where.current) return undefined;
    const elements = ids.split(' ').map((id) => elementsOf(host.current, id));
    const stopPainting = paintStage(model, { host: host.current, where: where.current, panes: elements });
    const stopListening = listenToGestures(host.current, model);
    return () => {
      stopListening();
      stopPainting();
    };
  }, [model, ids]);
  const steering = crosshair
    ? {
        role: 'application',
        'aria-label': crosshair,
        tabIndex: 0,
        onKeyDown: (event: KeyboardEvent) => steer(event, model),
      }
    : {};

  return (
    <section className="stage" aria-label={label}>
      <div className="stage-bar">
        <div className="view-picker">{picks}</div>
        <p className="stage-where" ref={where} />
        <Legend view={view} />
      </div>
      <PaneTabs host={host} panes={panes} />
      <div
        className="stage-panes"
        ref={host}
        style={{ '--panes': panes.length } as CSSProperties}
        {...steering}
      >
        {panes.map((pane) => (
          <figure
            key={pane.id}
            className="pane"
            data-pane={pane.id}
            style={pane.colour ? ({ '--pane-colour': pane.colour } as CSSProperties) : undefined}
          >
            <figcaption>{pane.title}</figcaption>
            <div className="pane-body">
              <div className="pane-grid">
                {pane.factors ? (
                  <>
                    <Canvas part="items" className="strip-items" label={pane.factors.items} />
                    <Canvas part="users" className="strip-users" label={pane.factors.users} />
                  </>
                ) : (
                  <ZoomButtons model={model} isWhole={isWhole} byKeys={crosshair !== undefined} />
                )}
                <Matrix model={model} label={pane.label} isModel={pane.factors !== null} />
              </div>
            </div>
            {crosshair && <p className="pane-reading" data-part="reading" />}
            {pane.below}
          </figure>
        ))}
      </div>
    </section>
  );
}

const moves: Record<string, [number, number]> = {
  ArrowUp: [-1, 0],
  ArrowDown: [1, 0],
  ArrowLeft: [0, -1],
  ArrowRight: [0, 1],
};

/** Times as many cells; 0: all of them. */
const zoomKeys: Record<string, number> = { '+': 1 / 1.5, '=': 1 / 1.5, '-': 1.5, '0': 0 };

function steer(event: KeyboardEvent, model: StageModel): void {
  if (event.key === 'Escape') model.pointAt(null);
  const closer = zoomKeys[event.key];
  if (closer !== undefined && !event.ctrlKey && !event.metaKey) {
    event.preventDefault();
    if (closer === 0) model.show(null);
    else zoom(model, closer, crosshairShare(model.viewed()));
    return;
  }
  const by = moves[event.key];
  if (!by) return;
  event.preventDefault();
  event.stopPropagation();
  const far = event.shiftKey ? 10 : 1;
  moveCrosshair(model, by[0] * far, by[1] * far);
}

/** Pixels that a pointer moves before a click is none any more. */
const slack = 4;

/** A matrix, with what lies over it. */
function Matrix({ model, label, isModel }: { model: StageModel; label: string; isModel: boolean }) {
  const pressed = useRef({ x: 0, y: 0 });
  const under = (event: Pick<PointerEvent<HTMLCanvasElement>, 'currentTarget' | 'clientX' | 'clientY'>) =>
    cellAt(event.currentTarget, model.viewed(), event);
  return (
    <div className="pane-matrix">
      <Canvas
        part="matrix"
        label={label}
        onPointerMove={(event) => model.pointAt(under(event))}
        onPointerDown={(event) => {
          pressed.current = { x: event.clientX, y: event.clientY };
          model.pointAt(under(event));
        }}
        // What a finger has touched stays read.
        onPointerLeave={({ pointerType }) => pointerType !== 'touch' && model.pointAt(null)}
        onClick={(event) => {
          const cell = under(event);
          const moved = Math.hypot(event.clientX - pressed.current.x, event.clientY - pressed.current.y);
          if (cell && moved <= slack) model.choose?.(cell);
        }}
      />
      <div className="lit" data-part="lit" hidden />
      <div className="crosshair" data-part="crosshair" hidden />
      {isModel && <div className="breakdown" data-part="breakdown" hidden />}
    </div>
  );
}

interface CanvasProps extends Omit<ComponentProps<'canvas'>, 'width' | 'height' | 'role'> {
  readonly part: string;
  readonly label: string;
}

function Canvas({ part, label, ...others }: CanvasProps) {
  return <canvas data-part={part} width="1" height="1" role="img" aria-label={label} {...others} />;
}

interface ZoomProps {
  readonly model: StageModel;
  readonly isWhole: boolean;
  /** Keys do the same, and are said. */
  readonly byKeys: boolean;
}

/** In the corner that the ratings have free, since they have no factors. */
function ZoomButtons({ model, isWhole, byKeys }: ZoomProps) {
  const by = (factor: number) => zoom(model, factor, crosshairShare(model.viewed()));
  const buttons = [
    { Icon: ZoomIn, size: 14, label: 'Zoom in', title: 'Zoom in (+)', off: false, act: () => by(0.5) },
    { Icon: ZoomOut, size: 14, label: 'Zoom out', title: 'Zoom out (−)', off: isWhole, act: () => by(2) },
    {
      ...{ Icon: Maximize, size: 13, label: 'Show the whole', title: 'The whole (0)', off: isWhole },
      act: () => model.show(null),
    },
  ];
  return (
    <div className="zoom-buttons">
      {buttons.map(({ Icon, size, label, title, off, act }) => (
        <button
          key={label}
          type="button"
          className="button"
          aria-label={label}
          title={byKeys ? title : undefined}
          disabled={off}
          tabIndex={byKeys ? -1 : undefined}
          onClick={act}
        >
          <Icon size={size} />
        </button>
      ))}
    </div>
  );
}

function elementsOf(host: HTMLElement | null, pane: string): PaneElements {
  const find = <E extends HTMLElement>(name: string) =>
    host?.querySelector<E>(`[data-pane="${pane}"] [data-part="${name}"]`) ?? null;
  const part = <E extends HTMLElement>(name: string) => {
    const element = find<E>(name);
    if (!element) throw new Error(`no ${name} in pane ${pane}`);
    return element;
  };
  return {
    id: pane,
    matrix: part<HTMLCanvasElement>('matrix'),
    users: find<HTMLCanvasElement>('users'),
    items: find<HTMLCanvasElement>('items'),
    crosshair: part('crosshair'),
    lit: part('lit'),
    reading: find('reading'),
    breakdown: find('breakdown'),
  };
}
