import { extractFromXml } from '@extractus/feed-extractor';
import { parseFeed } from '@rowanmanning/feed-parser';
import { parseAtomFeed, parseRssFeed } from 'feedsmith';
import Parser from 'rss-parser';
import { describe, expect, test } from 'vitest';
import { incident } from '../__tests__/support/reader.ts';
import { archiveFeed } from './archive.ts';
import { atom } from './atom.ts';
import { feedOf } from './feed.ts';
import { rss } from './rss.ts';
import { contextOf } from '../__tests__/support/formats.ts';

const UPDATE = '## Resolved · 2026-11-20 11:02 UTC\n\nAll works.';

function titled(title: string, name = 'Acme', url = 'https://acme.example') {
  const site = `name: '${name}'\nurl: ${url}\n`;
  const event = incident(UPDATE, `title: '${title.replaceAll("'", "''")}'\nimpact: minor`);
  return feedOf(contextOf({ 'site.yml': site, 'incidents/a.md': event }));
}

describe.each([
  'Tags <b>bold</b> and <img src=x> show',
  'A & B, R&D, 1 < 2 > 0',
  "It's &apos;quoted&apos; &amp;amp; &lt;b&gt; &#60; &#x3C;",
  '<![CDATA[a]]> ]]>',
  '<fh:archive/><id>',
])('the title %j is the same text', (title) => {
  const feed = titled(title);
  const expected = `${title} — Resolved`;
  const written = { atom: atom(feed), rss: rss(feed) };

  test.each(['atom', 'rss'] as const)('in every reader of %s', async (format) => {
    const text = written[format];
    const feedsmith =
      format === 'atom' ? parseAtomFeed(text).entries?.[0]?.title?.value : parseRssFeed(text).items?.[0]?.title;
    expect({
      'rss-parser': (await new Parser().parseString(text)).items[0]?.title,
      'feed-parser': parseFeed(text).items[0]?.title,
      'feed-extractor': extractFromXml(text).entries?.[0]?.title,
      feedsmith,
    }).toEqual({
      ...{ 'rss-parser': expected, 'feed-parser': expected, 'feed-extractor': expected, feedsmith: expected },
    });
  });
});

test('Atom adds no white space around text, even if the address needs escapes', () => {
  const text = atom(titled('A & B', 'R&D <status>', 'https://example.org/r&d/'));
  expect(text).toContain('<id>https://example.org/r&amp;d/</id>');
  expect(text).toContain('<uri>https://example.org/r&amp;d/</uri><');
  expect(text).toContain('<name>R&amp;D &lt;status&gt;</name>');
});

test('an Atom archive is marked as one in its head, whatever its texts are', () => {
  const site = "name: '<id>'\nurl: https://acme.example\ndescription: '<id> <fh:archive/>'\n";
  const context = contextOf({ 'site.yml': site, 'incidents/a.md': incident(UPDATE) });
  const text = atom(archiveFeed(context, '2026-11'));
  expect(text.match(/<fh:archive\/>/g)).toHaveLength(1);
  expect(text.indexOf('<fh:archive/>')).toBeLessThan(text.indexOf('<entry>'));
});
