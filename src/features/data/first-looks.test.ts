import { expect, test } from 'vitest';
import { dataBench, infoOf, preparedOf } from './fixtures/data-bench';

test('ratings are shown as what the factors add, pictures as they are; what was chosen, or linked, stays', async () => {
  const { load, newest, get, bring, workbench } = dataBench();
  const picture = async (linked: boolean) => {
    const taken = load.loadPicture(linked);
    (await newest().asked('shop')).answer(infoOf('portrait'));
    (await newest().asked('prepare')).answer(preparedOf());
    await taken;
    return get().looks.view;
  };
  await bring('mine');
  expect(get().looks.view).toBe('beyond-baseline');
  expect(await picture(true)).toBe('beyond-baseline');
  await bring('mine');
  expect(await picture(false)).toBe('prediction');
  await bring('mine');
  workbench.setState(({ looks }) => ({ looks: { ...looks, view: 'prediction' } }));
  await bring('more');
  expect(get().looks.view).toBe('prediction');
  workbench.setState(({ looks }) => ({ looks: { ...looks, view: 'error' } }));
  expect(await picture(false)).toBe('error');
});
