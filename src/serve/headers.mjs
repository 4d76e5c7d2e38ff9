import { readFileSync } from 'node:fs';

/**
 * A path, and the headers of its responses; of value null is one that a wider rule has and this path does not.
 *
 * @typedef {{ path: string, headers: [name: string, value: string | null][] }} Rule
 */

/**
 * The rules of public/_headers, the one place where headers are written down: a path, then its indented headers;
 * `! Name` takes one away that a rule before has. A host that does not know that sends both, which are stricter together.
 *
 * @returns {Rule[]}
 */
function headerRules() {
  /** @type {Rule[]} */
  const rules = [];
  const text = readFileSync(new URL('../../public/_headers', import.meta.url), 'utf8');
  for (const line of text.split(/\r?\n/)) {
    if (!line.trim()) continue;
    const header = /^\s+([\w-]+): (.+)$/.exec(line);
    const without = /^\s+! ([\w-]+)$/.exec(line);
    const rule = rules.at(-1);
    if (without && rule) rule.headers.push([without[1] ?? '', null]);
    else if (header && rule) rule.headers.push([header[1] ?? '', header[2] ?? '']);
    else if (line.startsWith('/')) rules.push({ path: line, headers: [] });
    else throw new Error(`public/_headers: cannot read "${line}"`);
  }
  return rules;
}

const rules = headerRules();

/**
 * The headers that a host sends with a path: of every rule for this path, `/folder/*` for all below it, any other for
 * itself alone.
 *
 * @param {string} path the path of an address, without its query
 * @returns {[name: string, value: string][]}
 */
export function headersOf(path) {
  /** @type {Map<string, string>} */
  const headers = new Map();
  for (const rule of rules) {
    const isOurs = rule.path.endsWith('*') ? path.startsWith(rule.path.slice(0, -1)) : path === rule.path;
    if (!isOurs) continue;
    for (const [name, value] of rule.headers)
      if (value === null) headers.delete(name);
      else headers.set(name, value);
  }
  return [...headers];
}
