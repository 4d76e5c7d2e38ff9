import { contextOf } from '../../draw/cell-image';
import { drawFigure } from '../../draw/chart/draw-figure';
import { pngOf } from '../../draw/image';
import { drawn, gatherChart, type WantedChart } from './chart-svg';
import { type Export, unbegun } from './export';

/** Pixels to a unit of the drawing: as sharp as on a dense screen. */
const scale = 2;

/** The chart as a picture, for where a drawing cannot be placed. */
export const chartPng: Export<null, WantedChart> = {
  id: 'chart-png',
  offers: ({ begun }) => [{ label: 'Chart PNG', ready: begun || unbegun }],
  gather: (subject) => gatherChart(subject, 'png'),
  async make(wanted, { painting }) {
    // Its letters are there once what is painted can be.
    await painting();
    const { figure, theme } = drawn(wanted, scale);
    const canvas = new OffscreenCanvas(figure.width, figure.height);
    const context = contextOf(canvas);
    context.fillStyle = theme.ground;
    context.fillRect(0, 0, figure.width, figure.height);
    drawFigure(context, figure, 0, 0);
    return pngOf(canvas);
  },
};
