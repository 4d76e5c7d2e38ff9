import { expect, test } from 'vitest';
import { problemSentence } from './messages';

test('of what is packed in a way that is not read it is said which it is, and what to do', () => {
  expect(problemSentence({ code: 'unsupported-zip', fileName: 'a.zip', packing: 'bzip2' })).toBe(
    'a.zip was not loaded: it is a ZIP packed with bzip2, which is not read here; unpack it, and drop what is in it.',
  );
  expect(problemSentence({ code: 'unsupported-compression', fileName: 'r.xz', packing: 'xz' })).toBe(
    'r.xz was not loaded: it is compressed with xz, which is not read here; unpack it first, or pack it with gzip.',
  );
});
