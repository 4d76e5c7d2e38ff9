import { describe, expect, test } from 'vitest';
import { lensOf } from '../../draw/lens';
import { inOrderOfIndex } from '../../draw/orders';
import { type Window, wholeWindow } from '../../draw/window';
import { zoom } from './gestures';
import { cellAt, crosshairShare, moveCrosshair, type StageModel, type Viewed } from './model';
import type { Cell } from './slice';

/** 200 users × 100 items under so many bins a side, of which a model shows a window. */
function stage(window: Window | null, crosshair: Cell | null = null, mostBins = 200) {
  const counts = { userCount: 200, itemCount: 100 };
  const orders = { users: inOrderOfIndex(200), items: inOrderOfIndex(100) };
  let viewed: Viewed = {
    ...{ counts, window, crosshair },
    lens: lensOf(orders, window ?? wholeWindow(counts), mostBins),
  };
  const model: StageModel = {
    subscribe: () => () => {},
    picture: () => null,
    viewed: () => viewed,
    show: (shown) => {
      viewed = { ...viewed, window: shown };
    },
    pointAt: (cell) => {
      viewed = { ...viewed, crosshair: cell };
    },
  };
  return { model, now: () => viewed };
}
const part = (from: number, to: number): Window => ({ users: { from, to }, items: { from, to } });

describe('the crosshair', () => {
  test('begins in the middle of what is shown, and goes from cell to cell', () => {
    const { model, now } = stage(null);
    moveCrosshair(model, 1, 0);
    expect(now().crosshair).toEqual({ user: 101, item: 50 });
    moveCrosshair(model, 0, -10);
    expect(now().crosshair).toEqual({ user: 101, item: 40 });
  });

  test('goes from block to block where several share one, and stays within the matrix', () => {
    const { model, now } = stage(null, { user: 0, item: 0 }, 20);
    moveCrosshair(model, 1, 1);
    // Twenty blocks a side: of ten users, of five items.
    expect(now().crosshair).toEqual({ user: 10, item: 5 });
    moveCrosshair(model, -3, 50);
    expect(now().crosshair).toEqual({ user: 0, item: 95 });
  });

  test('takes the window along when it leaves it', () => {
    const { model, now } = stage(part(10, 20), { user: 19, item: 12 });
    moveCrosshair(model, 0, 1);
    expect(now().window).toEqual(part(10, 20));
    moveCrosshair(model, 3, 0);
    expect(now()).toMatchObject({
      crosshair: { user: 22, item: 13 },
      window: { users: { from: 13, to: 23 }, items: { from: 10, to: 20 } },
    });
  });

  test('is what keys zoom at while it is on screen; else the middle is', () => {
    expect(crosshairShare(stage(part(10, 20), { user: 12, item: 19 }).now())).toEqual({
      down: 0.25,
      across: 0.95,
    });
    for (const crosshair of [null, { user: 5, item: 12 }])
      expect(crosshairShare(stage(part(10, 20), crosshair).now())).toEqual({ down: 0.5, across: 0.5 });
  });
});

test('what lies under a pointer is the cell of the window, and nothing outside of the matrix', () => {
  const matrix = {
    getBoundingClientRect: () => ({ left: 100, top: 50, width: 200, height: 100 }),
  } as HTMLCanvasElement;
  const at = (clientX: number, clientY: number, window: Window | null) =>
    cellAt(matrix, stage(window).now(), { clientX, clientY });
  expect(at(100, 50, null)).toEqual({ user: 0, item: 0 });
  expect(at(299, 149, null)).toEqual({ user: 198, item: 99 });
  expect(at(200, 100, part(10, 20))).toEqual({ user: 15, item: 15 });
  expect([at(300, 60, null), at(99, 60, null), at(150, 150, null)]).toEqual([null, null, null]);
  expect(cellAt(matrix, null, { clientX: 150, clientY: 60 })).toBeNull();
});

test('zooming in brings a part onto all panes, and zooming out the whole again', () => {
  const { model, now } = stage(null);
  zoom(model, 0.5);
  expect(now().window).toEqual({ users: { from: 50, to: 150 }, items: { from: 25, to: 75 } });
  zoom(model, 0.5, { down: 0, across: 1 });
  expect(now().window).toEqual({ users: { from: 50, to: 100 }, items: { from: 50, to: 75 } });
  zoom(model, 8);
  expect(now().window).toBeNull();
});
