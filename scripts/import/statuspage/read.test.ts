import { describe, expect, test } from 'vitest';
import type { ImportedContent } from '../model.ts';
import { emptyReport, type Report } from '../report.ts';
import { formatTime } from '../../../src/core/time-text.ts';
import { readStatuspage } from './read.ts';

const PAGE = { name: 'Acme', url: 'https://status.acme.example', time_zone: 'Europe/Berlin' };
const COMPONENTS = [
  { id: 'g1', name: 'Shop', group: true, position: 2, components: ['c1', 'c2'] },
  { id: 'c2', name: 'Cart', group_id: 'g1', group: false, position: 2, start_date: '2024-01-01' },
  { id: 'c1', name: 'Checkout', group_id: 'g1', group: false, position: 1, description: 'Paying' },
  { id: 'c3', name: 'Website', group_id: null, group: false, position: 1 },
];

describe('components', () => {
  test('stand in their groups, by position', () => {
    const { content } = read({ page: PAGE, components: COMPONENTS, incidents: [] });
    expect(content.tree).toEqual([
      { kind: 'component', key: 'c3', name: 'Website' },
      {
        kind: 'group',
        name: 'Shop',
        children: [
          { kind: 'component', key: 'c1', name: 'Checkout', description: 'Paying' },
          { kind: 'component', key: 'c2', name: 'Cart', since: '2024-01-01' },
        ],
      },
    ]);
    expect(content.page).toEqual({ name: 'Acme', url: 'https://status.acme.example', timeZone: 'Europe/Berlin' });
  });

  test('that no list has are retired with the last event that names them', () => {
    const incidents = [
      incident({ id: 'a', started_at: '2026-01-10T10:00:00Z', components: [{ id: 'x', name: 'FTP' }] }),
      incident({
        id: 'b',
        started_at: '2026-01-20T10:00:00Z',
        components: [{ id: 'y', name: 'ftp' }],
        incident_updates: [],
      }),
    ];
    const { content, kinds } = read({ page: PAGE, components: COMPONENTS, incidents });
    expect(content.tree.at(-1)).toEqual({
      kind: 'component',
      key: 'unlisted:ftp',
      name: 'FTP',
      lastNamed: Date.parse('2026-01-20T10:00Z'),
    });
    expect(kinds).toContain('component-retired');
    expect(read({ page: PAGE, incidents }).content.tree).toEqual([
      { kind: 'component', key: 'unlisted:ftp', name: 'FTP' },
    ]);
  });

  test('are found by name under another id, by their group, and not where nothing was affected', () => {
    const components = [
      { id: 'other', name: 'website' },
      { id: 'g1', name: 'Shop' },
      { id: '0', name: 'No components were affected by this update.' },
    ];
    const { content, kinds } = read({ page: PAGE, components: COMPONENTS, incidents: [incident({ components })] });
    expect(Object.keys(content.events[0]?.components ?? {})).toEqual(['c3', 'c2', 'c1']);
    expect(kinds).toEqual(['component-by-name', 'group-affected', 'status-from-impact']);
  });
});

describe('statuses of components', () => {
  test('follow the updates, and change where they change', () => {
    const { lines, content, kinds } = read({
      page: PAGE,
      components: COMPONENTS,
      incidents: [
        incident({
          components: [
            { id: 'c1', name: 'Checkout' },
            { id: 'c3', name: 'Website' },
          ],
          incident_updates: [
            update('resolved', '12:00', {
              affected_components: [affected('c1', 'operational'), affected('c2', 'degraded_performance')],
            }),
            update('monitoring', '11:30', { affected_components: null }),
            update('identified', '11:00', {
              affected_components: [affected('c1', 'partial_outage'), affected('c2', 'major_outage')],
            }),
            update('investigating', '10:00', { affected_components: [affected('c1', 'partial_outage')] }),
          ],
        }),
      ],
    });
    expect(content.events[0]?.components).toEqual({ c1: 'partial_outage', c3: 'degraded_performance' });
    expect(lines).toEqual([
      'investigating 10:00',
      'identified 11:00 c2=major_outage',
      'monitoring 11:30',
      'resolved 12:00',
    ]);
    expect(kinds).toEqual(['status-from-impact', 'end-status-left-out']);
  });

  test.each([
    ['minor', 'degraded_performance'],
    ['major', 'partial_outage'],
    ['critical', 'major_outage'],
    ['none', 'operational'],
  ])('follow the impact %s where the source says none: %s', (impact, status) => {
    const { content } = read({ components: COMPONENTS, incidents: [incident({ impact, components: [{ id: 'c1' }] })] });
    expect(content.events[0]).toMatchObject({ impact, components: { c1: status } });
  });
});

