import type { Figure, Shape } from './figure';

const escapes: Record<string, string> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&apos;',
};
/** Text as XML; what XML has no word for is left out. */
const escaped = (text: string) =>
  // biome-ignore lint/suspicious/noControlCharactersInRegex: the ones that no XML document may hold
  text.replace(/[\0-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]/g, '').replace(/[&<>"']/g, (one) => escapes[one]);

const round = (value: number) => String(Number(value.toFixed(2)));

/** A figure as a document of its own: nothing in it is fetched or run. */
export function svgOf({ width, height, shapes }: Figure, title: string, ground: string | null): string {
  const back = ground ? `<rect width="${round(width)}" height="${round(height)}" fill="${ground}"/>` : '';
  return `<?xml version="1.0" encoding="UTF-8"?>
<svg xmlns="http://www.w3.org/2000/svg" width="${round(width)}" height="${round(height)}" viewBox="0 0 ${round(width)} ${round(height)}" font-family="Inter, system-ui, sans-serif">
<title>${escaped(title)}</title>
${[back, ...shapes.map(elementOf)].filter(Boolean).join('\n')}
</svg>
`;
}

function elementOf(shape: Shape): string {
  if (shape.kind === 'dot')
    return `<circle cx="${round(shape.x)}" cy="${round(shape.y)}" r="${round(shape.r)}" fill="${shape.fill}"/>`;
  if (shape.kind === 'line') {
    if (shape.points.length === 0) return '';
    const points = shape.points.map(([x, y]) => `${round(x)},${round(y)}`).join(' ');
    const dash = shape.dash ? ` stroke-dasharray="${shape.dash.map(round).join(' ')}"` : '';
    return `<polyline points="${points}" fill="none" stroke="${shape.stroke}" stroke-width="${round(shape.width)}" stroke-linejoin="round"${dash}/>`;
  }
  const halo = shape.halo
    ? ` stroke="${shape.halo}" stroke-width="${round(shape.size / 3)}" stroke-linejoin="round" paint-order="stroke"`
    : '';
  return `<text x="${round(shape.x)}" y="${round(shape.y)}" font-size="${round(shape.size)}" font-weight="${shape.weight}" text-anchor="${shape.anchor}" fill="${shape.fill}"${halo}>${escaped(shape.text)}</text>`;
}
