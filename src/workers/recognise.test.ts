import { readFileSync } from 'node:fs';
import { TextReader, Uint8ArrayWriter, ZipWriter } from '@zip.js/zip.js';
import { expect, test } from 'vitest';
import { recognise } from './recognise';

const named = (name: string, content: string | Uint8Array, type = '') => ({
  name,
  file: new Blob([content as BlobPart], { type }),
});

const ratings = 'userId,movieId,rating,timestamp\n1,10,4,900\n1,20,3.5,901\n2,10,5,902\n';

const kindOf = async (...files: ReturnType<typeof named>[]) => {
  const answer = await recognise(files);
  return answer.ok ? answer.kind : answer.problem.code;
};
const fixture = (name: string) => readFileSync(new URL(`./fixtures/${name}`, import.meta.url));

test('a picture goes by its name, or by what the browser takes it for, never by its bytes', async () => {
  const png = fixture('170_1x1.png');
  expect(await kindOf(named('me.PNG', png))).toBe('picture');
  expect(await kindOf(named('from the clipboard', png, 'image/png'))).toBe('picture');
  expect(await kindOf(named('ratings.csv', png))).toBe('ratings');
  // Of several files the first counts, and what the browser says of them does not.
  expect(await kindOf(named('me.webp', png), named('ratings.csv', ratings))).toBe('picture');
  expect(await kindOf(named('me.heic', png, 'image/heic'), named('ratings.csv', ratings))).toBe('ratings');
});

test('a run is a ZIP with a manifest of ours, whole or not; any other ZIP may hold ratings', async () => {
  const zipped = async (files: Record<string, string>) => {
    const zip = new ZipWriter(new Uint8ArrayWriter());
    for (const [name, content] of Object.entries(files)) await zip.add(name, new TextReader(content));
    return named('some.zip', await zip.close());
  };
  const manifest = '{"format":"factorscope-run","version":99}';
  const run = await zipped({ 'manifest.json': manifest });
  expect(await kindOf(run)).toBe('run');
  expect(await kindOf(await zipped({ 'run/manifest.json': manifest }))).toBe('run');
  expect(await kindOf(await zipped({ 'manifest.json': 'not even JSON' }))).toBe('run');
  expect(await kindOf(run, named('ratings.csv', ratings))).toBe('ratings');
  expect(await kindOf(await zipped({ 'manifest.json': '{"format":"a browser extension"}' }))).toBe('ratings');
  expect(await kindOf(await zipped({ 'a/b/manifest.json': manifest, 'ratings.csv': ratings }))).toBe(
    'ratings',
  );
  expect(await kindOf(named('ml.zip', fixture('005_ok.zip')))).toBe('ratings');
});

test('what only says what items are called is for ratings that are there', async () => {
  const movies = named('movies.csv', 'movieId,title,genres\n10,Heat (1995),Action\n');
  expect(await kindOf(movies)).toBe('titles');
  expect(await kindOf(named('films.csv', 'id,title\n1,Heat'))).toBe('titles');
  expect(await kindOf(movies, named('ratings.csv', ratings))).toBe('ratings');
});
