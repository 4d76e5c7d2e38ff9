import type uPlot from 'uplot';

/** Pressing on the chart, and dragging, asks for what was there. Returns how to end it. */
export function scrubOn(u: uPlot, scrub: (place: number) => void): () => void {
  const { over } = u;
  let frame = 0;
  let x = 0;
  let left = 0;
  const ask = () => {
    frame = 0;
    scrub(u.posToVal(x, 'x'));
  };
  const follow = (event: PointerEvent) => {
    x = event.clientX - left;
    frame ||= requestAnimationFrame(ask);
  };
  const press = (event: PointerEvent) => {
    if (event.button !== 0) return;
    over.setPointerCapture(event.pointerId);
    ({ left } = over.getBoundingClientRect());
    follow(event);
  };
  const drag = (event: PointerEvent) => {
    if (over.hasPointerCapture(event.pointerId)) follow(event);
  };
  over.addEventListener('pointerdown', press);
  over.addEventListener('pointermove', drag);
  return () => {
    cancelAnimationFrame(frame);
    over.removeEventListener('pointerdown', press);
    over.removeEventListener('pointermove', drag);
  };
}

/** A line where the runs are looked at. It moves without the chart being drawn again. */
export function cursorOn(u: uPlot): (at: number | null) => void {
  const line = document.createElement('div');
  line.className = 'chart-cursor';
  line.hidden = true;
  u.over.append(line);
  return (at) => {
    line.hidden = at === null;
    if (at !== null) line.style.transform = `translateX(${u.valToPos(at, 'x')}px)`;
  };
}
