/** How often it is looked whether anything has moved, milliseconds. */
export const beat = 500;
/** So many beats in which nothing has moved, and what was waited for is given up. */
const mostBeats = 30;

/**
 * Waits for something that moves. Beats are counted, not timed: whoever slept, or could not run, does not take its own
 * rest for another's death.
 *
 * @param late is called once nothing has moved for too long
 */
export function patience(late: () => void, most = mostBeats) {
  let left = most;
  const timer = setInterval(() => {
    if (--left > 0) return;
    clearInterval(timer);
    late();
  }, beat);
  return {
    moved() {
      left = most;
    },
    stop: () => clearInterval(timer),
  };
}

/** Nothing has moved for too long. */
class Unmoved extends Error {
  override readonly name = 'Unmoved';
}

/** What is waited for, or Unmoved once it was for too long. */
export function within<T>(work: PromiseLike<T>, most = mostBeats): Promise<T> {
  return new Promise((resolve, reject) => {
    const waiting = patience(() => reject(new Unmoved('no answer')), most);
    work.then(resolve, reject).then(waiting.stop);
  });
}
