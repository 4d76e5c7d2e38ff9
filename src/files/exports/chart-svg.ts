import type { Chart } from '../../draw/chart/chart';
import { chartFigure, type Figure } from '../../draw/chart/figure';
import { svgOf } from '../../draw/chart/svg';
import { type Theme, themeFor } from '../../draw/theme';
import { type Export, unbegun } from './export';
import type { Subject } from './subject';

/** Width and height of the drawing, in its own units. */
const size = { width: 800, height: 360 };

export interface WantedChart {
  readonly chart: Chart;
  readonly title: string;
  readonly dark: boolean;
}

/** What a file of the chart is made of. */
export function gatherChart({ dark, title, chart: drawn, fileName }: Subject, extension: string) {
  const chart = drawn();
  if (!chart) return null;
  return {
    fileName: fileName(chart.title.toLowerCase(), [], extension),
    wanted: { chart, title: `${chart.title} · ${title}`, dark },
  };
}

/** The chart, drawn so many times as large as its own units. */
export function drawn({ chart, dark }: WantedChart, scale: number): { figure: Figure; theme: Theme } {
  const theme = themeFor(dark);
  return { theme, figure: chartFigure(chart, theme, scale * size.width, scale * size.height, 1.1 * scale) };
}

/** The chart as it is shown, from its beginning to its end. */
export const chartSvg: Export<null, WantedChart> = {
  id: 'chart-svg',
  offers: ({ begun }) => [{ label: 'Chart SVG', ready: begun || unbegun }],
  gather: (subject) => gatherChart(subject, 'svg'),
  async make(wanted) {
    const { figure, theme } = drawn(wanted, 1);
    return new Blob([svgOf(figure, wanted.title, theme.ground)], { type: 'image/svg+xml' });
  },
};
