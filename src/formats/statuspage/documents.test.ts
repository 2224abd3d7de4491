import type { StatuspagePage } from './page.ts';
import { describe, expect, test } from 'vitest';
import { incident } from '../../__tests__/support/reader.ts';
import { HOSTILE } from '../../__tests__/support/hostile-strings.ts';
import { contextOf } from '../../__tests__/support/formats.ts';
import type { StatuspageComponent } from './components.ts';
import { DOCUMENT_NAMES, statuspageDocument } from './documents.ts';
import type { StatuspageIncident, StatuspageMaintenance } from './events.ts';
import { wrongWithDocument } from '../../__tests__/support/statuspage.ts';

interface AnyDocument {
  page: StatuspagePage;
  status: { indicator: string; description: string };
  components: StatuspageComponent[];
  incidents: StatuspageIncident[];
  scheduled_maintenances: StatuspageMaintenance[];
}

function read(name: (typeof DOCUMENT_NAMES)[number], files: Record<string, string>, now?: number): AnyDocument {
  return JSON.parse(statuspageDocument(name, contextOf(files, now))) as AnyDocument;
}

const OPEN = incident(
  '## Investigating · 2026-11-20 09:20 UTC\n\nWe look.',
  'title: Open\ncomponents: { checkout: partial_outage }',
);
const OVER = incident(
  '## Resolved · 2026-11-19 09:20 UTC\n\nIt works.',
  'title: Over\ncomponents: { checkout: major_outage }',
);
const work = (title: string, day: string) =>
  `---\ntitle: ${title}\ncomponents: [payments-api]\nscheduled: ${day} 11:00 UTC\nuntil: ${day} 13:00 UTC\n---\n`;

const FILES = {
  'incidents/open.md': OPEN,
  'incidents/over.md': OVER,
  'maintenance/past.md': work('Past', '2026-11-19'),
  'maintenance/now.md': work('Now', '2026-11-20'),
  'maintenance/soon.md': work('Soon', '2026-11-21'),
  'maintenance/later.md': work('Later', '2026-11-22'),
};

const names = (list: readonly { name: string }[]) => list.map(({ name }) => name);

test('the documents are those of Statuspage', () => {
  expect(DOCUMENT_NAMES).toEqual([
    'summary',
    'status',
    'components',
    'incidents',
    'incidents/unresolved',
    'scheduled-maintenances',
    'scheduled-maintenances/upcoming',
    'scheduled-maintenances/active',
  ]);
});

test.each(DOCUMENT_NAMES)('%s is what the schema says', (name) => {
  expect(wrongWithDocument(name, read(name, FILES))).toEqual([]);
  expect(wrongWithDocument(name, read(name, {}))).toEqual([]);
});

test('the summary has what is unresolved or to come, the others what they are named for', () => {
  const { incidents, scheduled_maintenances: planned, components } = read('summary', FILES);
  expect(names(incidents)).toEqual(['Open']);
  expect(names(planned)).toEqual(['Now', 'Soon', 'Later']);
  expect(names(components)).toEqual(['Shop', 'Checkout', 'Payments API']);
  expect(names(read('incidents', FILES).incidents)).toEqual(['Open', 'Over']);
  expect(names(read('incidents/unresolved', FILES).incidents)).toEqual(['Open']);
  expect(names(read('scheduled-maintenances', FILES).scheduled_maintenances)).toEqual(['Later', 'Soon', 'Now', 'Past']);
  expect(names(read('scheduled-maintenances/upcoming', FILES).scheduled_maintenances)).toEqual(['Soon', 'Later']);
  expect(names(read('scheduled-maintenances/active', FILES).scheduled_maintenances)).toEqual(['Now']);
});

test('a cancelled maintenance is neither upcoming nor active', () => {
  const text = work('Off', '2026-11-21') + '\n## Cancelled · 2026-11-20 10:00 UTC\n\nNot this time.\n';
  const files = { 'maintenance/off.md': text };
  expect(read('summary', files).scheduled_maintenances).toEqual([]);
  expect(read('scheduled-maintenances', files).scheduled_maintenances[0]?.status).toBe('completed');
});

