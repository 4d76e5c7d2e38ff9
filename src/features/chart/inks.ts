/** What a chart is drawn with on the page, in its theme. */
export interface Inks {
  readonly muted: string;
  readonly grid: string;
  readonly reference: string;
  readonly ink: string;
  readonly surface: string;
  /** A CSS colour as a canvas takes it: custom properties and light-dark() resolved. */
  colour(css: string): string;
  /** The font of all words, so many times as large. */
  font(ratio: number): string;
  /** How wide words are, CSS pixels. */
  wide(words: string): number;
  /** How much larger words are than they usually are. */
  readonly large: number;
}

/** Of words on charts, pixels of the page. */
const usualSize = 12;

/** Asks the page for its colours, which are those of the theme at this time. */
export function inksOf(host: HTMLElement): Inks {
  const known = new Map<string, string>();
  const { fontFamily, fontSize } = getComputedStyle(host);
  const size = Number.parseFloat(fontSize);
  function colour(css: string): string {
    let resolved = known.get(css);
    if (resolved === undefined) {
      const probe = document.createElement('i');
      probe.style.color = css;
      host.append(probe);
      resolved = getComputedStyle(probe).color;
      probe.remove();
      known.set(css, resolved);
    }
    return resolved;
  }
  const font = (ratio: number) => `${size * ratio}px ${fontFamily}`;
  const measure = document.createElement('canvas').getContext('2d');
  function wide(words: string): number {
    if (!measure) return 0;
    // Anew each time: the font may have come meanwhile.
    measure.font = font(1);
    return measure.measureText(words).width;
  }
  return {
    muted: colour('var(--muted)'),
    grid: colour('var(--grid)'),
    reference: colour('var(--reference)'),
    ink: colour('var(--text)'),
    surface: colour('var(--surface)'),
    colour,
    font,
    wide,
    large: size / usualSize,
  };
}
