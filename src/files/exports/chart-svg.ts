import type { Chart } from '../../draw/chart/chart';
import { chartFigure } from '../../draw/chart/figure';
import { svgOf } from '../../draw/chart/svg';
import { themes } from '../../draw/theme';
import { rangeOf } from '../film/plan';
import { type Export, unbegun } from './export';

/** In its own units. */
const size = { width: 800, height: 360 };

interface Wanted {
  readonly chart: Chart;
  readonly title: string;
  readonly dark: boolean;
}

/** The chart as it is shown, from its beginning to its end. */
export const chartSvg: Export<null, Wanted> = {
  id: 'chart-svg',
  group: 'table',
  offers: ({ race, begun }) =>
    race ? [{ label: 'Chart SVG', ready: begun || unbegun, options: () => null }] : [],
  gather({ dark, race, fileName }) {
    if (!race) return null;
    const { axis, title } = race;
    const runs = race.drawn(dark);
    const { from, to } = rangeOf(runs, axis);
    const chart = race.chart(runs, { axis, from: Math.min(0, from), to });
    return {
      fileName: fileName('rmse', [], 'svg'),
      wanted: { chart, title: `${chart.title} · ${title}`, dark },
    };
  },
  async make({ chart, title, dark }) {
    const theme = themes[dark ? 'dark' : 'light'];
    const figure = chartFigure(chart, theme, size.width, size.height, 1.1);
    return new Blob([svgOf(figure, title, theme.ground)], { type: 'image/svg+xml' });
  },
};
