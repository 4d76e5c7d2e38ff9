import type { CSSProperties, ReactNode } from 'react';
import { type Stroke, strokes } from '../../draw/chart/chart';

/** A line of a chart, and what it is of. */
export function Entry(props: {
  readonly colour: string;
  readonly stroke?: Stroke;
  readonly marker?: string | undefined;
  readonly children: ReactNode;
}) {
  const { colour, stroke = 'solid', marker, children } = props;
  const style = {
    '--line': colour,
    '--stroke': stroke,
    '--thick': `${strokes[stroke].width}px`,
    '--marker': marker,
  };
  return (
    <li style={style as CSSProperties} data-marked={marker !== undefined}>
      {children}
    </li>
  );
}
