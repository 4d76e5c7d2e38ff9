import { SaxesParser } from 'saxes';
import { ReadRefusal } from '../problem';
import type { Chunk } from './chunks';
import type { Entry } from './format';

/** What a sheet can have. */
const mostRows = 1 << 20;
const mostColumns = 1 << 14;
/** Characters of all strings that cells share. */
const mostShared = 1 << 28;
/** Characters between two tags: more are in no spreadsheet, and would have to be held. */
const longestGap = 1 << 24;

/** The sheets of a workbook in their order, as comma-separated text; null where it is none. Throws a ReadRefusal. */
export async function sheetsOf(files: readonly Entry[]): Promise<Entry[] | null> {
  const called = (name: string) => files.find((file) => file.name.toLowerCase() === name.toLowerCase());
  const workbook = called('xl/workbook.xml');
  const relations = called('xl/_rels/workbook.xml.rels');
  if (!workbook || !relations) return null;
  const targets = new Map<string, string>();
  for (const { Id, Target } of await tagsOf(relations, 'Relationship')) targets.set(Id, pathOf(Target));
  const strings = called([...targets.values()].find((path) => /\/sharedStrings\.xml$/i.test(path)) ?? '');
  /** Read once, for whichever sheet is read first. */
  let shared: Promise<string[]> | null = null;
  return (await tagsOf(workbook, 'sheet')).flatMap((sheet) => {
    const file = called(targets.get(sheet['r:id'] ?? '') ?? '');
    if (!file) return [];
    async function* pieces() {
      shared ??= strings ? stringsOf(strings) : Promise.resolve([]);
      yield* rowsOf(file as Entry, await shared);
    }
    return { ...file, name: sheet.name ?? file.name, pieces, isMade: true as const };
  });
}

/** Targets stand as seen from xl/workbook.xml. */
const pathOf = (target = '') => (target.startsWith('/') ? target.slice(1) : `xl/${target}`);

const localName = (name: string) => name.slice(name.indexOf(':') + 1);

/** Without namespaces, by their names as they are written. */
type Attributes = Readonly<Record<string, string>>;

interface Handlers {
  open(name: string, attributes: Attributes): void;
  text?(text: string): void;
  close?(name: string): void;
}

/** Goes through XML as it is unpacked; yields after each piece of it. Entities of a file's own are not expanded. */
async function* parsed(file: Entry, { open, text, close }: Handlers): AsyncGenerator<Chunk, void, undefined> {
  const parser = new SaxesParser();
  let gap = 0;
  const fail = () => {
    throw new ReadRefusal('corrupt');
  };
  const tell = (told: () => void) => {
    gap = 0;
    told();
  };
  parser.on('error', fail);
  parser.on('opentag', ({ name, attributes }) => tell(() => open(localName(name), attributes)));
  parser.on('closetag', ({ name }) => tell(() => close?.(localName(name))));
  const say = (each: string) => tell(() => text?.(each));
  parser.on('text', say);
  parser.on('cdata', say);
  const decoder = new TextDecoder();
  for await (const chunk of file.pieces()) {
    gap += chunk.bytes.length;
    parser.write(decoder.decode(chunk.bytes, { stream: true }));
    if (gap > longestGap) fail();
    yield chunk;
  }
  parser.close();
}

async function tagsOf(file: Entry, wanted: string): Promise<Attributes[]> {
  const tags: Attributes[] = [];
  const open = (name: string, attributes: Attributes) => {
    if (name === wanted && tags.length < mostTags) tags.push(attributes);
  };
  for await (const _ of parsed(file, { open }));
  return tags;
}
const mostTags = 10_000;

/** The strings that cells point to. How East Asian words are pronounced stands within them, and is left out. */
async function stringsOf(file: Entry): Promise<string[]> {
  const strings: string[] = [];
  let length = 0;
  let current = '';
  let isText = false;
  let isPronounced = false;
  const handlers: Handlers = {
    open(name) {
      if (name === 'si') current = '';
      isText = name === 't';
      if (name === 'rPh') isPronounced = true;
    },
    text(text) {
      if (isText && !isPronounced) current += text;
    },
    close(name) {
      if (name === 'rPh') isPronounced = false;
      if (name === 'si') strings.push(current);
      isText = false;
    },
  };
  for await (const { bytes } of parsed(file, handlers)) {
    length += bytes.length;
    if (length > mostShared) throw new ReadRefusal('too-large');
  }
  return strings;
}

/** The rows of a sheet as text: the n-th row is the n-th line, unless there are line ends in cells. */
async function* rowsOf(file: Entry, shared: readonly string[]): AsyncGenerator<Chunk, void, undefined> {
  const encoder = new TextEncoder();
  let lines = '';
  let line = 0;
  let row: string[] = [];
  let column = 0;
  let type = '';
  let value = '';
  let isValue = false;
  const handlers: Handlers = {
    open(name, { r, t }) {
      isValue = name === 'v' || name === 't';
      if (name === 'row') {
        const next = r ? Number(r) : line + 1;
        if (!(next > line && next <= mostRows)) throw new ReadRefusal('corrupt');
        lines += '\n'.repeat(next - line - 1);
        line = next;
        row = [];
        column = 0;
      } else if (name === 'c') {
        column = r ? columnOf(r) : column + 1;
        if (!(column >= 1 && column <= mostColumns)) throw new ReadRefusal('corrupt');
        type = t ?? 'n';
        value = '';
      }
    },
    text(text) {
      if (isValue) value += text;
    },
    close(name) {
      isValue = false;
      if (name === 'c') row[column - 1] = fieldOf(type, value, shared);
      else if (name === 'row') lines += `${Array.from(row, (field = '') => quoted(field)).join(',')}\n`;
    },
  };
  for await (const { consumed } of parsed(file, handlers)) {
    yield { bytes: encoder.encode(lines), consumed };
    lines = '';
  }
}

/** The column of a cell's address, 1-based: 28 of AB7. */
function columnOf(address: string): number {
  let column = 0;
  for (const letter of /^[A-Z]{1,3}/i.exec(address)?.[0] ?? '')
    column = 26 * column + Number.parseInt(letter, 36) - 9;
  return column;
}

/** What a cell holds. Dates are days since 1900, as numbers; a number may be written with more digits than it has. */
function fieldOf(type: string, value: string, shared: readonly string[]): string {
  if (type === 's') return shared[Number(value)] ?? '';
  if (type === 'b') return value === '1' ? 'TRUE' : 'FALSE';
  const isNumber = type === 'n' && value !== '' && Number.isFinite(Number(value));
  return isNumber ? String(Number(value)) : value;
}

const quoted = (field: string) => (/[",\r\n]/.test(field) ? `"${field.replaceAll('"', '""')}"` : field);
