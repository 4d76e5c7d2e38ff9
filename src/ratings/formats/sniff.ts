import { type DataCode, ReadRefusal } from '../problem';

/** What is no table of ours, by how it begins. */
interface Alien {
  readonly code: DataCode;
  readonly bytes: string;
  /** What it is packed with. */
  readonly packing?: string;
}

/** All that are told by their first bytes, in hexadecimal. */
const aliens: readonly Alien[] = [
  { code: 'image-file', bytes: '89504e47' },
  { code: 'image-file', bytes: 'ffd8ff' },
  { code: 'image-file', bytes: '47494638' },
  { code: 'nested-archive', bytes: '1f8b' },
  { code: 'nested-archive', bytes: '504b0304' },
  { code: 'unsupported-compression', bytes: '28b52ffd', packing: 'Zstandard' },
  { code: 'unsupported-compression', bytes: '425a68', packing: 'bzip2' },
  { code: 'unsupported-compression', bytes: '377abcaf', packing: '7-Zip' },
  { code: 'unsupported-compression', bytes: 'fd377a585a00', packing: 'xz' },
  { code: 'unsupported-compression', bytes: '526172211a07', packing: 'RAR' },
  { code: 'unsupported-compression', bytes: '04224d18', packing: 'LZ4' },
  { code: 'unsupported-compression', bytes: '1f9d', packing: 'compress' },
  { code: 'binary-file', bytes: '25504446' },
  { code: 'database-file', bytes: '53514c69746520666f726d6174203300' },
  { code: 'old-spreadsheet', bytes: 'd0cf11e0a1b11ae1' },
  { code: 'arrow-file', bytes: '4152524f5731' },
  { code: 'arrow-file', bytes: '46454131' },
  { code: 'numpy-file', bytes: '934e554d5059' },
  { code: 'matlab-file', bytes: '4d41544c414220352e30' },
  { code: 'hdf5-file', bytes: '894844460d0a1a0a' },
  { code: 'pickle-file', bytes: '8002' },
  { code: 'pickle-file', bytes: '8003' },
  { code: 'pickle-file', bytes: '8004' },
  { code: 'pickle-file', bytes: '8005' },
];

function alienOf(first: Uint8Array): Alien | undefined {
  const head = Array.from(first.subarray(0, 16), (byte) => byte.toString(16).padStart(2, '0')).join('');
  return aliens.find(({ bytes }) => head.startsWith(bytes));
}

/** What is wrong with a text whose first bytes say that it is none; null: nothing. An archive is within another then. */
export const sniffBytes = (first: Uint8Array): DataCode | null => alienOf(first)?.code ?? null;

/** The same, as what ends the reading. */
export function refusalBy(first: Uint8Array): ReadRefusal | null {
  const alien = alienOf(first);
  return alien ? new ReadRefusal(alien.code, alien.packing) : null;
}

/** What is told by its first characters. */
const alienTexts: readonly { readonly code: DataCode; readonly begins: RegExp }[] = [
  { code: 'html-file', begins: /^(<!doctype html|<html)/i },
  { code: 'xml-file', begins: /^<(\?xml|!doctype)/i },
  { code: 'json-file', begins: /^[[{]/ },
  { code: 'sql-dump', begins: /^(--|\/\*|create |drop |insert |begin |pragma |set )[\s\S]*\binsert into\b/i },
];

/** The same by the first characters, decoded. */
export function sniffText(head: string): DataCode | null {
  const text = head.trimStart().slice(0, 1 << 14);
  const alien = alienTexts.find(({ begins }) => begins.test(text));
  if (alien) return alien.code;
  let odd = 0;
  for (const character of head.slice(0, 4096)) {
    const code = character.charCodeAt(0);
    if (code === 0xfffd || (code < 32 && ![9, 10, 12, 13, 26].includes(code))) odd++;
  }
  return odd > 0.05 * Math.min(head.length, 4096) ? 'binary-file' : null;
}
