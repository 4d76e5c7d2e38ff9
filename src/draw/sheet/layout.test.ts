import { describe, expect, test } from 'vitest';
import { layoutRow, stageRow, streamRow } from './layout';

describe('a row of panes', () => {
  test('is as large as its panes need, and whatever stands around them', () => {
    expect(layoutRow(stageRow, 3, 1)).toMatchObject({ width: 1122, height: 494 });
    expect(layoutRow(stageRow, 4, 1)).toMatchObject({ width: 1488, height: 494 });
    expect(layoutRow(streamRow, 3, 1)).toMatchObject({ width: 1064, height: 670 });
  });

  test('grows with the scale, its text too', () => {
    const [once, twice] = [1, 2].map((scale) => layoutRow(stageRow, 3, scale));
    expect(twice.panes[1]).toEqual({ x: 2 * once.panes[1].x, y: 216, width: 600, height: 600 });
    expect([twice.width, twice.unit, twice.title?.y]).toEqual([2244, 2, 68]);
  });

  test('keeps panes, strips and chart apart and within it', () => {
    for (const row of [stageRow, streamRow])
      for (const count of [2, 3, 4]) {
        const { width, height, panes, strips, chart } = layoutRow(row, count, 2);
        const away = strips ? 2 * (strips.thickness + strips.gap) : 0;
        for (const [i, { x, y, width: side }] of panes.entries()) {
          expect(x - away).toBeGreaterThan(i === 0 ? 0 : panes[i - 1].x + side);
          expect(x + side).toBeLessThan(width);
          expect(y + side).toBeLessThan(chart?.y ?? height);
        }
        if (chart) expect(chart.y + chart.height).toBeLessThan(height);
      }
  });
});
