import type { Page } from '@playwright/test';

/** What is set on which panel, by its label; all else is on Model. */
const panels: Readonly<Record<string, readonly string[]>> = {
  View: [
    'Palette',
    'Order of users and items',
    'Metric',
    'Clip to the scale',
    'k',
    'Liked',
    'Users',
    'Chart scale',
    'Theme',
  ],
  Data: ['Known ratings', 'Noise', 'Size', 'True rank', 'Picture seed', 'Held out', 'Hold-out', 'Columns'],
  Run: [
    'Speed',
    'Flat out',
    'ALS iterations',
    'B-SGD epochs',
    'Stop after',
    'Idle is below',
    'Seed',
    'Workers',
    'Film',
    'Machine',
  ],
};

/** Brings up a panel of the settings: the one of this name, or where this can be set. */
export async function openPanel(page: Page, what: string) {
  const named = ['View', 'Model', 'Data', 'Run', 'Search'].find((name) => name === what);
  const [panel] = Object.entries(panels).find(([, labels]) => labels.includes(what)) ?? ['Model'];
  const tab = page.getByRole('tab', { name: named ?? panel, exact: true });
  if ((await tab.getAttribute('aria-selected')) !== 'true') await tab.click();
}
