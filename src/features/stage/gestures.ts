import { panned, zoomed } from '../../draw/window';
import { type StageModel, windowOf } from './model';

/** Whether the machine is mostly touched, so that words speak of fingers. */
export const byFinger = (): boolean => matchMedia('(pointer: coarse)').matches;

/** Zooms all panes: `factor` times as many cells, around a place in the window (0…1 down and across). */
export function zoom(model: StageModel, factor: number, anchor = { down: 0.5, across: 0.5 }): void {
  const viewed = model.viewed();
  if (!viewed) return;
  const next = zoomed(windowOf(viewed), viewed.counts, factor, anchor);
  if (next || viewed.window) model.show(next);
}

/** Pixels that a finger or mouse moves before it drags. */
const slack = 4;

/**
 * Wheel and pinch zoom at where they are, dragging moves, a double click zooms in; on every matrix of the host.
 * Returns how to end it.
 */
export function listenToGestures(host: HTMLElement, model: StageModel): () => void {
  const pointers = new Map<number, { x: number; y: number }>();
  let dragging = false;

  const matrixOf = (event: Event) =>
    event.target instanceof HTMLCanvasElement && event.target.dataset.part === 'matrix' ? event.target : null;
  const shareOf = (matrix: HTMLElement, x: number, y: number) => {
    const box = matrix.getBoundingClientRect();
    return { down: (y - box.top) / box.height, across: (x - box.left) / box.width };
  };

  function onWheel(event: WheelEvent) {
    const matrix = matrixOf(event);
    if (!matrix) return;
    const lines = event.deltaMode === WheelEvent.DOM_DELTA_LINE ? 16 : 1;
    const change = event.deltaY * lines * (event.ctrlKey ? 0.01 : 0.002);
    // Nothing to zoom out of: the wheel scrolls the page.
    if (change > 0 && !model.viewed()?.window && !event.ctrlKey) return;
    event.preventDefault();
    const factor = Math.exp(Math.min(0.7, Math.max(-0.7, change)));
    zoom(model, factor, shareOf(matrix, event.clientX, event.clientY));
  }

  function onDown(event: PointerEvent) {
    const matrix = matrixOf(event);
    if (!matrix || event.button !== 0) return;
    pointers.set(event.pointerId, { x: event.clientX, y: event.clientY });
    if (pointers.size > 1) dragging = true;
  }

  function onMove(event: PointerEvent) {
    const before = pointers.get(event.pointerId);
    const matrix = matrixOf(event);
    const viewed = model.viewed();
    if (!before || !matrix || !viewed) return;
    const { window, counts } = viewed;
    const now = { x: event.clientX, y: event.clientY };
    if (pointers.size === 1) {
      if (!window || (!dragging && Math.hypot(now.x - before.x, now.y - before.y) < slack)) return;
      if (!dragging) matrix.setPointerCapture(event.pointerId);
      dragging = true;
      const { users, items } = window;
      const down = ((before.y - now.y) / matrix.clientHeight) * (users.to - users.from);
      const across = ((before.x - now.x) / matrix.clientWidth) * (items.to - items.from);
      model.show(panned(window, counts, down, across));
    } else {
      const [other] = [...pointers].filter(([id]) => id !== event.pointerId).map(([, point]) => point);
      const distance = (point: { x: number; y: number }) =>
        Math.max(10, Math.hypot(point.x - other.x, point.y - other.y));
      const middle = shareOf(matrix, (now.x + other.x) / 2, (now.y + other.y) / 2);
      zoom(model, distance(before) / distance(now), middle);
    }
    pointers.set(event.pointerId, now);
  }

  function onUp(event: PointerEvent) {
    pointers.delete(event.pointerId);
    if (pointers.size === 0) dragging = false;
  }

  function onDoubleClick(event: MouseEvent) {
    const matrix = matrixOf(event);
    if (matrix) zoom(model, 0.5, shareOf(matrix, event.clientX, event.clientY));
  }

  host.addEventListener('wheel', onWheel, { passive: false });
  host.addEventListener('pointerdown', onDown);
  host.addEventListener('pointermove', onMove);
  host.addEventListener('dblclick', onDoubleClick);
  addEventListener('pointerup', onUp);
  addEventListener('pointercancel', onUp);
  return () => {
    host.removeEventListener('wheel', onWheel);
    host.removeEventListener('pointerdown', onDown);
    host.removeEventListener('pointermove', onMove);
    host.removeEventListener('dblclick', onDoubleClick);
    removeEventListener('pointerup', onUp);
    removeEventListener('pointercancel', onUp);
  };
}
