import { type ComponentType, createElement, lazy, useState } from 'react';
import { noteUnloaded, Unloaded } from './unloaded';

/**
 * A part of the page that the first picture does not wait for: its script is asked for once the part is first drawn,
 * and again, where it did not come, when somebody wants it drawn again.
 */
export function later<Props extends object>(load: () => Promise<ComponentType<Props>>) {
  const attempt = () =>
    lazy(async () => {
      try {
        return { default: await load() };
      } catch (error) {
        // What is lazy fails for ever once it has.
        noteUnloaded(() => {
          part = attempt();
        });
        throw new Unloaded('a script did not come', { cause: error });
      }
    });
  let part: ComponentType<Props> = attempt();
  function Later(props: Props) {
    // One that is on the page stays what it is.
    const [now] = useState(() => part);
    return createElement(now, props);
  }
  return Object.assign(Later, {
    /** Asks for the script now, so that the part is there at once when it is drawn. One that does not come is asked for again then. */
    ahead() {
      const there = (loaded: ComponentType<Props>) => {
        part = loaded;
      };
      load().then(there, () => {});
    },
  });
}
