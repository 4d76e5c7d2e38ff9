import {
  BufferTarget,
  CanvasSource,
  canEncodeVideo,
  Mp4OutputFormat,
  Output,
  Quality,
  WebMOutputFormat,
} from 'mediabunny';
import type { FilmEncoder } from './encoder';

const codecs = { mp4: 'avc', webm: 'vp9' } as const;
type VideoFormat = keyof typeof codecs;
/** A frame that lasts longer is held; its end is a frame of its own. Seconds. */
const longest = 0.25;
const blink = 1 / 60;
const quality = new Quality('very-high');

async function canFilm(format: VideoFormat, width: number, height: number): Promise<boolean> {
  if (!('VideoEncoder' in globalThis)) return false;
  return canEncodeVideo(codecs[format], { width, height, quality });
}

/** The kinds of videos that this browser cannot encode, about as large as most are. */
export async function unableToFilm(): Promise<VideoFormat[]> {
  const videos = Object.keys(codecs) as VideoFormat[];
  const able = await Promise.all(videos.map((format) => canFilm(format, 1280, 720)));
  return videos.filter((_, i) => !able[i]);
}

/** H.264 in MP4, or VP9 in WebM, encoded by the browser. */
export async function videoEncoder(canvas: OffscreenCanvas, format: VideoFormat): Promise<FilmEncoder> {
  if (!(await canFilm(format, canvas.width, canvas.height))) throw new Error(`no encoder for ${format}`);
  const target = new BufferTarget();
  const output = new Output({
    format: format === 'mp4' ? new Mp4OutputFormat({ fastStart: 'in-memory' }) : new WebMOutputFormat(),
    target,
  });
  const source = new CanvasSource(canvas, { codec: codecs[format], quality });
  output.addVideoTrack(source);
  await output.start();
  let at = 0;
  return {
    async add(_, seconds) {
      // The end of a frame that is held is a frame too: WebM knows when frames begin, not when they end.
      const end = seconds > longest ? blink : 0;
      await source.add(at, seconds - end);
      if (end > 0) await source.add(at + seconds - end, end);
      at += seconds;
    },
    async finish() {
      await output.finalize();
      return new Blob([target.buffer ?? new ArrayBuffer(0)], {
        type: format === 'mp4' ? 'video/mp4' : 'video/webm',
      });
    },
  };
}
