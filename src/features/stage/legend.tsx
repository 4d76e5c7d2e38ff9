import { useEffect, useRef } from 'react';
import { aroundZero, colourTable, paletteOf } from '../../draw/palette';
import { errorReach } from '../../draw/scene';
import type { View } from '../../state/workbench';
import { useWorkbench } from '../workbench-context';

/** The colour scale in rating units: of ratings, or of errors around zero. */
export function Legend({ only }: { only?: View }) {
  const view = useWorkbench((state) => only ?? state.looks.view);
  const palette = useWorkbench((state) => state.looks.palette);
  const scale = useWorkbench((state) => state.data?.ratings.scale);
  const every = useWorkbench((state) => (view === 'error' ? (state.scene?.sample.every ?? 1) : 1));
  const canvas = useRef<HTMLCanvasElement>(null);
  useEffect(() => {
    const context = canvas.current?.getContext('2d');
    if (!context || !scale) return;
    const image = context.createImageData(256, 1);
    new Uint32Array(image.data.buffer).set(
      view === 'error' ? aroundZero : colourTable(paletteOf(palette).colourAt),
    );
    context.putImageData(image, 0, 0);
  }, [view, palette, scale]);
  if (!scale) return <div className="legend" />;
  const [low, high] = view === 'error' ? [-errorReach(scale), errorReach(scale)] : [scale.min, scale.max];
  const say = (value: number) => String(Number(value.toPrecision(3))).replace('-', '−');
  return (
    <div className="legend">
      <span title={every > 1 ? `Mean over every ${every}th known rating` : undefined}>
        {view === 'error' ? (every > 1 ? `error, 1 in ${every}` : 'error') : 'rating'}
      </span>
      <span>{say(low)}</span>
      <canvas
        ref={canvas}
        width="256"
        height="1"
        role="img"
        aria-label={`Colours from ${say(low)} to ${say(high)} rating units`}
      />
      <span>{say(high)}</span>
      <span className="legend-unknown">not known</span>
      {view === 'known' && <span className="legend-held-out">held out</span>}
    </div>
  );
}
