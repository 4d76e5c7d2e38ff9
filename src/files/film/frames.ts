import { downloadZip } from 'client-zip';
import type { FilmOptions } from '../../draw/film';
import { pngOf } from '../../draw/image';
import type { FilmEncoder } from './encoder';

/** Makes a ZIP of numbered PNG frames, which are encoded as they come; or, for `png`, the last picture alone. */
export function framesEncoder({
  format,
  frameCount,
}: Pick<FilmOptions, 'format' | 'frameCount'>): FilmEncoder {
  const digits = Math.max(4, String(frameCount).length);
  const frames: Blob[] = [];
  return {
    async add(canvas) {
      frames.push(await pngOf(canvas));
    },
    async finish() {
      if (format === 'png') return frames[frames.length - 1];
      const named = frames.map((input, i) => ({
        name: `frame_${String(i + 1).padStart(digits, '0')}.png`,
        lastModified: new Date(),
        input,
      }));
      return downloadZip(named).blob();
    },
  };
}
