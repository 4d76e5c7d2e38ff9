import greek from '@fontsource-variable/inter/files/inter-greek-wght-normal.woff2?url';
import latin from '@fontsource-variable/inter/files/inter-latin-wght-normal.woff2?url';
import { transfer } from 'comlink';
import type { Tools } from '../files/exports/export';
import { exportOf } from '../files/exports/index';
import { encoders } from '../files/film/encoders';
import { arrayNames } from '../files/run-file/manifest';
import { type Reconstruct, reconstructor } from '../kernels/simd/reconstruct';
import { breather } from './breather';
import { bytesOf } from './bytes-of';
import { canShare, simdModule } from './kernel-modules';
import { within } from './patience';
import type { Client, ExportApi } from './protocol';
import { serve } from './serve';

/** The page's font, for text in pictures. Where it cannot be loaded, the system's font serves. */
const fonts = Promise.allSettled(
  [latin, greek].map(async (url, i) => {
    const face = new FontFace('Inter Variable', await bytesOf(url), {
      weight: '100 900',
      unicodeRange: i === 0 ? 'U+0000-00FF, U+2000-22FF' : 'U+0370-03FF',
    });
    (self as unknown as { fonts: FontFaceSet }).fonts.add(await face.load());
  }),
);

/** The kernel by which the stage is painted, too; null where the browser cannot run it. */
const kernel: Promise<Reconstruct | null> = simdModule().then((module) =>
  module ? reconstructor(module, canShare) : null,
);

async function painting(): Promise<Reconstruct | null> {
  await fonts;
  return kernel;
}

/** Asks the page for one part after the other, so that there is never more than one here. */
async function* partsFrom(client: Client): AsyncGenerator<unknown> {
  for (let done = 0; ; done++) {
    const part = await within(Promise.resolve(client.next(done)));
    if (part === null) return;
    yield part;
  }
}

function toolsFor(client: Client): Tools<unknown> {
  const breathe = breather();
  return {
    parts: partsFrom(client),
    ...{ painting, encoders },
    said(done) {
      const pause = breathe();
      if (pause) client.said(done);
      return pause;
    },
  };
}

const nobody: Client = { next: () => null, said() {} };

serve<ExportApi>({
  make: async (id, wanted, client) => exportOf(id).make(wanted, toolsFor(client)),
  async preview(id, wanted, parts, most) {
    const bitmaps = (await exportOf(id).preview?.(wanted, parts, most, toolsFor(nobody))) ?? [];
    return transfer(bitmaps, bitmaps);
  },
  unableToFilm: async () => (await import('../files/film/video')).unableToFilm(),
  async readRunFile(file, said) {
    const opened = await (await import('../files/run-file/read')).readRunFile(file, said);
    if (!opened.ok) return opened;
    const buffers = opened.runs.flatMap(({ snapshots }) =>
      snapshots.flatMap((snapshot) => arrayNames.map((name) => snapshot[name].buffer as ArrayBuffer)),
    );
    return transfer(opened, buffers);
  },
});
