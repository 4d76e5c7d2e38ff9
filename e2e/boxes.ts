import type { Page } from '@playwright/test';

/** A window so large, in CSS pixels of the screen, and how much it is zoomed: 1.5 is 150 %. */
export interface Screen {
  readonly width: number;
  readonly height: number;
  readonly zoom?: number;
  /** Touched by fingers. */
  readonly touch?: boolean;
}

export const named = ({ width, height, zoom = 1, touch }: Screen) =>
  `${width} × ${height}${zoom === 1 ? '' : ` at ${100 * zoom} %`}${touch ? ', touched' : ''}`;

/** Gives a page another screen, as a browser does: what is zoomed has fewer pixels, and larger ones. */
export async function screenOf(page: Page) {
  const session = await page.context().newCDPSession(page);
  return async ({ width, height, zoom = 1, touch = false }: Screen) => {
    await session.send('Emulation.setDeviceMetricsOverride', {
      width: Math.floor(width / zoom),
      height: Math.floor(height / zoom),
      deviceScaleFactor: zoom,
      mobile: false,
    });
    await session.send('Emulation.setTouchEmulationEnabled', { enabled: touch });
    await drawn(page);
  };
}

/**
 * Once what has changed is laid out and painted: the page measures itself, and lays out anew by what it finds, so it is
 * at rest when some frames in a row have everything where the one before had it.
 */
const drawn = (page: Page) =>
  page.evaluate(async () => {
    const frame = () => new Promise((done) => requestAnimationFrame(done));
    const places = () =>
      [...document.querySelectorAll('canvas, figcaption *, section, button')]
        .map((element) => Object.values(element.getBoundingClientRect().toJSON()).join())
        .join(' ');
    for (let before = '', alike = 0; alike < 4; ) {
      await frame();
      const now = places();
      alike = now === before ? alike + 1 : 0;
      before = now;
    }
  });

/** A box that a person sees, and what it is called. */
interface Seen {
  readonly element: Element;
  readonly name: string;
  readonly box: DOMRect;
}

/**
 * What is wrong with the boxes of a page, or of the part of it that a selector finds: what lies over another, is cut,
 * sticks out of the window, or is too small for a finger.
 */
export function faultsOf(page: Page, root = 'body', touch = false): Promise<string[]> {
  return page.evaluate(measure, { root, touch });
}

/** Runs in the page, and therefore uses nothing from outside. */
function measure({ root: selector, touch }: { root: string; touch: boolean }): string[] {
  const root = document.querySelector(selector);
  if (!root) return [`there is no ${selector}`];
  const faults: string[] = [];
  const seen: Seen[] = [];
  const presses =
    'button, a, select, summary, input, [role="menuitem"], [role="menuitemradio"], label:has(> input)';
  const boxes = `${presses}, canvas, img, progress, .uplot`;
  /** What lies over the page for a while, and may. */
  const above = '.notice, .breakdown, [role="menu"], [role="dialog"]';
  const wide = document.documentElement.clientWidth;

  const nameOf = (element: Element) =>
    `${element.tagName.toLowerCase()} ‘${(element.getAttribute('aria-label') ?? element.textContent ?? '').trim().slice(0, 40)}’`;

  /** The lines of text of an element itself. */
  function linesOf(element: Element): DOMRect[] {
    const range = document.createRange();
    return [...element.childNodes].flatMap((node) => {
      if (node.nodeType !== Node.TEXT_NODE || !node.textContent?.trim()) return [];
      range.selectNodeContents(node);
      return [...range.getClientRects()];
    });
  }

  function lookForCuts(element: Element, name: string, style: CSSStyleDeclaration) {
    const isCut = (overflow: string, inside: number, outside: number) =>
      /hidden|clip/.test(overflow) && inside > outside + 1;
    if (isCut(style.overflowX, element.scrollWidth, element.clientWidth))
      faults.push(`${name} is cut: ${element.scrollWidth} in ${element.clientWidth}`);
    if (isCut(style.overflowY, element.scrollHeight, element.clientHeight))
      faults.push(`${name} is cut: ${element.scrollHeight} high in ${element.clientHeight}`);
  }

  /** A label is pressed as well as what it is of. */
  function lookAtSize(element: Element, name: string) {
    if (!element.matches(presses) || element.matches('.link-button')) return;
    const { width, height } = (element.closest('label') ?? element).getBoundingClientRect();
    if (Math.min(width, height) < 43.5)
      faults.push(`${name} is small for a finger: ${Math.round(width)} × ${Math.round(height)}`);
  }

  /** @param clip what the ancestors leave to be seen; where they scroll, `scrolled` says so */
  function look(element: Element, clip: DOMRect, scrolled: boolean) {
    if (element !== root && element.matches(above)) return;
    const style = getComputedStyle(element);
    const isGone = style.display === 'none' || style.opacity === '0' || style.clipPath !== 'none';
    if (isGone || !element.checkVisibility()) return;
    const name = nameOf(element);
    const box = element.getBoundingClientRect();
    const isScroller = /auto|scroll/.test(style.overflowX) && element.scrollWidth > element.clientWidth;
    const cutAcross = style.overflowX !== 'visible';
    const cutDown = style.overflowY !== 'visible';
    const inside = intersection(
      clip,
      new DOMRect(
        cutAcross ? box.x : -1e6,
        cutDown ? box.y : -1e6,
        cutAcross ? box.width : 2e6,
        cutDown ? box.height : 2e6,
      ),
    );
    const isBox = element.matches(boxes);
    const lines = linesOf(element);
    for (const part of isBox ? [box] : lines) {
      if ((part.left < -1 || part.right > wide + 1) && !scrolled && !isScroller)
        faults.push(`${name} sticks out of the window: ${Math.round(part.left)}–${Math.round(part.right)}`);
      const left = intersection(part, isBox ? clip : inside);
      if (left.width >= 1 && left.height >= 1) seen.push({ element, name, box: left });
    }
    if (lines.length > 0 || element.matches('p, h2, td, figcaption')) lookForCuts(element, name, style);
    if (touch) lookAtSize(element, name);
    if (element.matches('.uplot, select')) return;
    for (const child of element.children) look(child, inside, scrolled || isScroller);
  }

  function intersection(a: DOMRect, b: DOMRect): DOMRect {
    const [left, top] = [Math.max(a.left, b.left), Math.max(a.top, b.top)];
    const [right, bottom] = [Math.min(a.right, b.right), Math.min(a.bottom, b.bottom)];
    return new DOMRect(left, top, Math.max(0, right - left), Math.max(0, bottom - top));
  }

  look(root, new DOMRect(-1e6, -1e6, 2e6, 2e6), false);
  for (const [i, one] of seen.entries())
    for (let k = i + 1; k < seen.length; k++) {
      const other = seen[k];
      const { width, height } = intersection(one.box, other.box);
      if (width <= 1.5 || height <= 1.5 || one.element.contains(other.element)) continue;
      faults.push(`${one.name} and ${other.name} overlap by ${Math.round(width)} × ${Math.round(height)}`);
    }
  const { scrollWidth } = document.documentElement;
  if (scrollWidth > wide) faults.push(`the page is ${scrollWidth} wide`);
  return faults;
}
