import { expect, test } from 'vitest';
import { incident, readFiles } from '../../__tests__/support/reader.ts';

const SITE =
  'name: Acme\nurl: https://acme.example/status/\nareas: { eu: Europe }\nwarnings: { off: [no-effect, promise-missing, stock-words] }\n';
const DISKS = `---
title: New disks
components: [checkout]
scheduled: 2026-11-24 02:00 UTC
until: 2026-11-24 04:00 UTC
---
## Scheduled · 2026-11-20 09:00 UTC
We replace disks.
`;

/** What to write instead of a link in an open incident; nothing if it is not dead. */
function instead(link: string, settings = SITE): (string | undefined)[] {
  const text = `## Investigating · 2026-11-20 11:50 UTC\n\nSome cards are declined. See [this](${link}).`;
  const files = {
    'site.yml': settings,
    'incidents/cards.md': incident(text),
    'incidents/old.md': incident('## Resolved · 2026-10-01 11:50 UTC\n\nCards work.'),
    'maintenance/disks.md': DISKS,
    'pages/contact.md': '---\ntitle: Contact\n---\n\nCall us.\n',
  };
  return readFiles(files)
    .diagnostics.filter(({ ruleId }) => ruleId === 'link-dead')
    .map(({ example }) => example);
}

test.each([
  '/incidents/cards/',
  '/incidents/cards',
  '/incidents/cards/index.md',
  '/incidents/cards/atom.xml',
  '/incidents/old/index.md',
  '/maintenance/disks/atom.xml',
  '/maintenance/disks/index.md?x=1',
  '/components/checkout/badge.svg',
  '/components/checkout-v1/history/2026/',
  '/components/checkout/history/2026-10/atom.xml',
  '/groups/shop/',
  '/groups/shop/feed.json',
  '/areas/eu/rss.xml',
  '/pages/contact/index.md',
  '/subscribe/',
  '/brochures/eu/',
  '/incidents/cards/#u-20261120T115000Z',
  '/maintenance/disks/#announcement',
  '/components/checkout/atom.xml',
  '/components/checkout-v1/',
  '/components/ftp/',
  '/history/2026-11/',
  '/',
  '#u-20261120T115000Z',
  'https://acme.example/status/components/checkout/',
  'https://acme.example/incidents/none/',
  'https://other.example/status/incidents/none/',
])('%s leads somewhere, or out of the site', (link) => {
  expect(instead(link)).toEqual([]);
});

test.each([
  ['/incidents/none-such-thing/', undefined],
  ['/incidents/card/', '/incidents/cards/'],
  ['/components/chekout/', '/components/checkout/'],
  ['/components/%E0%A4%A/', undefined],
  ['/incidents/disks/', '/maintenance/disks/'],
  ['/incidents/cards/#u-20261120T115100Z', '/incidents/cards/#u-20261120T115000Z'],
  ['https://acme.example/status/components/chekout/', '/components/checkout/'],
  ['/status/components/checkout/', '/components/checkout/'],
  ['/status/groups/shop/', '/groups/shop/'],
  ['/incidents/cards.md', '/incidents/cards/index.md'],
  ['/incidents/cards/rss.xml', '/incidents/cards/'],
  ['/incidents/old/atom.xml', '/incidents/old/'],
  ['/groups/shp/', '/groups/shop/'],
  ['/groups/checkout/', '/components/checkout/'],
  ['/group/shop/', '/groups/shop/'],
  ['/areas/eu/atm.xml', '/areas/eu/atom.xml'],
  ['/areas/us/', undefined],
  ['/page/contact/', '/pages/contact/'],
  ['/components/checkout/history/2016/', '/components/checkout/history/2026/'],
  ['/components/checkout/histroy/', '/components/checkout/'],
  ['/components/ftp/history/2026/', '/components/ftp/'],
])('%s is dead; instead: %s', (link, expected) => {
  expect(instead(link)).toEqual([expected]);
});

test('The warning can be switched off, and links to a file with errors are not dead', () => {
  expect(instead('/incidents/none/', SITE.replace('off: [', 'off: [link-dead, '))).toEqual([]);
  const text = '## Investigating · 2026-11-20 11:50 UTC\n\nSome cards are declined. See [this](/incidents/broken/).';
  const files = { 'incidents/cards.md': incident(text), 'incidents/broken.md': incident('Text without a heading.') };
  expect(readFiles(files).diagnostics.map(({ ruleId }) => ruleId)).not.toContain('link-dead');
});
