import { downloadZip } from 'client-zip';
import { pngOf } from '../../draw/image';
import type { FilmEncoder } from './encoder';

/** Makes a ZIP of so many numbered PNG, which are encoded as they come; of null, the last picture alone. */
export function framesEncoder(frameCount: number | null): FilmEncoder {
  const digits = Math.max(4, String(frameCount).length);
  const frames: Blob[] = [];
  return {
    async add(canvas) {
      frames.push(await pngOf(canvas));
    },
    async finish() {
      if (frameCount === null) return frames[frames.length - 1];
      const named = frames.map((input, i) => ({
        name: `frame_${String(i + 1).padStart(digits, '0')}.png`,
        lastModified: new Date(),
        input,
      }));
      return downloadZip(named).blob();
    },
  };
}
