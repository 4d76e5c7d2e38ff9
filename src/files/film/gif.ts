import { GIFEncoder } from 'gifenc';
import { contextOf } from '../../draw/cell-image';
import { rgbOf } from '../../draw/palette';
import { type ColourCounts, colourIndex, paletteFor } from './colours';
import type { FilmEncoder } from './encoder';

/**
 * Makes a GIF that is repeated for ever. One palette serves all frames, so that nothing flickers; it is exact where the
 * film has at most 256 colours, as a single matrix has. Where there are at most 255, one more colour is transparent and
 * pixels that stay as they were are left out.
 *
 * @param counts the colours of some frames
 */
export function gifEncoder(counts: ColourCounts): FilmEncoder {
  const exact = counts.size === 256;
  const palette = paletteFor(counts, exact ? 256 : 255);
  const rgb = Array.from(palette, rgbOf);
  const transparent = palette.length < 256 ? palette.length : -1;
  const find = colourIndex(palette);
  const gif = GIFEncoder({ initialCapacity: 1 << 20 });
  const parts: Blob[] = [];
  let before: Uint8Array | null = null;
  let indices = new Uint8Array(0);
  /** Hundredths of a second that were written so far, and those that should have been. */
  let written = 0;
  let due = 0;

  return {
    async add(canvas, seconds) {
      const { width, height } = canvas;
      const { data } = contextOf(canvas, true).getImageData(0, 0, width, height);
      if (indices.length !== width * height) indices = new Uint8Array(width * height);
      find(new Uint32Array(data.buffer), indices);
      due += 100 * seconds;
      const hundredths = Math.max(2, Math.round(due) - written);
      written += hundredths;
      const changed = before && transparent >= 0 ? withoutSame(indices, before, transparent) : indices;
      gif.writeFrame(changed, width, height, {
        ...(before ? {} : { palette: transparent >= 0 ? [...rgb, [0, 0, 0]] : rgb, repeat: 0 }),
        delay: 10 * hundredths,
        dispose: 1,
        ...(before && transparent >= 0 ? { transparent: true, transparentIndex: transparent } : {}),
      });
      before = indices.slice();
      // Browsers may keep a blob on disk, so a long film does not fill the memory.
      parts.push(new Blob([gif.bytes()]));
      gif.stream.reset();
    },
    async finish() {
      gif.finish();
      return new Blob([...parts, gif.bytes()], { type: 'image/gif' });
    },
  };
}

function withoutSame(indices: Uint8Array, before: Uint8Array, transparent: number): Uint8Array {
  const out = new Uint8Array(indices.length);
  for (let p = 0; p < indices.length; p++) out[p] = indices[p] === before[p] ? transparent : indices[p];
  return out;
}