describe('updates', () => {
  test('keep their order at one time, seconds, and the hour of their last correction', () => {
    const { lines, content } = read({
      incidents: [
        incident({
          incident_updates: [
            update('resolved', '11:00', { body: 'Third' }),
            update('monitoring', '11:00', { body: 'Second' }),
            {
              status: 'Investigating',
              body: 'First',
              created_at: '2026-01-10T10:00:01.713Z',
              updated_at: '2026-01-10T12:00:02.001Z',
            },
          ],
        }),
      ],
    });
    expect(lines).toEqual(['investigating 10:00', 'monitoring 11:00', 'resolved 11:00']);
    expect(content.events[0]?.updates.map(({ body }) => body)).toEqual(['First', 'Second', 'Third']);
    const [first] = content.events[0]?.updates ?? [];
    expect([first?.at, first?.edited].map((time) => formatTime(time ?? 0))).toEqual([
      '2026-01-10 10:00:01 UTC',
      '2026-01-10 12:00:02 UTC',
    ]);
  });

  test('after the end do not open the incident again if the source has it over', () => {
    const after = [
      update('monitoring', '13:00', { body: '## Summary\n**Fixed**' }),
      update('identified', '12:30', { body: 'More' }),
    ];
    const incident_updates = [...after, update('resolved', '12:00'), update('investigating', '10:00')];
    const over = incident({ resolved_at: '2026-01-10T12:00:00Z', incident_updates });
    expect(read({ incidents: [over] }).lines).toEqual([
      'investigating 10:00',
      'resolved 12:00',
      'update 12:30',
      'postmortem 13:00',
    ]);
    expect(read({ incidents: [over] }).content.events[0]?.updates.at(-1)?.body).toBe('### Summary\n\n**Fixed**');
    const reopened = { ...over, resolved_at: '2026-01-10T14:00:00Z' };
    expect(read({ incidents: [reopened] }).lines.slice(2)).toEqual(['identified 12:30', 'monitoring 13:00']);
  });

  test('without a time or a shape are lost and counted', () => {
    const { report, kinds } = read({
      incidents: [incident({ incident_updates: [update('investigating', '10:00'), { status: 'resolved' }, 'x'] })],
    });
    expect(kinds).toEqual(['update-unreadable', 'update-unreadable']);
    expect([report.read.updates, report.notWritten.updates]).toEqual([3, 2]);
  });

  test('of a status that Candor does not have are updates', () => {
    const { lines, kinds } = read({ incidents: [incident({ incident_updates: [update('Mitigated', '10:00')] })] });
    expect(lines).toEqual(['update 10:00']);
    expect(kinds).toEqual(['unknown-status']);
  });
});

describe('events', () => {
  test('without a title, an impact or a readable start are listed with what was guessed', () => {
    const { content, kinds } = read({ incidents: [incident({ name: ' ', impact: 'dire', started_at: null })] });
    expect(content.events[0]).toMatchObject({ title: 'Untitled', start: Date.parse('2026-01-10T10:00Z') });
    expect(kinds).toEqual(['title-added', 'unknown-impact', 'start-missing']);
  });

  test('that start after their first update start with it', () => {
    const { content, kinds } = read({ incidents: [incident({ started_at: '2026-01-10T10:30:00Z' })] });
    expect(content.events[0]).toMatchObject({ start: Date.parse('2026-01-10T10:00Z') });
    expect(kinds).toEqual(['started-late']);
  });

  test('without an id are lost and counted', () => {
    const { report, kinds } = read({ page: PAGE, incidents: [{ name: 'A', incident_updates: [{}, {}] }] });
    expect(kinds).toEqual(['event-unreadable']);
    expect(report.notWritten).toEqual({ incidents: 1, maintenance: 0, updates: 2 });
    expect(report.read).toMatchObject({ incidents: 1, updates: 2 });
  });

  test('that stand in several files count once, the newest', () => {
    const older = { incidents: [incident({ updated_at: '2026-01-10T11:00:00Z', name: 'Older' })] };
    const newer = { incidents: [incident({ updated_at: '2026-01-10T12:00:00Z', name: 'Newer' })] };
    for (const order of [
      [newer, older],
      [older, newer, newer],
    ]) {
      const { content, kinds } = read(...order);
      expect(content.events.map(({ title }) => title)).toEqual(['Newer']);
      expect(kinds).toEqual(['duplicate']);
    }
  });

  test('are read one a line as well, with the names that saved feeds use', () => {
    const { content, lines } = read({
      id: '1',
      title: 'Saved',
      url: 'https://status.acme.example/incidents/x',
      impact: 'minor',
      started_at: '2026-01-10T10:00:00Z',
      components: ['API'],
      updates: [{ at: '2026-01-10T10:00:00Z', status: 'Investigating', message: 'Text' }],
    });
    expect(content.events[0]).toMatchObject({ title: 'Saved', components: { 'unlisted:api': 'degraded_performance' } });
    expect(lines).toEqual(['investigating 10:00']);
    expect(content.page).toEqual({ name: 'status.acme.example', url: 'https://status.acme.example' });
  });
});

