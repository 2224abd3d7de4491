import { describe, expect, it } from 'vitest';
import type { Body, Incident } from '../../core/model.ts';
import { formatTime } from '../../core/time-text.ts';
import { renderBody } from '../markdown/html.ts';
import { visibleText } from '../markdown/markdown.ts';
import { incident, readFiles, wrongWith } from '../../__tests__/support/reader.ts';

function read(text: string, front?: string): Incident {
  const { content, diagnostics } = readFiles({ 'incidents/2026/a.md': incident(text, front) });
  expect(diagnostics).toEqual([]);
  const [only] = content?.incidents ?? [];
  if (!only) throw new Error('No incident was read.');
  return only;
}

const text = (body: Body | undefined) => (body ? visibleText(body).trim() : undefined);

describe('an incident', () => {
  it('has the file’s name as its id, whatever folder it lies in', () => {
    expect(read('## Investigating · 2026-11-20 09:20 UTC')).toMatchObject({ id: 'a', file: 'incidents/2026/a.md' });
  });

  it('starts at its first update when it does not say when it started', () => {
    expect(formatTime(read('## Investigating · 2026-11-20 09:20 UTC').started)).toBe('2026-11-20 09:20 UTC');
  });

  it.each([
    ['checkout: major_outage', '', 'critical'],
    ['checkout: partial outage', '', 'major'],
    ['checkout: degraded_performance', '', 'minor'],
    ['checkout: degraded_performance', '- **Components:** checkout: major outage', 'critical'],
    ['checkout: under_maintenance', '', 'minor'],
  ])('with %s and “%s” has the impact that follows from its worst status', (component, label, impact) => {
    const front = `title: A\ncomponents:\n  ${component}`;
    expect(read(`## Investigating · 2026-11-20 09:20 UTC\n\nText.\n\n${label}`, front).impact).toBe(impact);
  });

  it('knows its components by their current ids', () => {
    const front = 'title: A\ncomponents:\n  checkout-v1: partial_outage';
    expect(read('## Investigating · 2026-11-20 09:20 UTC', front).components).toEqual({ checkout: 'partial_outage' });
  });

  it('keeps texts as they are written, though they look like numbers or dates', () => {
    const front = 'title: 0042\nimpact: none\nreference: 1234567890123456789\nareas: [10:30, no]';
    const found = read('## Investigating · 2026-11-20 09:20 UTC', front);
    expect(found).toMatchObject({ title: '0042', reference: '1234567890123456789', areas: ['10:30', 'no'] });
  });

  it('names a retired component when it started before', () => {
    const front = 'title: A\ncomponents:\n  ftp: partial_outage';
    expect(read('## Resolved · 2025-06-29 09:20 UTC', front).components).toEqual({ ftp: 'partial_outage' });
  });

  it('reads the same with the line ends of Windows, of old Macs, and a byte order mark', () => {
    const source = incident('## Investigating · 2026-11-20 09:20 UTC\n\nWe look.\n\n- **Next update:** 09:50 UTC');
    const variants = [source, source.replaceAll('\n', '\r\n'), source.replaceAll('\n', '\r'), `\uFEFF${source}`];
    const readings = variants.map((variant) => readFiles({ 'incidents/a.md': variant }));
    for (const reading of readings) expect(reading).toEqual(readings[0]);
    expect(readings[0]?.diagnostics).toEqual([]);
  });
});

