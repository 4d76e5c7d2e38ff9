import { expect, test } from 'vitest';
import { failure } from '../../ratings/result';
import { sampleSizes } from '../../ratings/sample';
import { allQuiet } from '../../workers/fixtures/fake-worker';
import { dataBench, fileOf, infoOf, loadedOf, preparedOf } from './fixtures/data-bench';

const yours = { name: 'me.png', file: fileOf('me.png') };
const pixels = new Uint8Array(4);

/** A picture of the user's is on the stage. */
async function benchWithPicture() {
  const bench = dataBench();
  const { load, newest, workbench } = bench;
  workbench.setState({ settings: { ...bench.get().settings, knownShare: 0.5, noise: 3 } });
  const taken = load.openPicture(yours);
  const call = await newest().asked('picture');
  call.answer({ ok: true, pixels, warnings: ['too-small'] });
  const shop = await newest().asked('shop');
  shop.answer(infoOf('me.png'));
  (await newest().asked('prepare')).answer(preparedOf());
  return { ...bench, isTaken: await taken, decoded: call.args, recipe: shop.args[0] };
}

test('a picture of ours is drawn as settings say', async () => {
  const { load, newest, get, workbench } = dataBench();
  workbench.setState({ settings: { ...get().settings, picture: 'plasma', size: 40, pictureSeed: 9 } });
  const taken = load.loadPicture();
  const { args, answer } = await newest().asked('shop');
  expect(args).toMatchObject([{ kind: 'plasma', size: 40, seed: 9 }, 'plasma']);
  answer(infoOf('plasma'));
  (await newest().asked('prepare')).answer(preparedOf());
  expect(await taken).toBe(true);
});

test('a picture of the user’s is set, all of it known and without noise, and what is odd about it is said', async () => {
  const { isTaken, decoded, recipe, get } = await benchWithPicture();
  expect(isTaken).toBe(true);
  expect(decoded.slice(1)).toEqual(['me.png', get().settings.size]);
  expect(recipe).toMatchObject({ knownShare: 1, noise: 0, size: get().settings.size });
  expect(get()).toMatchObject({
    settings: { picture: 'yours', knownShare: 1, noise: 0 },
    data: { source: 'picture', ratings: { name: 'me.png' }, warnings: [{ code: 'too-small' }] },
  });
});

test('it is decoded once for each size', async () => {
  const { load, newest, get, workbench } = await benchWithPicture();
  const again = async () => {
    const taken = load.loadPicture();
    await allQuiet();
    const decodes = newest().called.filter((name) => name === 'picture').length;
    if (decodes > 1) (await newest().asked('picture')).answer({ ok: true, pixels, warnings: [] });
    (await newest().asked('shop')).answer(infoOf('me.png'));
    (await newest().asked('prepare')).answer(preparedOf());
    await taken;
    return decodes;
  };
  expect(await again()).toBe(1);
  workbench.setState({ settings: { ...get().settings, size: get().settings.size - 20 } });
  expect(await again()).toBe(2);
});

test('one that cannot be read leaves everything as it was', async () => {
  const bench = dataBench();
  await bench.bring('before', 'picture');
  const before = bench.get().settings;
  const taken = bench.load.openPicture(yours);
  (await bench.newest().asked('picture')).answer(failure('corrupt', { fileName: 'me.png' }));
  expect(await taken).toBe(false);
  expect(bench.get()).toMatchObject({
    settings: before,
    ...{
      notice: { problem: { code: 'corrupt', fileName: 'me.png' } },
      data: { ratings: { name: 'before' } },
    },
  });
});

test('one on which the worker dies, or that was superseded, is not set', async () => {
  const bench = dataBench();
  await bench.bring('before', 'picture');
  const { picture } = bench.get().settings;
  const first = bench.load.openPicture(yours);
  const late = await bench.newest().asked('picture');
  const second = bench.load.openPicture(yours);
  late.answer({ ok: true, pixels, warnings: [] });
  await bench.newest().asked('picture');
  bench.newest().die();
  expect(await Promise.all([first, second])).toEqual([false, false]);
  expect(bench.get()).toMatchObject({ settings: { picture }, notice: { kind: 'data-lost', what: 'me.png' } });
});

test('the small sample is read like any file, a large one made up; both say how far they are', async () => {
  const { load, newest, get } = dataBench();
  const small = load.loadSample('small', false);
  const read = await newest().asked('readSample');
  read.args[2](30_000, 0.5);
  expect(get().loading).toMatchObject({ what: 'Sample ratings', rows: 30_000 });
  read.answer(loadedOf('Sample ratings'));
  (await newest().asked('prepare')).answer(preparedOf());
  expect(await small).toBe(true);
  const large = load.loadSample('full', true);
  const made = await newest().asked('makeUp');
  expect(made.args.slice(0, 3)).toEqual([sampleSizes.full, 1, 'Sample ratings']);
  made.answer(infoOf('Sample ratings'));
  (await newest().asked('prepare')).answer(preparedOf());
  expect(await large).toBe(true);
  expect(get().data?.source).toBe('sample');
});
