/** The path that other sites may frame, with headers of its own (public/_headers). */
const path = '/embed/';
/** Said in a link. */
const key = 'embed';

/** Whether the page is to be the stage, the chart and the transport, without the rest. */
export const isEmbedded = ({ pathname, hash }: Pick<Location, 'pathname' | 'hash'>): boolean =>
  pathname.startsWith(path) || new URLSearchParams(hash.slice(1)).get(key) === '1';

/** A link, as it is said where the page is embedded. */
export const embeddedLink = (link: string): string => `${link}&${key}=1`;

/** HTML that frames what a link leads to. Nobody but who opens it hears of the link: it stands behind the #. */
export function embedCode(origin: string, link: string, title: string): string {
  const escaped = (text: string) => text.replace(/[&<>"']/g, (one) => `&#${one.codePointAt(0)};`);
  const address = `${origin}${path}#${embeddedLink(link)}`;
  return `<iframe src="${escaped(address)}" title="${escaped(title)}" width="1200" height="800" style="border: 0; max-width: 100%" loading="lazy" allow="fullscreen"></iframe>`;
}
