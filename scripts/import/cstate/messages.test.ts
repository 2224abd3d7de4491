import { describe, expect, test } from 'vitest';
import type { ImportedEvent } from '../model.ts';
import { incident, post, read, updatesOf } from '../../../src/__tests__/support/import-cstate.ts';

describe('the first message', () => {
  test('never begins with Update: what stands below the update came before it', () => {
    const { kinds, ...event } = incident('**Update** Water runs again in all halls.\n\nThere is no water in hall 3.');
    expect(updatesOf(event)).toEqual([
      'update 01-10T10:00 There is no water in hall 3.',
      'resolved 01-10T11:00 Water runs again in all halls.',
    ]);
    expect(kinds).toContain('first-message-parted');
    expect(kinds).not.toContain('resolved-added');
  });

  test('is below all updates of an open incident, and then comes first', () => {
    const body = '*Update* Half of it is back.\n\n*Update* A part is on its way.\n\nThe lift is out of order.';
    expect(updatesOf(incident(body, { resolved: 'false', resolvedWhen: '' }))).toEqual([
      'update 01-10T10:00 The lift is out of order.\n\n**Update**\n\nA part is on its way.\n\n**Update**\n\nHalf of it is back.',
    ]);
  });

  test('is the text above the only message that is marked', () => {
    expect(
      updatesOf(incident('Mail was late this morning and is back.\n\n## 2026-01-10, 10:40 UTC\n\nA disk was full.')),
    ).toEqual(['update 01-10T10:00 Mail was late this morning and is back.', 'update 01-10T10:40 A disk was full.']);
  });

  test('includes undated text above dated messages', () => {
    const body =
      'The lift is out of order.\n\n*Update 2026-01-10 10:30*: Parts came.\n\n*Investigating 2026-01-10 10:05*: We look.';
    expect(updatesOf(incident(body, { resolved: 'false', resolvedWhen: '' }))).toEqual([
      'investigating 01-10T10:05 The lift is out of order.\n\nWe look.',
      'update 01-10T10:30 Parts came.',
    ]);
  });

  test('is found by its text if only lines of dashes separate the messages', () => {
    const [older, newer] = ['We are investigating errors.', 'All servers are back online.'];
    const expected = [`update 01-10T10:00 ${older}`, `resolved 01-10T11:00 ${newer}`];
    expect(updatesOf(incident(`${older}\n\n---\n\n${newer}`))).toEqual(expected);
    expect(updatesOf(incident(`${newer}\n\n---\n\n${older}`))).toEqual(expected);
  });
});

describe('headings and bold words', () => {
  test('on the level of a marked heading begin messages, and their words stay', () => {
    const body =
      '### The office is warm again ###\nThank you for waiting.\n\n### Update 2, the parts are here\nWe fit them now.\n\n### Heating fails ###\nIt is cold in the office.';
    expect(updatesOf(incident(body, { title: 'Heating' }))).toEqual([
      'update 01-10T10:00 **Heating fails**\n\nIt is cold in the office.',
      'resolved 01-10T11:00 **The office is warm again**\n\nThank you for waiting.\n\n**&#85;pdate 2, the parts are here**\n\nWe fit them now.',
    ]);
  });

  test('of planned work make an announcement, what is said while it runs, and its end', () => {
    const body =
      '#### Work finished ####\nThe pumps run.\n\n#### Update 1, one pump runs\nThe other follows.\n\n#### Planned work ####\nWe will stop both pumps.';
    const { events } = read({ 'a.md': post(body, { title: 'Planned work on pumps', severity: 'notice' }) });
    const event = events[0] as ImportedEvent;
    expect(event.announcement).toBe('**Planned work**\n\nWe will stop both pumps.');
    expect(updatesOf(event)).toEqual([
      'in_progress 01-10T10:00 **&#85;pdate 1, one pump runs**\n\nThe other follows.',
      'completed 01-10T11:00 **Work finished**\n\nThe pumps run.',
    ]);
  });

  test('inside a message do not split it', () => {
    const body =
      '## Update 11:00 UTC\nIt is resolved.\n\n---\n\nWe look.\n\n### Impact on users\nNone.\n\n## Details\nMore.';
    expect(updatesOf(incident(body))).toEqual([
      'update 01-10T10:00 We look.\n\n#### Impact on users\n\nNone.\n\n### Details\n\nMore.',
      'resolved 01-10T11:00 It is resolved.',
    ]);
  });

  test('that look back on what is over become a postmortem', () => {
    const body =
      '## Summary\n\nA switch broke.\n\n---\n\n*Investigating* - We look. {{< track "2026-01-10 10:00" >}}\n\n*Resolved* - Over. {{< track "2026-01-10 11:00" >}}';
    expect(updatesOf(incident(body))).toEqual([
      'investigating 01-10T10:00 We look.',
      'resolved 01-10T11:00 Over.',
      'postmortem 01-10T11:00 ### Summary\n\nA switch broke.',
    ]);
  });

  test('name messages in other languages', () => {
    const body =
      '# Update 10.01.2026 / 11:00 Uhr\nBehoben.\n\n# Update 10.01.2026 / 10:30 Uhr\nWir suchen.\n\n# Ursprüngliche Meldung:\nDie Seite ist nicht erreichbar.';
    expect(updatesOf(incident(body))).toEqual([
      'investigating 01-10T10:00 Die Seite ist nicht erreichbar.',
      'update 01-10T10:30 Wir suchen.',
      'resolved 01-10T11:00 Behoben.',
    ]);
  });
});

