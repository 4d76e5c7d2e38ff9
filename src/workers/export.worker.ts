import greek from '@fontsource-variable/inter/files/inter-greek-wght-normal.woff2?url';
import latin from '@fontsource-variable/inter/files/inter-latin-wght-normal.woff2?url';
import { expose, transfer } from 'comlink';
import { contextOf } from '../draw/cell-image';
import type { FilmOptions } from '../draw/film/film';
import { type FilmPainter, filmPainter } from '../draw/film/painter';
import { matrixImage, pngOf, stageImage } from '../draw/image';
import type { Scene } from '../draw/scene';
import { streamPainter } from '../draw/stream-image';
import { type ColourCounts, countColours } from '../files/film/colours';
import type { FilmEncoder } from '../files/film/encoder';
import { arrayNames } from '../files/run-file/manifest';
import type { RunFileWriter } from '../files/run-file/write';
import { type Reconstruct, reconstructor } from '../kernels/simd/reconstruct';
import { breather } from './breather';
import { isolated, simdModule } from './kernel-modules';
import type { ExportApi } from './protocol';

let scene: Scene | null = null;
let runFile: RunFileWriter | null = null;
let film: { painter: FilmPainter; encoder: FilmEncoder } | null = null;
let streamFilm: { painter: ReturnType<typeof streamPainter>; encoder: FilmEncoder } | null = null;

/** The page's font; where it does not come, the system's serves. */
const fonts = Promise.allSettled(
  [latin, greek].map(async (url, i) => {
    const face = new FontFace('Inter Variable', `url(${url})`, {
      weight: '100 900',
      unicodeRange: i === 0 ? 'U+0000-00FF, U+2000-22FF' : 'U+0370-03FF',
    });
    (self as unknown as { fonts: FontFaceSet }).fonts.add(await face.load());
  }),
);

/** Paints as the stage does: by the same kernel where the browser has it. */
const painting: Promise<Reconstruct | null> = simdModule().then((module) =>
  module ? reconstructor(module, isolated) : null,
);

async function ready(): Promise<{ scene: Scene; reconstruct: Reconstruct | null }> {
  await fonts;
  const reconstruct = await painting;
  if (!scene) throw new Error('nothing on the stage');
  return { scene, reconstruct };
}

const wordsOf = (canvas: OffscreenCanvas) =>
  new Uint32Array(contextOf(canvas, true).getImageData(0, 0, canvas.width, canvas.height).data.buffer);

/** Only who saves a film of a kind loads what encodes it. */
async function encoderFor(
  options: Pick<FilmOptions, 'format' | 'frameCount'>,
  canvas: OffscreenCanvas,
  counts: ColourCounts,
): Promise<FilmEncoder> {
  switch (options.format) {
    case 'gif':
      return (await import('../files/film/gif')).gifEncoder(counts);
    case 'mp4':
    case 'webm':
      return (await import('../files/film/video')).videoEncoder(canvas, options.format);
    default:
      return (await import('../files/film/frames')).framesEncoder(options);
  }
}

const api: ExportApi = {
  ping() {},
  stage(given) {
    scene = given;
  },
  async matrix(look, subject, scale) {
    const { scene, reconstruct } = await ready();
    return pngOf(matrixImage(scene, look, subject, scale, reconstruct));
  },
  async wholeStage(look, title, models, scale) {
    const { scene, reconstruct } = await ready();
    return pngOf(stageImage(scene, look, title, models, scale, reconstruct));
  },
  async preview(film, frames, most) {
    const { scene, reconstruct } = await ready();
    const { canvas, paint } = filmPainter(scene, film, reconstruct);
    const share = Math.min(1, most / Math.max(canvas.width, canvas.height));
    const bitmaps = frames.map((frame) => {
      paint(frame);
      const small = new OffscreenCanvas(Math.ceil(canvas.width * share), Math.ceil(canvas.height * share));
      const context = contextOf(small);
      context.imageSmoothingQuality = 'high';
      context.drawImage(canvas, 0, 0, small.width, small.height);
      return small.transferToImageBitmap();
    });
    return transfer(bitmaps, bitmaps);
  },
  async canFilm(format, width, height) {
    return (await import('../files/film/video')).canFilm(format, width, height);
  },
  async begin(given, some) {
    const { scene, reconstruct } = await ready();
    const painter = filmPainter(scene, given, reconstruct);
    const { canvas } = painter;
    const { format } = given.options;
    if ((format === 'mp4' || format === 'webm') && !(await api.canFilm(format, canvas.width, canvas.height)))
      return false;
    const counts: ColourCounts = new Map();
    for (const frame of some) {
      painter.paint(frame);
      countColours(wordsOf(canvas), counts);
    }
    film = { painter, encoder: await encoderFor(given.options, canvas, counts) };
    return true;
  },
  async frame(frame, seconds) {
    if (!film) throw new Error('frame before begin');
    film.painter.paint(frame);
    await film.encoder.add(film.painter.canvas, seconds);
  },
  async finish() {
    const ended = film ?? streamFilm;
    if (!ended) throw new Error('finish before begin');
    film = null;
    streamFilm = null;
    return ended.encoder.finish();
  },
  async streamPicture(picture, scale) {
    await fonts;
    const { canvas, paint } = streamPainter(scale, await painting);
    paint(picture);
    return pngOf(canvas);
  },
  async beginStream(format, some) {
    await fonts;
    const painter = streamPainter(1, await painting);
    const { canvas } = painter;
    if ((format === 'mp4' || format === 'webm') && !(await api.canFilm(format, canvas.width, canvas.height)))
      return false;
    const counts: ColourCounts = new Map();
    for (const picture of some) {
      painter.paint(picture);
      countColours(wordsOf(canvas), counts);
    }
    streamFilm = { painter, encoder: await encoderFor({ format, frameCount: 1 }, canvas, counts) };
    return true;
  },
  async streamFrame(picture, seconds) {
    if (!streamFilm) throw new Error('streamFrame before beginStream');
    streamFilm.painter.paint(picture);
    await streamFilm.encoder.add(streamFilm.painter.canvas, seconds);
  },
  async predictions(wanted, said) {
    const { predictionsCsv } = await import('../files/predictions');
    const breathe = breather();
    const parts: Blob[] = [];
    for (const { csv, users } of predictionsCsv(wanted)) {
      // What is written leaves the heap: a blob may lie on disk.
      parts.push(new Blob([csv]));
      const pause = breathe();
      if (!pause) continue;
      said(users);
      await pause;
    }
    return new Blob(parts, { type: 'text/csv' });
  },
  async beginRunFile(data, runs) {
    runFile = (await import('../files/run-file/write')).runFileWriter(data, runs);
  },
  addSnapshot(run, snapshot) {
    if (!runFile) throw new Error('addSnapshot before beginRunFile');
    runFile.add(run, snapshot);
  },
  async finishRunFile() {
    if (!runFile) throw new Error('finishRunFile before beginRunFile');
    const file = runFile.finish();
    runFile = null;
    return file;
  },
  async readRunFile(file, said) {
    const opened = await (await import('../files/run-file/read')).readRunFile(file, said);
    if (!opened.ok) return opened;
    const buffers = opened.runs.flatMap(({ snapshots }) =>
      snapshots.flatMap((snapshot) => arrayNames.map((name) => snapshot[name].buffer as ArrayBuffer)),
    );
    return transfer(opened, buffers);
  },
};

expose(api);