test.each([
  [{}, 'none', 'All Systems Operational'],
  [{ 'incidents/a.md': OPEN }, 'minor', 'Minor Service Outage'],
  [{ 'maintenance/a.md': work('Now', '2026-11-20') }, 'maintenance', 'Service Under Maintenance'],
  [{ 'incidents/a.md': OPEN.replace('partial', 'major') }, 'major', 'Partial System Outage'],
])('the rollup has the words of Statuspage (%#)', (files, indicator, description) => {
  expect(read('status', files).status).toEqual({ indicator, description });
});

describe('the page', () => {
  test('has an address without a slash at the end, also below a path', () => {
    expect(read('status', {}).page.url).toBe('https://status.acme.example');
    const site = 'name: Acme\nurl: https://acme.example/status/\n';
    expect(read('status', { 'site.yml': site }).page.url).toBe('https://acme.example/status');
  });

  test('changed when anything was last said, corrected or turned by the clock', () => {
    expect(read('status', { 'incidents/a.md': OPEN }).page.updated_at).toBe('2026-11-20T09:20:00.000Z');
    const edited = OPEN.trimEnd() + '\n\n- **Edited:** 10:00 UTC\n';
    expect(read('status', { 'incidents/a.md': edited }).page.updated_at).toBe('2026-11-20T10:00:00.000Z');
    expect(read('status', FILES).page.updated_at).toBe('2026-11-20T11:00:00.000Z');
  });

  test('changes with nothing else', () => {
    const later = Date.parse('2026-12-24T00:00Z');
    const { 'incidents/open.md': open, 'incidents/over.md': over } = FILES;
    const files = { 'incidents/open.md': open, 'incidents/over.md': over };
    expect(read('summary', files, later)).toEqual(read('summary', files));
  });
});

describe('the long lists', () => {
  const many = Object.fromEntries(
    Array.from({ length: 53 }, (_, index) => {
      const time = `2026-10-${String(1 + Math.floor(index / 2)).padStart(2, '0')} ${index % 2 === 0 ? '08' : '20'}:00 UTC`;
      return [
        `incidents/i-${String(index)}.md`,
        incident(`## Resolved · ${time}\n\nOver.`, `title: ${String(index)}\nimpact: minor`),
      ];
    }),
  );

  test('hold the newest fifty', () => {
    const expected = Array.from({ length: 50 }, (_, index) => String(52 - index));
    expect(names(read('incidents', many).incidents)).toEqual(expected);
  });

  test('render nothing else', () => {
    const context = contextOf(many);
    for (const { updates } of context.ledger.content.incidents.slice(50)) {
      Object.defineProperty(updates[0], 'body', { get: () => expect.unreachable('An older incident is rendered.') });
    }
    for (const name of DOCUMENT_NAMES) statuspageDocument(name, context);
  });
});

test('no two things of a site have the same id', () => {
  const ids: string[] = [];
  JSON.stringify(
    { ...read('incidents', FILES), ...read('scheduled-maintenances', FILES), all: read('components', FILES) },
    (key, value: unknown) => {
      if (key === 'incidents' || key === 'scheduled_maintenances')
        for (const { id } of value as { id: string }[]) ids.push(id);
      if (key === 'incident_updates') for (const { id } of value as { id: string }[]) ids.push(id);
      if (key === 'all') for (const { id } of (value as AnyDocument).components) ids.push(id);
      return value;
    },
  );
  expect(ids.length).toBeGreaterThan(15);
  expect(new Set(ids).size).toBe(ids.length);
});

test('half a surrogate pair and what XML forbids do not get out', () => {
  const context = contextOf({ 'incidents/a.md': OPEN });
  const [one] = context.ledger.content.incidents;
  Object.assign(one ?? {}, { title: HOSTILE.join('') });
  expect(statuspageDocument('incidents', context)).not.toMatch(/\\u(d[89a-f]|00[01])/);
  expect(wrongWithDocument('incidents', JSON.parse(statuspageDocument('incidents', context)))).toEqual([]);
});
