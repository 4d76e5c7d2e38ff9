/**
 * A pause for a worker in the middle of long work: lets messages that have arrived be handled, at most every
 * 20 ms unless it must be `now`, at the price of one message to itself. (Timers would be clamped to 4 ms.)
 */
export function breather(everyMilliseconds = 20): (now?: boolean) => Promise<void> | undefined {
  const channel = new MessageChannel();
  let last = performance.now();
  /** Who is pausing. */
  const paused: (() => void)[] = [];
  channel.port1.onmessage = () => {
    last = performance.now();
    for (const wake of paused.splice(0)) wake();
  };
  return (now = false) => {
    if (!now && performance.now() - last < everyMilliseconds) return undefined;
    return new Promise<void>((resolve) => {
      paused.push(resolve);
      channel.port2.postMessage(null);
    });
  };
}
