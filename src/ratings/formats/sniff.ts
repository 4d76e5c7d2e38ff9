import type { DataCode } from '../problem';

/** What is wrong with a text whose first bytes say that it is none; null: nothing. An archive is within another then. */
export function sniffBytes(first: Uint8Array): DataCode | null {
  const starts = (...bytes: number[]) => bytes.every((byte, i) => first[i] === byte);
  if (starts(0x89, 0x50, 0x4e, 0x47) || starts(0xff, 0xd8, 0xff) || starts(0x47, 0x49, 0x46, 0x38))
    return 'image-file';
  if (starts(0x1f, 0x8b) || starts(0x50, 0x4b, 0x03, 0x04)) return 'nested-archive';
  if (starts(0x28, 0xb5, 0x2f, 0xfd) || starts(0x42, 0x5a, 0x68) || starts(0x37, 0x7a, 0xbc, 0xaf))
    return 'unsupported-compression';
  if (starts(0x25, 0x50, 0x44, 0x46)) return 'binary-file';
  return null;
}

/** The same by the first characters, decoded. */
export function sniffText(head: string): DataCode | null {
  const text = head.trimStart().slice(0, 200).toLowerCase();
  if (text.startsWith('<!doctype html') || text.startsWith('<html')) return 'html-file';
  if (/^[[{]/.test(text)) return 'json-file';
  let odd = 0;
  for (const character of head.slice(0, 4096)) {
    const code = character.charCodeAt(0);
    if (code === 0xfffd || (code < 32 && ![9, 10, 12, 13, 26].includes(code))) odd++;
  }
  return odd > 0.05 * Math.min(head.length, 4096) ? 'binary-file' : null;
}
