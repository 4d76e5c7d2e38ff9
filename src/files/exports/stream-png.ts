import { pngOf } from '../../draw/image';
import { type StreamPicture, streamPainter } from '../../draw/stream-image';
import type { Export } from './export';

interface Wanted {
  readonly picture: StreamPicture;
  readonly scale: number;
}

/** A stream at the moment that is shown. */
export const streamPng: Export<number, Wanted> = {
  id: 'stream-png',
  group: 'picture',
  offers: ({ stream }) =>
    (stream ? [1, 2] : []).map((scale) => ({
      label: scale === 1 ? 'Stream PNG' : `Stream PNG, ${scale}×`,
      ...{ ready: true, options: () => scale },
    })),
  gather({ stream, fileName }, scale) {
    const picture = stream?.pictures()?.(stream.shown);
    return picture ? { fileName: fileName('stage', [], 'png'), wanted: { picture, scale } } : null;
  },
  async make({ picture, scale }, { painting }) {
    const { canvas, paint } = streamPainter(scale, await painting());
    paint(picture);
    return pngOf(canvas);
  },
};
