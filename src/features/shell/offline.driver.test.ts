import { expect, test } from 'vitest';
import { dataOf } from '../../state/fixtures/data-of';
import { workbenchWith } from '../fixtures/loaded';
import { offlineDriver } from './offline.driver';

type Said = 'waits' | 'took over';

/** A service worker that tells what it is asked, and of which the page hears what a test says. */
function benchOf({ others = 0, begun = true, refuses = false } = {}) {
  const workbench = workbenchWith(begun ? dataOf('file') : null);
  const asked: string[] = [];
  let listener = (_: Said) => {};
  const actions = offlineDriver(
    { workbench },
    async (hear) => {
      asked.push('keep');
      listener = hear;
      if (refuses) throw new DOMException('storage is blocked', 'SecurityError');
      return {
        look: async () => void asked.push('look'),
        async takeOver() {
          asked.push('take over');
          return others;
        },
      };
    },
    () => void asked.push('reload'),
  );
  const hear = async (said: Said) => {
    listener(said);
    await quiet();
  };
  return { workbench, actions, asked, hear, said: () => workbench.getState().newVersion };
}
const quiet = () => new Promise((resolve) => setImmediate(resolve));

test('the app is kept once the first picture is there', async () => {
  const { asked, workbench } = benchOf({ begun: false });
  await quiet();
  expect(asked).toEqual([]);
  workbench.setState({ data: dataOf('file') });
  await quiet();
  expect(asked).toEqual(['keep']);
});

test('a new version is said, and comes when it is asked for, by a reload', async () => {
  const { actions, asked, hear, said } = benchOf();
  await quiet();
  await hear('waits');
  expect(said()).toEqual({ kind: 'new-version', otherPages: 0 });
  await hear('took over');
  expect(asked).not.toContain('reload');
  await actions.takeNewVersion();
  await hear('took over');
  expect(asked).toEqual(['keep', 'take over', 'reload']);
  expect(said()).toBeNull();
});

test('while other tabs are open the new version waits, and that is said', async () => {
  const { actions, hear, said, asked } = benchOf({ others: 2 });
  await quiet();
  await hear('waits');
  await actions.takeNewVersion();
  expect(said()).toEqual({ kind: 'new-version', otherPages: 2 });
  expect(asked).not.toContain('reload');
});

test('where nothing can be kept the app works all the same', async () => {
  const { asked, said } = benchOf({ refuses: true });
  await quiet();
  expect(asked).toEqual(['keep']);
  expect(said()).toBeNull();
});