describe('updates', () => {
  const oldest = '## Investigating · 2026-11-20 09:20 UTC\n\nOne.';
  const middle = '## Update — 2026-11-20 10:25 +01:00\n\nTwo.';
  const newest = '## Resolved | 2026-11-20T09:30Z\n\nThree.';

  it.each([
    ['oldest', [oldest, middle, newest]],
    ['newest', [newest, middle, oldest]],
  ])('stand %s first in the file and oldest first in the incident', (_, sections) => {
    const { updates } = read(sections.join('\n\n'));
    expect(updates.map(({ body }) => text(body))).toEqual(['One.', 'Two.', 'Three.']);
    expect(updates.map(({ word, status }) => `${word} ${status}`)).toEqual([
      'investigating investigating',
      'update investigating',
      'resolved resolved',
    ]);
  });

  it.each(['·', '—', '–', '-', '|'])('part status and time by %s', (separator) => {
    expect(read(`## investigating ${separator} 2026-11-20 09:20:31 UTC`).updates[0]?.id).toBe('u-20261120T092031Z');
  });

  it('at the same instant keep the file’s order and are counted in their ids', () => {
    const same = ['One', 'Two', 'Three'].map((body) => `## Investigating · 2026-11-20 09:20 UTC\n\n${body}`);
    const { updates } = read(same.join('\n\n'));
    expect(updates.map(({ id, body }) => [id, text(body)])).toEqual([
      ['u-20261120T092000Z', 'One'],
      ['u-20261120T092000Z-2', 'Two'],
      ['u-20261120T092000Z-3', 'Three'],
    ]);
  });

  it('at the same instant are newest first in a file that is', () => {
    const { updates } = read(
      `${newest}\n\n## Update · 2026-11-20 09:20 UTC\n\nB\n\n## Investigating · 2026-11-20 09:20 UTC\n\nA`,
    );
    expect(updates.map(({ body }) => text(body))).toEqual(['A', 'B', 'Three.']);
  });

  it('are shown up to ten minutes ahead of the clock', () => {
    expect(read('## Investigating · 2026-11-20 12:10 UTC').updates).toHaveLength(1);
  });

  it('repeat the status that holds, also after Resolved', () => {
    const { updates } = read(
      `${oldest}\n\n${newest}\n\n## Update · 2026-11-20 10:00 UTC\n\n## Postmortem · 2026-11-20 11:00 UTC`,
    );
    expect(updates.map(({ status }) => status)).toEqual(['investigating', 'resolved', 'resolved', 'resolved']);
  });

  it('take the definitions of their links along, from wherever they stand', () => {
    const { updates } = read(`${oldest}\n\nSee [the guide][g].\n\n${newest}\n\n[g]: https://acme.example/guide`);
    expect(updates[0]?.body.children.map(({ type }) => type)).toEqual(['paragraph', 'paragraph', 'definition']);
    expect(updates[1]?.body.children.map(({ type }) => type)).toEqual(['paragraph']);
  });

  it('never hold comments', () => {
    const source = `${oldest}\n\n<!-- secret one -->\n\nText <!-- secret two --> goes on.\n\n<!--\n## Resolved · 2026-11-20 09:40 UTC\n-->`;
    expect(JSON.stringify(read(source))).not.toMatch(/secret|09:40|T094000/);
  });

  it('may be shown as code without being taken for one', () => {
    const code = '```\n## Resolved · 2026-11-20 09:40 UTC\nNext update: 10:00 UTC\n```';
    expect(read(`${oldest}\n\n${code}`).updates).toHaveLength(1);
  });
});

describe('footnotes and links', () => {
  it('have the definition of their own update, where two have the same name', () => {
    const { updates } = read(
      '## Investigating · 2026-11-20 09:20 UTC\n\nA[^1]\n\n[^1]: First.\n\n## Identified · 2026-11-20 09:40 UTC\n\nB[^1]\n\n[^1]: Second.',
    );
    expect(updates.map(({ body }) => text(body))).toEqual(['AFirst.', 'BSecond.']);
  });
});

