import { scripts } from './worker-handle';

/** The app as its service worker keeps it. */
export interface KeptApp {
  /** Looks whether there is a newer version. */
  look(): Promise<void>;
  /**
   * Has the version that waits take over, if no other page of the app is open: this page is then to be loaded anew.
   *
   * @returns how many other pages are open
   */
  takeOver(): Promise<number>;
}

/**
 * Has the service worker keep the app; null where the browser has none, in a frame of another site, while the app is
 * being worked on, and where a server of this machine has a folder to watch, without which there is nothing to see.
 *
 * @param hear is called when a newer version waits, and when it has taken over
 * @throws where storage is blocked or full
 */
export async function keepApp(hear: (said: 'waits' | 'took over') => void): Promise<KeptApp | null> {
  const isWatching = new URLSearchParams(location.search).has('watch');
  if (!import.meta.env.PROD || isWatching || window !== window.top || !('serviceWorker' in navigator))
    return null;
  const container = navigator.serviceWorker;
  const registration = await container.register(scripts.createScriptURL('/sw.js'), { type: 'module' });
  // The first version takes over without having waited.
  const wait = () => registration.waiting && container.controller && hear('waits');
  wait();
  registration.addEventListener('updatefound', () =>
    registration.installing?.addEventListener('statechange', wait),
  );
  container.addEventListener('controllerchange', () => hear('took over'));
  return {
    look: async () => void (await registration.update()),
    async takeOver() {
      const { port1, port2 } = new MessageChannel();
      const answer = new Promise<number>((resolve) => {
        port1.onmessage = ({ data }) => resolve(data);
      });
      registration.waiting?.postMessage('take over', [port2]);
      return registration.waiting ? answer : 0;
    },
  };
}
