import type { Chart } from '../../draw/chart/chart';
import { chartFigure } from '../../draw/chart/figure';
import { svgOf } from '../../draw/chart/svg';
import { themeFor } from '../../draw/theme';
import { type Export, unbegun } from './export';

/** Width and height of the drawing, in its own units. */
const size = { width: 800, height: 360 };

interface Wanted {
  readonly chart: Chart;
  readonly title: string;
  readonly dark: boolean;
}

/** The chart as it is shown, from its beginning to its end. */
export const chartSvg: Export<null, Wanted> = {
  id: 'chart-svg',
  offers: ({ begun }) => [{ label: 'Chart SVG', ready: begun || unbegun }],
  gather({ dark, title, chart: drawn, fileName }) {
    const chart = drawn();
    if (!chart) return null;
    return {
      fileName: fileName(chart.title.toLowerCase(), [], 'svg'),
      wanted: { chart, title: `${chart.title} · ${title}`, dark },
    };
  },
  async make({ chart, title, dark }) {
    const theme = themeFor(dark);
    const figure = chartFigure(chart, theme, size.width, size.height, 1.1);
    return new Blob([svgOf(figure, title, theme.ground)], { type: 'image/svg+xml' });
  },
};
