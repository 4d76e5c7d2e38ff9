/** A map as it is drawn, in the canvas's pixels. */
export interface MapScale {
  readonly width: number;
  readonly height: number;
  /** The farthest that anything lies from 0 along either axis, rating units. */
  readonly reach: number;
}

/** What is drawn of every item. */
export interface Dots {
  readonly across: Float32Array;
  readonly up: Float32Array;
  /** CSS; null: it is not drawn. */
  colourOf(item: number): string | null;
}

/** Colours of what is not an item. */
interface Inks {
  readonly text: string;
  readonly grid: string;
  readonly ground: string;
}

/** Room for names at the edges. */
const margin = 0.06;

const placeOf = (
  { width, height, reach }: MapScale,
  across: number,
  up: number,
): readonly [x: number, y: number] => {
  const part = (1 - 2 * margin) / (2 * (reach || 1));
  return [width * (0.5 + across * part), height * (0.5 - up * part)];
};

/** How far the items of a map lie at most from 0 along either axis. */
export function reachOf({ across, up }: Pick<Dots, 'across' | 'up'>, offered: Uint8Array): number {
  let reach = 0;
  for (let y = 0; y < offered.length; y++)
    if (offered[y]) reach = Math.max(reach, Math.abs(across[y]), Math.abs(up[y]));
  return reach;
}

/** The item nearest to a place, at most so many pixels away; null: there is none. */
export function nearest(
  scale: MapScale,
  { across, up }: Pick<Dots, 'across' | 'up'>,
  offered: Uint8Array,
  at: { readonly x: number; readonly y: number },
  most: number,
): number | null {
  let best: number | null = null;
  let least = most;
  for (let item = 0; item < offered.length; item++) {
    if (!offered[item]) continue;
    const [x, y] = placeOf(scale, across[item], up[item]);
    const distance = Math.hypot(x - at.x, y - at.y);
    if (distance > least) continue;
    least = distance;
    best = item;
  }
  return best;
}

/** An item that is named on the map. */
export interface Label {
  readonly item: number;
  readonly words: string;
  readonly isFound?: boolean;
}

/** Draws the axes, the items, and the names of some, of which none is written over another: the first comes first. */
export function drawMap(
  context: CanvasRenderingContext2D,
  scale: MapScale,
  dots: Dots,
  labels: readonly Label[],
  inks: Inks,
  ratio: number,
): void {
  const { width, height } = scale;
  context.clearRect(0, 0, width, height);
  context.strokeStyle = inks.grid;
  context.lineWidth = ratio;
  context.beginPath();
  context.moveTo(0, height / 2);
  context.lineTo(width, height / 2);
  context.moveTo(width / 2, 0);
  context.lineTo(width / 2, height);
  context.stroke();
  const size = Math.max(2, Math.round(3 * ratio));
  for (let item = 0; item < dots.across.length; item++) {
    const colour = dots.colourOf(item);
    if (colour === null) continue;
    const [x, y] = placeOf(scale, dots.across[item], dots.up[item]);
    context.fillStyle = colour;
    context.fillRect(x - size / 2, y - size / 2, size, size);
  }
  context.font = `${11 * ratio}px ${getComputedStyle(context.canvas).fontFamily}`;
  context.textBaseline = 'middle';
  context.lineJoin = 'round';
  const taken: { left: number; right: number; y: number }[] = [];
  for (const { item, words, isFound } of labels) {
    const [x, y] = placeOf(scale, dots.across[item], dots.up[item]);
    if (isFound) ring(context, x, y, 6 * ratio, inks.text);
    const long = context.measureText(words).width;
    const left = Math.min(
      Math.max(2, x > width / 2 ? x - long - 7 * ratio : x + 7 * ratio),
      width - long - 2,
    );
    const box = { left, right: left + long, y };
    const isFree = taken.every(
      (one) => Math.abs(one.y - y) > 13 * ratio || one.right < box.left || one.left > box.right,
    );
    if (!isFree && !isFound) continue;
    taken.push(box);
    context.strokeStyle = inks.ground;
    context.lineWidth = 3 * ratio;
    context.strokeText(words, left, y);
    context.fillStyle = inks.text;
    context.fillText(words, left, y);
  }
}

function ring(context: CanvasRenderingContext2D, x: number, y: number, radius: number, colour: string) {
  context.strokeStyle = colour;
  context.lineWidth = radius / 3;
  context.beginPath();
  context.arc(x, y, radius, 0, 2 * Math.PI);
  context.stroke();
}