describe('labelled lines', () => {
  const update = '## Investigating · 2026-11-20 09:20 UTC\n\nWe look.';

  it('are data and leave the text', () => {
    const labels = [
      '- **Next update:** 09:50 UTC',
      '- **Components:** checkout: major outage, payments-api: degraded_performance',
      '- **Expected fix:** 2026-11-21 11:00 UTC',
      '- **Areas:** Europe, South America',
      '- **Edited:** 10:30 +01:00',
      '- An ordinary item',
    ];
    const [first] = read(
      `${update}\n\n${labels.join('\n')}`,
      'title: A\nimpact: minor\nstarted: 2026-11-20 09:00 UTC',
    ).updates;
    expect(first).toMatchObject({
      nextUpdate: Date.parse('2026-11-20T09:50Z'),
      expectedFix: Date.parse('2026-11-21T11:00Z'),
      edited: Date.parse('2026-11-20T09:30Z'),
      components: { checkout: 'major_outage', 'payments-api': 'degraded_performance' },
      areas: ['Europe', 'South America'],
    });
    expect(text(first?.body)).toBe('We look.An ordinary item');
  });

  it.each([
    ['- One\n- Two', '<ul>\n<li>One</li>\n<li>Two</li>\n</ul>'],
    ['- One\n\n- Two', '<ul>\n<li>\n<p>One</p>\n</li>\n<li>\n<p>Two</p>\n</li>\n</ul>'],
  ])('leave the list above them as tight as it was: %j', (list, html) => {
    const [first] = read(`## Investigating · 2026-11-20 09:20 UTC\n\n${list}\n\n- **Next update:** 09:50 UTC`).updates;
    expect(first?.nextUpdate).toBe(Date.parse('2026-11-20T09:50Z'));
    expect(first && renderBody(first.body, { idPrefix: 'u-', headingLevel: 2, root: '/' })).toBe(html);
  });

  it('count in a paragraph of nothing but labels', () => {
    const [first] = read(`${update}\n\n**Next update:** 09:50 UTC\n**Expected fix:** 10:30 UTC`).updates;
    expect(first).toMatchObject({
      nextUpdate: Date.parse('2026-11-20T09:50Z'),
      expectedFix: Date.parse('2026-11-20T10:30Z'),
    });
    expect(text(first?.body)).toBe('We look.');
  });

  it('without a date mean the first such time after the update', () => {
    const late = '## Investigating · 2026-11-19 23:40 UTC\n\n- **Next update:** 00:10 UTC';
    expect(read(late).updates[0]?.nextUpdate).toBe(Date.parse('2026-11-20T00:10Z'));
  });

  it('look back from the update for when it ended', () => {
    const [first] = read(
      '## Resolved · 2026-11-20 00:10 UTC\n\n- **Ended:** 23:55 UTC',
      'title: A\nimpact: minor\nstarted: 2026-11-19 23:00 UTC',
    ).updates;
    expect(first?.ended).toBe(Date.parse('2026-11-19T23:55Z'));
  });

  it.each([
    '* **Next update:** 09:50 UTC',
    '1. **Next update:** 09:50 UTC',
    '- __Next update:__ 09:50Z',
    '- **next update:** 09:50 UTC <!-- ok? -->',
  ])('may be written as %s', (line) => {
    expect(read(`${update}\n\n${line}`).updates[0]?.nextUpdate).toBe(Date.parse('2026-11-20T09:50Z'));
  });

  it.each([
    'We will say more at the next update: soon.',
    'The areas: Europe and Asia.',
    '**Workaround:** pay by card.',
    'Added: more servers.',
    '\\*\\*Next update:\\*\\* is what we write.',
    'Monitoring shows that all is well.',
    'Update on Friday, 2026-11-27.',
    '#### Resolved problems',
    'Next update&#58; at noon',
    'Identified 2026-11-19 as the first day.',
    'Update - 2026-11-19',
    '**Identified** 2026-11-19 20:05 UTC by our partner.',
    '> Resolved · 2026-11-19 20:00 UTC',
    '> Next update: 21:00 UTC',
    'Components: the inbox and the website are affected.',
    'Expected fix: tonight',
    'Next update: as soon as we know more.',
    'Ended: the migration, not the incident.',
    'Areas: we do not know yet.',
  ])('are not seen in “%s”', (line) => {
    expect(wrongWith(`${update}\n\n${line}`)).toEqual([]);
  });
});
