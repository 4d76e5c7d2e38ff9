import { Toolbar } from '@base-ui/react/toolbar';
import { Volume2, VolumeX } from 'lucide-react';
import { useEffect, useState } from 'react';
import type { ChartSource } from '../chart/draw-chart';
import { useKeys } from '../transport/keys';
import { pitchWords, tonesOf } from './pitch';
import { soundOf } from './sound';

/** Milliseconds from one look at the chart to the next, and of quiet after which the tones end. */
const lookEvery = 80;
const patience = 500;

/** Has the curves of a chart heard as they go on, or are looked back at. Off until somebody asks. */
export function HearButton({ source }: { source: ChartSource }) {
  const [on, setOn] = useState(false);
  useKeys(({ key }) => (key.toLowerCase() === 's' ? () => setOn((was) => !was) : undefined));
  useEffect(() => (on ? listened(source) : undefined), [on, source]);
  const Icon = on ? Volume2 : VolumeX;
  return (
    <Toolbar.Button
      className="icon-button"
      aria-label="Hear the curves"
      aria-pressed={on}
      title={`Hear the curves (s): ${pitchWords}`}
      onClick={() => setOn(!on)}
    >
      <Icon size={14} />
    </Toolbar.Button>
  );
}

/** Plays what a chart shows whenever that changes. Returns how to end it. */
function listened(source: ChartSource): () => void {
  const sound = soundOf();
  let played = '';
  let changedAt = performance.now();
  const timer = setInterval(() => {
    const chart = source.chart();
    const tones = chart ? tonesOf(chart, source.cursor?.() ?? null) : [];
    const now = performance.now();
    if (String(tones) !== played) {
      played = String(tones);
      changedAt = now;
      sound.play(tones);
    } else if (now - changedAt > patience) sound.hush();
  }, lookEvery);
  return () => {
    clearInterval(timer);
    sound.end();
  };
}
