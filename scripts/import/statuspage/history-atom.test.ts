import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { bodyOf, kindsOf, tryImport } from '../../../src/__tests__/support/import.ts';
import { isHistoryAtom, readHistoryAtom } from './history-atom.ts';
import { readStatuspage } from './read.ts';

const NOW = Date.parse('2026-12-01T00:00Z');
/** Feeds of others; they lie outside of the repository, since they carry no licence. */
const DATA = '../shared/data/feeds';

test('updates get their year from when the entry was published, also across its turn', async () => {
  const { texts, report, errors, secondWrote } = await importOf(
    entry('abc', '2026-01-01T00:30:07Z', [
      ['Jan', ' 1', '00:30', 'UTC', 'Resolved', 'It works <b>again</b>.<br /><br />Sorry.'],
      ['Dec', '31', '23:50', 'UTC', 'Monitoring', 'A fix is out.'],
      ['Dec', '31', '23:50', 'UTC', 'Investigating', 'We look at {{it}}.'],
    ]),
  );
  const text = texts.get('incidents/2025/2025-12-31-errors-and-more.md') ?? '';
  expect(text).toMatch(
    /^---\ntitle: Errors & more\nimpact: minor\naliases:\n {2}- \/incidents\/abc\n# Imported from statuspage abc /,
  );
  expect(bodyOf(text)).toBe(
    [
      '## Investigating · 2025-12-31 23:50 UTC',
      String.raw`We look at \{{it}}.`,
      '## Monitoring · 2025-12-31 23:50 UTC',
      'A fix is out.',
      '## Resolved · 2026-01-01 00:30 UTC',
      'It works **again**.',
      'Sorry.',
    ].join('\n\n'),
  );
  expect(texts.get('site.yml')).toBe(
    'name: Acme\nurl: https://status.acme.example\nid: tag:status.acme.example,2026:status\n',
  );
  expect(kindsOf(report)).toMatchObject({ 'year-guessed': 1, 'impact-missing': 1 });
  expect([errors, secondWrote]).toEqual([[], 0]);
});

test.each([
  ['PDT', '2026-07-01T09:00:30-07:00', '16:00', false],
  ['CEST', '2026-07-01T07:00:30Z', '07:00', false],
  ['+0530', '2026-07-01T03:30:30Z', '03:30', false],
  ['IST', '2026-07-01T03:30:30Z', '03:30', true],
  ['BST', '2026-07-01T08:00:30Z', '08:00', true],
  ['CST', '2026-07-01T01:00:30Z', '01:00', true],
  ['XYZ', '2026-07-01T04:15:30Z', '04:15', true],
])(
  'the zone %s is read, with what is known of the newest update where it could be several',
  async (zone, published, clock, guessed) => {
    const { texts, report } = await importOf(
      entry('abc', published, [['Jul', '1', '09:00', zone, 'Resolved', 'Fixed.']]),
    );
    expect(texts.get('incidents/2026/2026-07-01-errors-and-more.md')).toContain(
      `## Resolved · 2026-07-01 ${clock} UTC`,
    );
    expect('zone-guessed' in kindsOf(report)).toBe(guessed);
  },
);

test('announced work has its window, and past work what its updates tell', async () => {
  const announced = `<p><strong>THIS IS A SCHEDULED EVENT <small>Dec <var data-var='date'>31</var>, <var data-var='time'>23:00</var> - <var data-var='time'>01:00</var> UTC</small></strong></p>`;
  const { texts, report, errors } = await importOf(
    entry('a', '2026-11-20T10:00:00Z', [['Nov', '20', '10:00', 'UTC', 'Scheduled', 'New disks.']], announced) +
      entry('b', '2026-11-10T10:00:00Z', [
        ['Nov', '10', '10:00', 'UTC', 'Completed', 'Done.'],
        ['Nov', '10', '08:00', 'UTC', 'In progress', 'We begin.'],
      ]),
  );
  expect(texts.get('maintenance/2026/2026-12-31-errors-and-more.md')).toContain(
    'scheduled: 2026-12-31 23:00 UTC\nuntil: 2027-01-01 01:00 UTC\n',
  );
  expect(texts.get('maintenance/2026/2026-11-10-errors-and-more.md')).toContain('until: 2026-11-10 10:00 UTC\n');
  expect([errors, report.read]).toEqual([[], { incidents: 0, maintenance: 2, updates: 3, components: 0, files: 1 }]);
});