describe('times in texts', () => {
  test('12 AM is midnight, and 12 PM is noon', () => {
    const body = '2026-01-10 11:50 PM - One.\n\n2026-01-11 12:39 AM - Two.\n\n2026-01-11 12:15 PM - Three.';
    const fields = { date: '2026-01-10 23:50:00', resolved: 'false', resolvedWhen: '' };
    expect(updatesOf(incident(body, fields)).map((line) => line.slice(7, 18))).toEqual([
      '01-10T23:50', '01-11T00:39', '01-11T12:15',
    ]); // prettier-ignore
  });

  test('in a heading have their zone, and the day that is nearest', () => {
    const body = '#### UPDATE 11:44 CEST 06/05/2025: lights are on again\n\nThe lights went out.';
    const fields = { date: '2025-05-06 09:00:00', resolvedWhen: '2025-05-06 12:00:00' };
    expect(updatesOf(incident(body, fields))).toEqual([
      'update 05-06T09:00 The lights went out.',
      'update 05-06T09:44 **lights are on again**',
    ]);
  });

  test('that name only a day are on that day, between their neighbours', () => {
    const body = '## Update 12.01.2026\nAlmost.\n\n## Update 11.01.2026\nBetter.\n\nIt is slow.';
    const { kinds, ...event } = incident(body, { resolvedWhen: '2026-01-13 09:00:00' });
    expect(updatesOf(event)).toEqual([
      'update 01-10T10:00 It is slow.',
      'update 01-11T12:00 Better.',
      'update 01-12T12:00 Almost.',
    ]);
    expect(kinds.filter((kind) => kind === 'time-mended')).toHaveLength(2);
  });

  test('whose year is clearly wrong are in the year of the start', () => {
    const body = '## Update 2062-01-10 10:30 UTC\nBetter.\n\nIt is slow.';
    expect(updatesOf(incident(body, { resolved: 'false', resolvedWhen: '' })).at(-1)).toBe(
      'update 01-10T10:30 Better.',
    );
  });
});

describe('times of texts that are whole hours from the front matter', () => {
  const fields = { date: '2026-01-10T10:13:40Z', resolvedWhen: '2026-01-10T10:39:00Z' };
  const body =
    '*Identified* - It leaks. {{< track "2026-01-10 12:20:00" >}}\n\n*Resolved* - It is dry. {{< track "2026-01-10 12:39:00" >}}';

  test('are in a zone, which is reported as a guess', () => {
    const { events, report } = read({ 'a.md': post(body, fields) }, { zone: null });
    expect(events.map(updatesOf)).toEqual([['identified 01-10T10:20 It leaks.', 'resolved 01-10T10:39 It is dry.']]);
    expect(report.entries).toContainEqual(
      expect.objectContaining({
        kind: 'zone-inferred',
        outcome: 'guessed',
        reason: 'The times in its text are 2 hours ahead of those in its front matter, so they were read as UTC+2.',
      }),
    );
  });

  test('are in the zone that is given', () => {
    const { events, kinds } = read({ 'a.md': post(body, fields) }, { zone: 'Europe/Kyiv' });
    expect(events.map(updatesOf)).toEqual([['identified 01-10T10:20 It leaks.', 'resolved 01-10T10:39 It is dry.']]);
    expect(kinds).not.toContain('zone-inferred');
  });

  test('are in UTC if only one of them differs, and no other post does', () => {
    const one = post('*Update* - More. {{< track "2026-01-10 12:13:40" >}}', {
      ...fields,
      resolved: 'false',
      resolvedWhen: '',
    });
    const events = (pages: Record<string, string>) => read(pages, { zone: null }).events.map(updatesOf);
    expect(events({ 'a.md': one })).toEqual([['update 01-10T12:13 More.']]);
    expect(events({ 'a.md': one, 'b.md': post(body, fields) })[0]).toEqual(['update 01-10T10:13 More.']);
  });
});

test('a day that does not exist is told by the first message, with the guess and its line', () => {
  const body = '2026-01-31 23:10 UTC - It begins.\n\n2026-02-01 00:20 UTC - It is over.';
  const { kinds, ...event } = incident(body, { date: '2026-02-30', resolvedWhen: '2026-02-01 00:20:00' });
  expect(updatesOf(event)).toEqual(['update 01-31T23:10 It begins.', 'resolved 02-01T00:20 It is over.']);
  expect(kinds).toEqual(expect.arrayContaining(['time-unreadable', 'start-missing']));
});

test.each(['partner-portal', 'Partner-Portal', 'PartnerPortal', 'partner  portal'])(
  'the name %j is that of the component which it is the slug of',
  (name) => {
    const config = 'title: Acme\nparams:\n  systems:\n    - name: Partner Portal\n    - name: www.acme.example Site';
    const { tree, kinds } = read({ 'a.md': post('A', { affected: `[${name}, www.acme.example-site]` }) }, { config });
    expect(tree).toHaveLength(2);
    expect(kinds.filter((kind) => kind === 'component-by-name')).toHaveLength(2);
  },
);
