/** A name like 'factorscope_portrait_run.zip', in which no part can be a path or upset a file system. */
export function fileNameOf(parts: readonly string[], extension: string): string {
  return `${['factorscope', ...parts].map((part) => part.replace(/[^\w.-]+/g, '_')).join('_')}.${extension}`;
}
