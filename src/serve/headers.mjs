import { readFileSync } from 'node:fs';

/** @typedef {{ path: string, headers: [name: string, value: string][] }} Rule A path, and the headers of its responses. */

/**
 * The rules of public/_headers, the one place where headers are written down: a path, then its indented headers.
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
    const rule = rules.at(-1);
    if (header && rule) rule.headers.push([header[1] ?? '', header[2] ?? '']);
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
  return rules
    .filter((rule) =>
      rule.path.endsWith('*') ? path.startsWith(rule.path.slice(0, -1)) : path === rule.path,
    )
    .flatMap(({ headers }) => headers);
}