describe('a maintenance', () => {
  const base = {
    id: 'm',
    name: 'Upgrade',
    status: 'completed',
    impact: 'maintenance',
    scheduled_for: '2026-01-10T10:00:00.000Z',
    scheduled_until: '2026-01-10T12:00:00.000Z',
    components: [{ id: 'c1', name: 'Checkout' }],
    incident_updates: [
      update('completed', '11:50', { affected_components: [affected('c1', 'operational')] }),
      update('verifying', '11:30', { affected_components: [affected('c1', 'operational')] }),
      update('in_progress', '10:00', { affected_components: [affected('c1', 'under_maintenance')] }),
      update('scheduled', '08:00', { affected_components: [affected('c1', 'operational')] }),
    ],
  };

  test('has its window, and its components under maintenance until an update says otherwise', () => {
    const { content, lines, kinds } = read({ components: COMPONENTS, scheduled_maintenances: [base] });
    expect(content.events[0]).toMatchObject({ kind: 'maintenance', components: { c1: 'under_maintenance' } });
    expect(lines).toEqual([
      'scheduled 08:00',
      'in_progress 10:00',
      'verifying 11:30 c1=operational',
      'completed 11:50',
    ]);
    expect(kinds).toEqual([]);
  });

  test('names a component at the update that first affects it', () => {
    const [completed, verifying, ...rest] = base.incident_updates;
    const late = { ...verifying, affected_components: [affected('c3', 'partial_outage')] };
    const grown = { ...base, incident_updates: [completed, late, ...rest] };
    const { content, lines } = read({ components: COMPONENTS, scheduled_maintenances: [grown] });
    expect(content.events[0]?.components).toEqual({ c1: 'under_maintenance' });
    expect(lines[2]).toBe('verifying 11:30 c3=partial_outage');
  });

  test('keeps an impact that Candor has', () => {
    expect(read({ scheduled_maintenances: [{ ...base, impact: 'major' }] }).content.events[0]?.impact).toBe('major');
  });

  test('without a window has that of its updates', () => {
    const open = { ...base, scheduled_for: null, scheduled_until: '' };
    const { content, kinds } = read({ components: COMPONENTS, incidents: [open] });
    expect(content.events[0]).toMatchObject({
      start: Date.parse('2026-01-10T10:00Z'),
      until: Date.parse('2026-01-10T11:50Z'),
    });
    expect(kinds).toEqual(['window-missing']);
  });

  test('with statuses of incidents has those of maintenance', () => {
    const { lines } = read({
      scheduled_maintenances: [
        { ...base, incident_updates: [update('resolved', '11:00'), update('identified', '10:00')] },
      ],
    });
    expect(lines).toEqual(['in_progress 10:00', 'completed 11:00']);
  });
});

test('files that say nothing of a status page are refused', () => {
  expect(() => read({ other: 1 })).toThrow('There is no status page in acme');
});

function read(...values: unknown[]) {
  const report: Report = emptyReport('acme', 'content', false);
  const documents = values.map((value, index) => ({ place: { file: `${index}.json` }, value }));
  const content: ImportedContent = readStatuspage(documents, false, report);
  const lines = (content.events[0]?.updates ?? []).map(({ word, at, components }) =>
    [word, formatTime(at).slice(11, 16), ...Object.entries(components ?? {}).map((pair) => pair.join('='))].join(' '),
  );
  const kinds = report.entries.map(({ kind }) => kind).filter((kind) => kind !== 'page-guessed');
  return { content, report, lines, kinds };
}

function incident(fields: object): object {
  return {
    id: 'i',
    name: 'Errors',
    status: 'resolved',
    impact: 'minor',
    started_at: '2026-01-10T10:00:00.000Z',
    resolved_at: null,
    incident_updates: [update('investigating', '10:00')],
    ...fields,
  };
}

function update(status: string, clock: string, fields: object = {}): object {
  return {
    status,
    body: 'Text.',
    display_at: `2026-01-10T${clock}:00.000Z`,
    created_at: `2026-01-10T${clock}:00.000Z`,
    ...fields,
  };
}

function affected(code: string, new_status: string): object {
  return { code, name: code, old_status: 'operational', new_status };
}
