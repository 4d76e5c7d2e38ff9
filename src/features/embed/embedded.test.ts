import { expect, test } from 'vitest';
import { readLink } from '../../state/link/link';
import { embedCode, embeddedLink, isEmbedded } from './embedded';

test('a page is embedded by its path, or where its link says so', () => {
  expect(isEmbedded({ pathname: '/embed/', hash: '' })).toBe(true);
  expect(isEmbedded({ pathname: '/', hash: '#v=1&rank=3&embed=1' })).toBe(true);
  for (const hash of ['', '#rank=3', '#embed=0', '#rank=embed=1'])
    expect(isEmbedded({ pathname: '/', hash })).toBe(false);
});

test('the code is one frame of the link, whatever a name holds', () => {
  const code = embedCode('https://example.org', 'v=1&rank=3', 'A "film" & <b>');
  expect(code).toContain('src="https://example.org/embed/#v=1&#38;rank=3&#38;embed=1"');
  expect(code).toContain('title="A &#34;film&#34; &#38; &#60;b&#62;"');
  expect(code.match(/</g)).toHaveLength(2);
});

test('that a link is embedded is no setting of it, and no mistake', () => {
  expect(readLink(embeddedLink('v=1&rank=3'))).toMatchObject({
    problems: [],
    linked: { settings: { rank: 3 } },
  });
});
