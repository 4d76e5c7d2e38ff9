/** Rounds of everything that is pressed. */
const rounds = 6;

/**
 * How long the page takes from a press to the next picture while both methods race, as the browser itself times it
 * (Event Timing, in steps of 8 ms): keys, tabs, a dialog and a slider, several times each.
 *
 * @param open gives an instrumented page (see app.mjs)
 */
export async function interactions(open) {
  const page = await open();
  await page
    .getByRole('region', { name: 'ALS run' })
    .getByText(/iteration [1-9]/)
    .waitFor();
  await page.evaluate(() => {
    const pressed = new Map();
    globalThis.pressed = pressed;
    new PerformanceObserver((list) => {
      for (const { interactionId, duration } of list.getEntries())
        if (interactionId > 0)
          pressed.set(interactionId, Math.max(duration, pressed.get(interactionId) ?? 0));
    }).observe({ type: 'event', durationThreshold: 16, buffered: true });
  });
  const chart = page.getByRole('slider', { name: /as they learn/ });
  for (let round = 0; round < rounds; round++) {
    for (const name of ['View', 'Data', 'Model']) await page.getByRole('tab', { name }).click();
    await chart.focus();
    for (const key of ['Home', 'ArrowRight', 'End']) await page.keyboard.press(key);
    await page.getByRole('button', { name: 'Chart as a table' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Close' }).click();
    await page.getByRole('slider', { name: 'Lambda', exact: true }).press('ArrowRight');
  }
  await page.waitForTimeout(500);
  const durations = await page.evaluate(() => [...globalThis.pressed.values()]);
  await page.close();
  const sorted = durations.sort((a, b) => a - b);
  const at = (share) => sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? 0;
  return {
    'from a press to the next picture while both race, ms: middle, longest': `${at(0.5)}, ${at(1)} (${sorted.length} presses of 16 ms and more)`,
  };
}
