import { imageSize } from 'image-size';
import type { DataCode, Read } from '../ratings/problem';
import { failure } from '../ratings/result';
import type { WarningCode } from '../ratings/warning';
import type { ReadPicture } from './protocol';

/** Decoded, more than this would not fit: 100 megapixels are 400 MB. */
const mostPixels = 100e6;

/** A smaller picture is a shade or two. */
const leastSide = 4;

/** See `DataApi.picture`. The header is read before anything is decoded; SVG is not decoded at all. */
export async function readPicture(file: Blob, fileName: string, size: number): Promise<Read<ReadPicture>> {
  const refuse = (code: DataCode) => failure(code, { fileName });
  const header = new Uint8Array(await file.slice(0, 512 * 1024).arrayBuffer());
  let shape: { width: number; height: number; type?: string };
  try {
    shape = imageSize(header);
  } catch {
    return refuse('unsupported-image');
  }
  if (shape.type === 'svg') return refuse('unsupported-image');
  if (!(shape.width > 0 && shape.height > 0)) return refuse('corrupt');
  if (shape.width * shape.height > mostPixels) return refuse('image-too-large');
  let bitmap: ImageBitmap;
  try {
    bitmap = await createImageBitmap(file);
  } catch {
    return refuse('corrupt');
  }
  const warnings: WarningCode[] = [];
  const side = Math.min(bitmap.width, bitmap.height);
  if (side < leastSide) warnings.push('too-small');
  if (Math.max(bitmap.width, bitmap.height) > 10 * side) warnings.push('extreme-shape');
  const context = new OffscreenCanvas(size, size).getContext('2d', { willReadFrequently: true });
  if (!context) return refuse('corrupt');
  context.imageSmoothingQuality = 'high';
  const left = (bitmap.width - side) / 2;
  const top = (bitmap.height - side) / 2;
  context.drawImage(bitmap, left, top, side, side, 0, 0, size, size);
  bitmap.close();
  if (isSeeThrough(context.getImageData(0, 0, size, size).data)) warnings.push('transparency-flattened');
  context.globalCompositeOperation = 'destination-over';
  context.fillStyle = '#fff';
  context.fillRect(0, 0, size, size);
  return { ok: true, pixels: luma(context.getImageData(0, 0, size, size).data), warnings };
}

/** Rec. 709 luma of RGBA bytes, 0…255. */
function luma(rgba: Uint8ClampedArray): Uint8Array {
  const out = new Uint8Array(rgba.length / 4);
  for (let i = 0; i < out.length; i++) {
    out[i] = Math.round(0.2126 * rgba[4 * i] + 0.7152 * rgba[4 * i + 1] + 0.0722 * rgba[4 * i + 2]);
  }
  return out;
}

function isSeeThrough(rgba: Uint8ClampedArray): boolean {
  for (let i = 3; i < rgba.length; i += 4) if (rgba[i] < 255) return true;
  return false;
}
