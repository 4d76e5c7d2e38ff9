import { atOnceOf } from '../../methods';
import type { RunConfig } from '../../methods/config';
import type { Snapshot } from '../../methods/snapshot';
import type { Overlay } from './model';

/** Ratings that flash at once, at most: the newest, of which there are several frames' worth. */
const mostFlashing = 2000;

/** Passes over all ratings after which they come too fast to be seen. */
const untilPass = 1.5;

/** How much of the colour the newest have; what came before fades in so many stages. */
const stages = [0.25, 0.5, 0.75, 1] as const;

/** Side of what flashes, at least: canvas pixels. */
const leastSide = 2;

/**
 * The cells of a complete picture that a run has just seen one by one, the oldest first, as places in the picture row by
 * row. Nothing of methods that touch all of them at once.
 */
export function flashes() {
  let known: { readonly of: string; readonly order: Uint32Array | null } = { of: '', order: null };
  const orderIn = (config: RunConfig, count: number, epoch: number) => {
    const of = `${config.method} ${config.seed} ${count} ${epoch}`;
    if (known.of !== of)
      known = { of, order: atOnceOf(config.method).orderOf?.(config, count, epoch) ?? null };
    return known.order;
  };
  return ({ observations: seen, userCount, itemCount }: Snapshot, config: RunConfig): Uint32Array => {
    const count = userCount * itemCount;
    if (seen === 0 || seen > untilPass * count || !atOnceOf(config.method).orderOf) return new Uint32Array(0);
    const epoch = Math.floor((seen - 1) / count);
    const end = seen - epoch * count;
    return orderIn(config, count, epoch)?.slice(Math.max(0, end - mostFlashing), end) ?? new Uint32Array(0);
  };
}

/** Flashes cells over those of the picture. */
export const flashing = (cells: Uint32Array, { userCount, itemCount }: Snapshot): Overlay => ({
  inputs: [cells],
  draw(part, context, box, _, { lit }) {
    if (part !== 'matrix') return;
    const [across, down] = [box.width / itemCount, box.height / userCount];
    const size = { width: Math.max(leastSide, across), height: Math.max(leastSide, down) };
    context.save();
    context.fillStyle = lit.frame;
    for (const [i, cell] of cells.entries()) {
      context.globalAlpha = stages[Math.floor((i / cells.length) * stages.length)];
      const [x, y] = [cell % itemCount, Math.floor(cell / itemCount)];
      context.fillRect(box.x + x * across, box.y + y * down, size.width, size.height);
    }
    context.restore();
  },
});
