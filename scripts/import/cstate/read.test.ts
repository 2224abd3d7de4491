import { describe, expect, test } from 'vitest';
import { CommandError } from '../../lib/errors.ts';
import type { ImportedEvent } from '../model.ts';
import { emptyReport } from '../report.ts';
import { readCstate } from './read.ts';
import { CONFIG, incident, NOW, post, read, updatesOf } from '../../../src/__tests__/support/import-cstate.ts';

describe('updates', () => {
  test('are blocks separated by dashes below a bare time', () => {
    const body =
      '---\n2026-01-10 11:00 UTC\n\nIt is over.\n\n---\n2026-01-10 10:30 UTC\n\nStill at it.\n\n---\nWe look.\n---';
    expect(updatesOf(incident(body))).toEqual([
      'update 01-10T10:00 We look.',
      'update 01-10T10:30 Still at it.',
      'resolved 01-10T11:00 It is over.',
    ]);
  });

  test('are blocks below bare clocks, each the next after the one before', () => {
    const body = '00:30 UTC\n\nIt is over.\n\n---\n\n23:40 UTC\n\nBetter.\n\n---\n\n2026-01-10 23:10 UTC\n\nWe look.';
    const fields = { date: '2026-01-10 23:10:00', resolvedWhen: '2026-01-11 00:30:00' };
    expect(updatesOf(incident(body, fields))).toEqual([
      'update 01-10T23:10 We look.',
      'update 01-10T23:40 Better.',
      'resolved 01-11T00:30 It is over.',
    ]);
  });

  test('are marked messages, whose first and last take the times of the fields', () => {
    const { kinds, ...event } = incident('[Final message]\nAll is well.\n\n[Initial message]\nWe look.');
    expect(updatesOf(event)).toEqual(['investigating 01-10T10:00 We look.', 'resolved 01-10T11:00 All is well.']);
    expect(kinds.filter((kind) => kind === 'update-time-guessed')).toHaveLength(2);
  });

  test('without a time stand in the one that follows them, under their name', () => {
    const { kinds, ...event } = incident(
      '[Final message]\nAll is well.\n\n[Update]\nSlow.\n\n[Initial message]\nWe look.',
    );
    expect(updatesOf(event)).toEqual([
      'investigating 01-10T10:00 We look.',
      'resolved 01-10T11:00 All is well.\n\n**Update**\n\nSlow.',
    ]);
    expect(kinds).toContain('update-time-unknown');
  });

  test('have tracks for their times, and the words before for their status', () => {
    const body =
      '**Service restored**:\nIt works. [More][1] {{< track "2026-01-10 11:00:00" >}}\n\n' +
      'Half is back.\n{{< track "2026-01-10 10:40:00" >}}\n\n*Investigating* - We look. {{< track "2026-01-10 10:00:00" >}}\n\n[1]: https://a.example';
    expect(updatesOf(incident(body))).toEqual([
      'investigating 01-10T10:00 We look.',
      'update 01-10T10:40 Half is back.',
      'resolved 01-10T11:00 **Service restored**\n\nIt works. [More](https://a.example)',
    ]);
  });

  test('may stand oldest first', () => {
    expect(updatesOf(incident('*Investigating* - We look.\n\n*Monitoring* - Better.\n\n*Resolved* - Over.'))).toEqual([
      'investigating 01-10T10:00 We look.',
      'resolved 01-10T11:00 **Monitoring**\n\nBetter.\n\nOver.',
    ]);
  });

  test('are one where nothing parts them, rules and code notwithstanding', () => {
    const body = 'We look.\n\n---\n\nAll of it.\n\n```\n[Update]\n2026-01-10 10:30 UTC\n```\n\n- Update: in a list';
    const [update, ...more] = incident(body).updates;
    expect(more).toEqual([]);
    expect(update?.body).toMatch(/^We look\.\n\n---\n\nAll of it\.\n\n```\n\[Update]/);
  });

  test('that come after the end say when it ended', () => {
    const { updates, endedAt } = incident(
      '2026-01-10 14:00 UTC\n\nIt is over.\n\n---\n2026-01-10 10:00 UTC\n\nWe look.',
    );
    expect(updates.at(-1)).toMatchObject({ word: 'resolved', ended: endedAt });
  });

  test('between two ends open it again', () => {
    const body =
      '*Resolved* - Over. {{< track "2026-01-10 11:00" >}}\n\n*Update* - Not yet. {{< track "2026-01-10 10:40" >}}\n\n' +
      '*Resolved* - Over? {{< track "2026-01-10 10:30" >}}\n\n*Investigating* - We look. {{< track "2026-01-10 10:00" >}}';
    expect(incident(body).updates.map(({ word }) => word)).toEqual([
      'investigating',
      'resolved',
      'investigating',
      'resolved',
    ]);
  });

  test('are in the zone of the page’s own date where they state none', () => {
    const { events } = read(
      {
        'a.md': post('*Update 12:30*: Over.\n\n*Investigating* - We look.', {
          date: '2026-01-10T12:00:00+02:00',
          resolvedWhen: '2026-01-10T10:30:00Z',
        }),
      },
      { zone: null },
    );
    expect(updatesOf(events[0] as ImportedEvent)).toEqual([
      'investigating 01-10T10:00 We look.',
      'resolved 01-10T10:30 Over.',
    ]);
  });

  test('with the clock of the end and another day took place at the end', () => {
    const { kinds, ...event } = incident('We look.\n\n---\n\n2025-12-10 11:00 UTC\n\nIt is resolved.');
    expect(updatesOf(event)).toEqual(['update 01-10T10:00 We look.', 'resolved 01-10T11:00 It is resolved.']);
    expect(kinds).toContain('time-mended');
  });
});

describe('times of fields', () => {
  test('without a zone are refused with their number and the first of them', () => {
    const attempt = () => read({ 'a.md': post('A'), 'b.md': post('B') }, { zone: null });
    expect(attempt).toThrow(CommandError);
    expect(attempt).toThrow(
      '4 times in 2 files without a zone, and the configuration has none.\n' +
        'The first: content/issues/a.md:3 “2026-01-10 10:00:00”.\n' +
        'Add the time zone, for example --zone UTC or --zone Europe/Berlin. Nothing was written.',
    );
  });

  test.each(['timeZone: Europe/Berlin', 'params: { dateFormat: "January 2, 2006 at 3:04 PM UTC" }'])(
    'are in the zone of %j',
    (config) => {
      const { events, report } = read({ 'a.md': post('A') }, { zone: null, config: `title: A\n${config}` });
      const hour = config.startsWith('timeZone') ? '09' : '10';
      expect((events[0] as ImportedEvent).start).toBe(Date.parse(`2026-01-10T${hour}:00Z`));
      expect(report.entries.find(({ kind }) => kind === 'zone-given')?.place).toEqual({
        file: 'content/issues/a.md',
        line: 3,
      });
    },
  );

  test.each([
    ['2026-01-10T115:45', '2026-01-10 11:00:00', '2026-01-10T11:00Z'],
    ['none', '', '2026-01-09T00:00Z'],
  ])('a date of %j is taken from elsewhere', (date, resolvedWhen, expected) => {
    const { events, kinds } = read({ '2026-01-09-a.md': post('A', { date, resolvedWhen }) });
    expect((events[0] as ImportedEvent).start).toBe(Date.parse(expected));
    expect(kinds).toContain('start-missing');
  });

  test('that are nowhere lose the post, with its file and line', () => {
    const { events, report } = read({ 'a.md': post('A', { date: '$ISSUE_DATETIME', resolvedWhen: '' }) });
    expect(events).toEqual([]);
    expect(report.entries).toContainEqual(
      expect.objectContaining({ kind: 'event-unreadable', place: { file: 'content/issues/a.md', line: 3 } }),
    );
    expect([report.read.incidents, report.notWritten.incidents]).toEqual([1, 1]);
  });

  test('an end before the start is one of the same day, if that can be', () => {
    expect(incident('A', { resolvedWhen: '2026-01-09 11:00:00' }).endedAt).toBe(Date.parse('2026-01-10T11:00Z'));
    const impossible = incident('A', { resolvedWhen: '2026-01-09 09:00:00' });
    expect([impossible.endedAt, impossible.closed]).toEqual([undefined, true]);
    expect(impossible.kinds).toContain('ended-early');
  });
});

describe('what a post is', () => {
  test.each([
    ['down', 'major_outage'],
    ['Down', 'major_outage'],
    ['dissrupted', 'partial_outage'],
    ['notice', 'degraded_performance'],
    ['monitoring', 'degraded_performance'],
    ['', 'degraded_performance'],
  ])('severity %j', (severity, status) => {
    expect(Object.values(incident('A', { severity }).components)).toEqual([status]);
  });

  test('planned work is a maintenance: by its title, by its announcement, by its future', () => {
    const kindOf = (body: string, fields: Record<string, string>) =>
      read({ 'a.md': post(body, fields) }).events[0]?.kind;
    expect(kindOf('A', { title: 'Maintainance tonight', severity: 'down' })).toBe('maintenance');
    expect(kindOf('We will move it.', { title: 'Migration of the shop' })).toBe('maintenance');
    expect(kindOf('A', { severity: 'notice', date: '2026-04-01 10:00:00', resolvedWhen: '' })).toBe('maintenance');
    expect(kindOf('A', { title: 'Unplanned outage' })).toBe('incident');
    expect(kindOf('A', { title: 'Errors after maintenance' })).toBe('incident');
  });

  test('a maintenance has its window, and is announced at no known time while it lies ahead', () => {
    const fields = {
      title: 'Maintenance',
      resolved: 'false',
      date: '2026-04-01 10:00:00',
      resolvedWhen: '2026-04-01 12:00:00',
    };
    const event = read({ 'a.md': post('We will work.', fields) }).events[0] as ImportedEvent;
    expect(event).toMatchObject({
      start: Date.parse('2026-04-01T10:00Z'),
      until: Date.parse('2026-04-01T12:00Z'),
      announcement: 'We will work.',
      updates: [],
      closed: false,
    });
  });

  test('an informational post is a notice that is over, a pinned one stays open', () => {
    const fields = { informational: 'true', resolved: '', resolvedWhen: '', severity: '', affected: '' };
    const over = incident('A', fields);
    expect([over.impact, over.components, over.closed, over.updates.map(({ word }) => word)]).toEqual([
      'none',
      {},
      true,
      ['resolved'],
    ]);
    expect(incident('A', { ...fields, pin: 'true' }).closed).toBe(false);
  });

  test('drafts, other languages, other sections and what has expired are left out, and listed', () => {
    const { events, report } = read({
      'a.md': post('A', { draft: 'true' }),
      'b.md': post('A', { published: 'false' }),
      'c.de.md': post('A'),
      'd.md': post('A', { section: 'page' }),
      'e.md': post('A', { expiryDate: '2026-02-01' }),
      '_index.md': post('A'),
      'f.en.md': post('A'),
    });
    expect(events.map(({ identity }) => identity)).toEqual(['issues/f.md']);
    expect(report.entries.filter(({ place }) => place.file !== 'config.yml').map(({ kind }) => kind).slice(0, 6)).toEqual([
      'draft-left-out', 'draft-left-out', 'translation-left-out', 'file-ignored', 'expired-left-out', 'file-ignored',
    ]); // prettier-ignore
    expect(report.sources.map(({ as }) => as)).toEqual([
      'configuration',
      ...Array<string>(6).fill('not read'),
      'incident',
    ]);
  });

  test.each([
    ['yes', '', true],
    ['noe', '', false],
    ['notice', '2026-01-10 11:00:00', true],
    ['', '2026-01-10 11:00:00', true],
    ['false', '2026-01-10 11:00:00', false],
  ])('resolved: %s with an end of %j is %s', (resolved, resolvedWhen, closed) => {
    expect(incident('A', { resolved, resolvedWhen }).closed).toBe(closed);
  });
});

test('the page has the name of its title, without what Candor writes behind it', () => {
  const report = emptyReport('site', 'content', false);
  const { page } = readCstate(
    { configuration: [{ path: 'config.yml', text: CONFIG }], pages: [], others: [] },
    { now: NOW, zone: 'Europe/Berlin' },
    report,
  );
  expect(page).toEqual({
    name: 'Acme',
    url: 'https://status.acme.example',
    timeZone: 'Europe/Berlin',
    locale: 'en',
  });
});

describe('components', () => {
  test('are those of the configuration in its order, then what only incidents name, retired', () => {
    const { tree, events } = read({ 'a.md': post('A', { affected: '[checkout, "*.acme.example", ""]' }) });
    expect(tree).toMatchObject([
      { kind: 'group', name: 'Shop', children: [{ name: 'Checkout' }] },
      { kind: 'component', name: 'Website', description: 'The pages' },
      { kind: 'component', name: '*.acme.example', lastNamed: Date.parse('2026-01-10T10:00Z') },
    ]);
    expect(Object.keys(events[0]?.components ?? {})).toHaveLength(2);
  });

  test('are all of a category, or all there are, where that is named', () => {
    expect(Object.keys(incident('A', { affected: 'All' }).components)).toHaveLength(2);
    expect(Object.keys(incident('A', { affected: '[shop]' }).components)).toHaveLength(1);
  });

  test('are none where none are named in words', () => {
    expect(incident('A', { affected: '[nothing]' }).components).toEqual({});
  });

  test('are not retired where no configuration lists any', () => {
    const { tree } = read({ 'a.md': post('A') }, { config: 'title: A' });
    expect(tree).toEqual([{ kind: 'component', key: 'unlisted:checkout', name: 'Checkout' }]);
  });
});
