/** A name in an archive without ways out of its folder: nothing is written anywhere, so only the name matters. */
export function plainName(name: string): string {
  const parts = name.split(/[/\\]/).filter((part) => !['', '.', '..'].includes(part) && !part.endsWith(':'));
  return parts.join('/') + (/[/\\]$/.test(name) ? '/' : '');
}

/** Whether it is a file that somebody wanted to pack: no folder, and not what systems leave there (_SUCCESS, .DS_Store). */
export const isWanted = (name: string): boolean => !name.endsWith('/') && !/(^|\/)[._]/.test(name);
