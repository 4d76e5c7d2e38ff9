import { clamp, noiseField, randomOf, smooth, type Tone } from './shading';

type Stroke = readonly [ax: number, ay: number, bx: number, by: number];

/** Letters on a 4 × 6 grid, as lines from point to point. */
const drawn = {
  R: '0,0 0,6; 0,0 3,0 4,1 4,2 3,3 0,3; 2,3 4,6',
  '=': '0,2.2 1,1.6 3,2.6 4,2; 0,4.2 1,3.6 3,4.6 4,4',
  U: '0,0 0,5 1,6 3,6 4,5 4,0',
  P: '0,0 0,6; 0,0 3,0 4,1 4,2 3,3 0,3',
};
const letters = new Map(
  Object.entries(drawn).map(([letter, lines]) => [letter, lines.split(';').flatMap(strokesOf)]),
);

function strokesOf(line: string): Stroke[] {
  const points = line
    .trim()
    .split(' ')
    .map((point) => point.split(',').map(Number));
  return points.slice(1).map(([bx, by], i) => [points[i][0], points[i][1], bx, by]);
}
const lines = ['R=', 'UP'];

/** R ≈ UP in broad strokes, light on dark; the seed leans the letters and shades the ground. */
export function lettering(seed: number): Tone {
  const random = randomOf(seed, 0x6c657474);
  const ground = noiseField(random, 5);
  const lean = 0.25 * (random.uniform() - 0.5);
  const weight = 0.42 + 0.16 * random.uniform();
  return (x, y) => {
    let ink = 0;
    for (const [row, text] of lines.entries()) {
      for (const [column, letter] of [...text].entries()) {
        const v = (y - 0.09 - 0.46 * row) / 0.06;
        const u = (x - 0.1 - 0.46 * column) / 0.085 + lean * (v - 3);
        for (const stroke of letters.get(letter) ?? [])
          ink = Math.max(ink, smooth(weight + 0.09, weight - 0.09, distance(u, v, stroke)));
      }
    }
    return clamp(0.16 + 0.1 * y + 0.08 * ground(x, y) + ink * (0.62 + 0.16 * x));
  };
}

function distance(x: number, y: number, [ax, ay, bx, by]: Stroke): number {
  const along = clamp(((x - ax) * (bx - ax) + (y - ay) * (by - ay)) / ((bx - ax) ** 2 + (by - ay) ** 2));
  return Math.hypot(x - ax - along * (bx - ax), y - ay - along * (by - ay));
}
