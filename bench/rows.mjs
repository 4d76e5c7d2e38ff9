import { closeSync, existsSync, openAsBlob, openSync, renameSync, writeSync } from 'node:fs';
import { rename, writeFile } from 'node:fs/promises';
import { BlobReader, ZipWriter } from '@zip.js/zip.js';

/** The path of a file of so many million ratings, a whole number, with a long tail of items; written once. */
export function fileOfMillions(millions) {
  const path = `.cache/bench-${millions}m.csv`;
  if (existsSync(path)) return path;
  const file = openSync(`${path}.part`, 'w');
  writeSync(file, 'userId,movieId,rating,timestamp\n');
  let seed = 1;
  const random = () => {
    seed = (Math.imul(1664525, seed) + 1013904223) >>> 0;
    return seed / 4294967296;
  };
  for (let j = 0; j < millions * 1e6; ) {
    let text = '';
    for (let i = 0; i < 50_000; i++, j++)
      text += `${1 + Math.floor(j / 160)},${1 + Math.floor(53_000 * random() ** 2)},${0.5 + 0.5 * Math.floor(10 * random())},${1e9 + j}\n`;
    writeSync(file, text);
  }
  closeSync(file);
  renameSync(`${path}.part`, path);
  return path;
}

/** The path of a ZIP with that file in it, as the full MovieLens comes; packed once. */
export async function zipOf(path) {
  const packed = path.replace(/csv$/, 'zip');
  if (existsSync(packed)) return packed;
  const { readable, writable } = new TransformStream();
  const writing = writeFile(`${packed}.part`, readable);
  const zip = new ZipWriter(writable);
  await zip.add('ml/ratings.csv', new BlobReader(await openAsBlob(path)));
  await zip.close();
  await writing;
  await rename(`${packed}.part`, packed);
  return packed;
}
