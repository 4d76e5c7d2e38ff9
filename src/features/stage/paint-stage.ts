import { type Colours, coloursFor, isDark, themeFor } from '../../draw/theme';
import { isInScene } from './cell-reading';
import { isOnScreen, type StageModel, type StagePicture, windowOf } from './model';
import { type PaneElements, screenPane, write } from './screen-pane';

/** The elements of a stage that are written to without React. */
export interface StageElements {
  readonly host: HTMLElement;
  readonly panes: readonly PaneElements[];
  readonly where: HTMLElement;
}

/**
 * Keeps the panes true to a model: at most one painting per frame and only of what changed.
 * Returns how to end it.
 */
export function paintStage(model: StageModel, { host, panes: elements, where }: StageElements): () => void {
  const panes = elements.map(screenPane);
  let colours: { readonly key: string; readonly value: Colours } | null = null;
  let sized = '';
  let frame = 0;
  let waiting: ReturnType<typeof setTimeout> | undefined;

  function resize(cells: number) {
    const ratio = devicePixelRatio;
    const lengths = elements.map(lengthsOf);
    const { strip, above } = lengths[0];
    // What is said under one may take more lines than under another: all are as large as the least.
    const room = Math.min(...lengths.map((one) => one.room));
    const key = `${room} ${strip} ${above} ${ratio} ${cells}`;
    if (key === sized) return;
    sized = key;
    for (const pane of panes) pane.resize(cells, room, { strip, above }, ratio);
    for (const pane of panes) pane.align(ratio);
  }

  function coloursOf({ looks: { palette } }: StagePicture, dark: boolean): Colours {
    const key = `${palette} ${dark}`;
    if (colours?.key !== key) colours = { key, value: coloursFor(palette, dark) };
    return colours.value;
  }

  function paint() {
    frame = 0;
    clearTimeout(waiting);
    const picture = model.picture();
    if (!picture) {
      for (const pane of panes) pane.clear();
      return;
    }
    resize(picture.cells);
    const dark = isDark(picture.looks.theme);
    const window = windowOf(picture);
    const { crosshair, again } = picture;
    const cell =
      crosshair && isInScene(picture.scene, crosshair) && isOnScreen(window, crosshair) ? crosshair : null;
    const shown = { colours: coloursOf(picture, dark), theme: themeFor(dark), window, cell };
    host.dataset.zoomed = String(picture.window !== null);
    host.dataset.marked = String(again !== undefined);
    for (const pane of panes) {
      const content = picture.panes[pane.id];
      // Until there are elements for others, a pane whose model has gone shows nothing.
      if (content) pane.show(picture, content, shown);
      else pane.clear();
    }
    write(where, picture.where(cell));
    if (again === 0) request();
    else if (again) waiting = setTimeout(request, again);
  }

  const request = () => {
    frame ||= requestAnimationFrame(paint);
  };
  const unsubscribe = model.subscribe(request);
  const observer = new ResizeObserver(request);
  observer.observe(host);
  // Strips may become thicker, as for fingers, where the host stays as it is.
  for (const { matrix } of elements) {
    const grid = matrix.closest('.pane-grid');
    if (grid) observer.observe(grid);
  }
  // The height of the page decides how high panes may be, and not always how high they are.
  addEventListener('resize', request);
  const system = matchMedia('(prefers-color-scheme: dark)');
  system.addEventListener('change', request);
  request();
  return () => {
    unsubscribe();
    observer.disconnect();
    removeEventListener('resize', request);
    system.removeEventListener('change', request);
    cancelAnimationFrame(frame);
    clearTimeout(waiting);
  };
}

/** The side of a matrix, at most, and the thickness of its strips, as the style sheet has it: CSS pixels. */
function lengthsOf({ matrix }: PaneElements) {
  const style = getComputedStyle(matrix);
  const lengthOf = (name: string) => Number.parseFloat(style.getPropertyValue(name));
  return { room: lengthOf('--room'), strip: lengthOf('--strip'), above: lengthOf('--strip-above') };
}
