import type { Breakdown } from './breakdown';
import type { Cell } from './slice';

/** Milliseconds for which somebody has to rest on a cell before more is said of it. */
const restMilliseconds = 400;

/** Shows what a prediction is made of once somebody rests on its cell; keeps that true, and hides it when they move on. */
export function restingOn(host: HTMLElement | null) {
  let at: Cell | null = null;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let show: ((breakdown: Breakdown) => void) | null = null;
  let newest: (() => Breakdown) | null = null;

  async function rested(cell: Cell) {
    const { showBreakdown } = await import('./breakdown');
    if (!host || at !== cell) return;
    show = (breakdown) => showBreakdown(host, breakdown);
    if (newest) show(newest());
  }

  /** @param isLow the cell is in the lower half of what is shown */
  return (cell: Cell | null, isLow: boolean, breakdown?: () => Breakdown) => {
    if (!host) return;
    newest = breakdown ?? null;
    if (cell && breakdown && cell === at) return show?.(breakdown());
    clearTimeout(timer);
    host.hidden = true;
    at = breakdown ? cell : null;
    show = null;
    if (!at) return;
    host.dataset.at = isLow ? 'top' : 'bottom';
    const here = at;
    timer = setTimeout(() => void rested(here), restMilliseconds);
  };
}
