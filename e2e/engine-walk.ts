/** What an engine came to, as base64 of the files that it saved. */
export interface Walked {
  readonly isIsolated: boolean;
  readonly opening: string;
  /** What the chips said of the runs of the link. */
  readonly race: string;
  readonly runs: string;
  readonly stream: string;
  readonly file: string;
  readonly factors: string;
}

export interface Asked {
  readonly race: string;
  readonly stream: string;
  readonly csv: string;
  /** What the chips say once the race is where the link leads. */
  readonly raceSays: readonly [als: string, sgd: string];
  readonly streamSays: string;
}

/**
 * Walks over the page from within it, as a user would: it is sent as text into engines that Playwright does not drive,
 * and so uses nothing from outside.
 */
export async function walk({ race, stream, csv, raceSays, streamSays }: Asked): Promise<Walked> {
  const pause = (milliseconds: number) => new Promise((resolve) => setTimeout(resolve, milliseconds));
  const words = (element: Element | null | undefined) =>
    element?.textContent?.replace(/\s+/g, ' ').trim() ?? '';
  async function until<T>(what: string, find: () => T | null | undefined | false): Promise<T> {
    for (let tries = 0; tries < 1200; tries++) {
      const found = find();
      if (found) return found;
      await pause(100);
    }
    const said = [...document.querySelectorAll('[role=alert], [role=status], [role=menu]')].map(words);
    throw new Error(`${what} did not come; the page says: ${said.join(' | ').slice(0, 1500)}`);
  }
  const named = (role: string, name: string) =>
    [...document.querySelectorAll<HTMLElement>(role)].find(
      (element) => (element.getAttribute('aria-label') ?? words(element)) === name,
    );
  function press(element: HTMLElement) {
    const how = { bubbles: true, cancelable: true, composed: true, button: 0, detail: 1 };
    const pointer = { ...how, pointerType: 'mouse', isPrimary: true, pointerId: 1 };
    element.dispatchEvent(new PointerEvent('pointerdown', pointer));
    element.dispatchEvent(new MouseEvent('mousedown', how));
    element.dispatchEvent(new PointerEvent('pointerup', pointer));
    element.dispatchEvent(new MouseEvent('mouseup', how));
    element.dispatchEvent(new MouseEvent('click', how));
  }
  const chip = (name: string) => words(document.querySelector(`[aria-label="${name} run"]`));
  const saved: Blob[] = [];
  const before = URL.createObjectURL;
  URL.createObjectURL = (blob) => {
    if (blob instanceof Blob) saved.push(blob);
    return before.call(URL, blob);
  };
  async function save(name: RegExp): Promise<string> {
    const count = saved.length;
    press(await until('the menu Export', () => named('button', 'Export')));
    const item = await until(`the item ${name}`, () =>
      [...document.querySelectorAll<HTMLElement>('[role=menuitem]:not([aria-disabled=true])')].find((one) =>
        name.test(words(one)),
      ),
    );
    press(item);
    const blob = await until(`a file of ${name}`, () => saved[count]);
    const bytes = new Uint8Array(await blob.arrayBuffer());
    let binary = '';
    for (const byte of bytes) binary += String.fromCharCode(byte);
    return btoa(binary);
  }

  const painted = () => {
    const canvas = document.querySelector<HTMLCanvasElement>('canvas[aria-label^="Matrix predicted"]');
    const data = canvas?.width
      ? canvas.getContext('2d')?.getImageData(0, 0, canvas.width, canvas.height).data
      : null;
    return data && new Set(new Uint32Array(data.buffer)).size > 20;
  };
  await until('the first picture', painted);
  const opening = chip('ALS');

  location.hash = race;
  await until(
    'the race of the link',
    () => chip('ALS').includes(raceSays[0]) && chip('B-SGD').includes(raceSays[1]),
  );
  const raced = `${chip('ALS')} ${chip('B-SGD')}`;
  const runs = await save(/^Save runs/);

  location.hash = stream;
  await until('the stream of the link', () => words(document.body).includes(streamSays));
  const streamed = await save(/^Errors and costs, CSV/);

  location.hash = race;
  await until('the race again', () => chip('ALS').includes(raceSays[0]));
  const input = await until('the picker', () => document.querySelector<HTMLInputElement>('input[type=file]'));
  const files = new DataTransfer();
  files.items.add(new File([csv], 'mine.csv', { type: 'text/csv' }));
  input.files = files.files;
  input.dispatchEvent(new Event('change', { bubbles: true }));
  const file = await until('the file', () => {
    const said = words(document.querySelector('[data-testid=summary]'));
    return said.includes('mine.csv') && said;
  });
  await until('a run on the file', () => /iteration \d/.test(chip('ALS')));
  const factors = await save(/^Factors CSV/);
  return { isIsolated: crossOriginIsolated, opening, race: raced, runs, stream: streamed, file, factors };
}