test('what is not parted into updates stays whole as one', async () => {
  const { texts, report, errors } = await importOf(
    entry('abc', '2026-07-01T09:00:00Z', [], '<p>All was slow.</p><p>Now it is not.</p>'),
  );
  expect(bodyOf(texts.get('incidents/2026/2026-07-01-errors-and-more.md'))).toBe(
    '## Investigating · 2026-07-01 09:00 UTC\n\nAll was slow.\n\nNow it is not.',
  );
  expect(kindsOf(report)).toMatchObject({ 'update-time-unknown': 1 });
  expect(errors).toEqual([]);
});

test('entries are named by their line', async () => {
  const { report } = await importOf(`\n\n${entry('abc', 'never', [])}`);
  const lost = report.entries.find(({ kind }) => kind === 'event-unreadable');
  expect(lost?.place).toEqual({ file: 'history.atom', line: 7, path: 'incident' });
});

test('an Atom history is told by its name, and anything else in it is refused', async () => {
  const names = [
    'history.atom',
    'https://status.acme.example/history.atom?a=b',
    'history (3).atom.txt',
    'api/v2',
    'incidents.json',
  ];
  expect(names.map(isHistoryAtom)).toEqual([true, true, true, false, false]);
  const read = tryImport(
    (report) => readStatuspage(readHistoryAtom('<rss version="2.0"/>', 'history.xml', report), false, report),
    NOW,
  );
  await expect(read).rejects.toThrow('history.xml is not an Atom feed.');
});

describe.skipIf(!existsSync(DATA))(`Atom histories of others (skipped where ${DATA} is absent)`, () => {
  test.each(existsSync(DATA) ? readdirSync(DATA).filter(isHistoryAtom) : [])('%s comes in whole', async (file) => {
    const text = readFileSync(join(DATA, file), 'utf8');
    const { report, errors, secondWrote } = await tryImport(
      (into) => readStatuspage(readHistoryAtom(text, file, into), false, into),
      NOW,
    );
    const { read, written, notWritten, added } = report;
    expect(read.incidents + read.maintenance).toBe(text.split('<entry>').length - 1);
    expect(read.updates).toBe(text.split('&lt;/small&gt;&lt;br&gt;').length - 1);
    expect(written).toMatchObject({ incidents: read.incidents, maintenance: read.maintenance });
    expect(written.updates + notWritten.updates).toBe(read.updates + added.updates);
    expect(errors).toEqual([]);
    expect(secondWrote).toBe(0);
  });
});

type Update = [month: string, day: string, clock: string, zone: string, status: string, body: string];

function entry(id: string, published: string, updates: Update[], before = ''): string {
  const html = updates.map(
    ([month, day, clock, zone, status, body]) =>
      `<p><small>${month} <var data-var='date'>${day}</var>, <var data-var='time'>${clock}</var> ${zone}</small><br><strong>${status}</strong> - ${body}</p>`,
  );
  return `<entry>
    <id>tag:status.acme.example,2005:Incident/${id}</id>
    <published>${published}</published>
    <updated>${published}</updated>
    <link rel="alternate" type="text/html" href="https://status.acme.example/incidents/${id}"/>
    <title>Errors &amp; more</title>
    <content type="html">${escapeXml(before + html.join(''))}</content>
  </entry>`;
}

function importOf(entries: string) {
  const text = `<?xml version="1.0" encoding="UTF-8"?>
<feed xmlns="http://www.w3.org/2005/Atom"><id>tag:status.acme.example,2005:/history</id>
<link rel="alternate" type="text/html" href="https://status.acme.example"/>
<title>Acme Status - Incident History</title>${entries}</feed>`;
  return tryImport((report) => readStatuspage(readHistoryAtom(text, 'history.atom', report), false, report), NOW);
}

function escapeXml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
