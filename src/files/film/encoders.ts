import type { Encoders } from './encoder';

/** Each is loaded when it is needed, and by the worker alone: the page need not have any of them. */
export const encoders: Encoders = {
  mp4: async (canvas) => (await import('./video')).videoEncoder(canvas, 'mp4'),
  webm: async (canvas) => (await import('./video')).videoEncoder(canvas, 'webm'),
  gif: async (_canvas, { counts }) => (await import('./gif')).gifEncoder(counts),
  frames: async (_canvas, { frameCount }) => (await import('./frames')).framesEncoder(frameCount),
  png: async () => (await import('./frames')).framesEncoder(null),
};
