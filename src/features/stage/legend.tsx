import { useEffect, useMemo, useRef } from 'react';
import { areBlocks } from '../../draw/lens';
import { coloursFor } from '../../draw/theme';
import type { ColourScale, View } from '../../draw/views/view';
import { significant } from '../../words/numbers';
import { useDark, useWorkbench } from '../workbench-context';
import './legend.css';

/** The colour scale of a view in rating units, and what its values are. */
export function Legend({ view }: { view: View }) {
  const palette = useWorkbench((state) => state.looks.palette);
  const ratings = useWorkbench((state) => state.data?.ratings.scale);
  const every = useWorkbench((state) => (view.sampled ? (state.scene?.sample.every ?? 1) : 1));
  const ofBlocks = useWorkbench(({ scene }) => scene !== null && areBlocks(scene.lens));
  const dark = useDark();
  const colours = useMemo(() => coloursFor(palette, dark), [palette, dark]);
  if (!ratings) return <div className="legend" />;
  return (
    <div className="legend">
      <span title={every > 1 ? `Mean over every ${every}th known rating` : undefined}>
        {view.legend.what}
        {every > 1 && `, 1 in ${every}`}
      </span>
      <ScaleBar {...view.scale(ratings, colours, ofBlocks)} />
      <span className="legend-unknown">not known</span>
      {view.knownOnly && <span className="legend-held-out">held out</span>}
    </div>
  );
}

/** Colours between the values of the first and of the last, rating units. */
export function ScaleBar({ low, high, table }: ColourScale) {
  const canvas = useRef<HTMLCanvasElement>(null);
  useEffect(() => {
    const context = canvas.current?.getContext('2d');
    if (!context) return;
    const image = context.createImageData(256, 1);
    new Uint32Array(image.data.buffer).set(table);
    context.putImageData(image, 0, 0);
  }, [table]);
  const [from, to] = [low, high].map((value) => significant(value, 3));
  return (
    <>
      <span>{from}</span>
      <canvas
        ref={canvas}
        width="256"
        height="1"
        role="img"
        aria-label={`Colours from ${from} to ${to} rating units`}
      />
      <span>{to}</span>
    </>
  );
}
