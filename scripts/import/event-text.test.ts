import { isUnedited, readMark } from '../lib/import-mark.ts';
import { expect, test } from 'vitest';
import { splitFrontMatter } from '../../src/reader/yaml/front-matter.ts';
import { assignIds } from './components.ts';
import { eventText } from './run.ts';
import type { ImportedEvent } from './model.ts';

const PLACE = { file: 'incidents.json' };
const IDS = assignIds(
  [
    { kind: 'component', key: 'c1', name: 'API' },
    { kind: 'component', key: 'c2', name: 'Web' },
  ],
  [],
);
const INCIDENT: ImportedEvent = {
  kind: 'incident',
  identity: 'x1',
  place: PLACE,
  title: 'vega: MySQL "slow" - 🚀',
  impact: 'minor',
  components: { c1: 'partial_outage' },
  closed: true,
  start: at('10:00:00'),
  updates: [
    { word: 'investigating', at: at('10:00:05'), body: 'One.\n\nTwo.', place: PLACE },
    {
      word: 'update',
      at: at('10:10:00'),
      body: '',
      components: { c2: 'major_outage', c1: 'operational' },
      edited: at('11:00:00'),
      place: PLACE,
    },
  ],
};

test('an incident is written oldest first, with its statuses and labels', () => {
  expect(unmarked(eventText(INCIDENT, IDS, 'statuspage'))).toBe(`---
title: 'vega: MySQL "slow" - 🚀'
impact: minor
components:
  api: partial_outage
started: 2026-01-10 10:00 UTC
---

## Investigating · 2026-01-10 10:00:05 UTC

One.

Two.

## Update · 2026-01-10 10:10 UTC

- **Components:** web: major outage, api: operational
- **Edited:** 2026-01-10 11:00 UTC
`);
});

test('two braces of a title are parted, since they would begin a blank', () => {
  const title = 'Mails say {{first_name}}';
  expect(eventText({ ...INCIDENT, title }, IDS, 'statuspage')).toContain('title: Mails say { {first_name}}\n');
});

test('a start that is the first update’s is not written twice', () => {
  expect(eventText({ ...INCIDENT, start: at('10:00:05') }, IDS, 'statuspage')).not.toContain('started');
});

test('a maintenance lists its components, with statuses only where they are others than under maintenance', () => {
  const { title, identity, place, closed } = INCIDENT;
  const base = { title, identity, place, closed, start: at('10:00:00'), until: at('12:00:00'), updates: [] };
  const maintenance: ImportedEvent = { kind: 'maintenance', ...base, components: { c1: 'under_maintenance' } };
  expect(eventText(maintenance, IDS, 'statuspage')).toContain(
    'components:\n  - api\nscheduled: 2026-01-10 10:00 UTC\nuntil: 2026-01-10 12:00 UTC\n',
  );
  const other = { ...maintenance, components: { c1: 'operational', c2: 'under_maintenance' } as const };
  expect(eventText(other, IDS, 'statuspage')).toContain('components:\n  api: operational\n  web: under_maintenance\n');
});

test.each([
  '- x',
  '"quotes"',
  "it's",
  '@x',
  '&x',
  '*x',
  '#x',
  '!x',
  '%x',
  '|',
  '> x',
  '? x',
  '{x}',
  '[x]',
  'null',
  '123',
  'x: y #z',
  '---',
  'a'.repeat(300),
])('the title %s survives', (title) => {
  const problems: string[] = [];
  const file = splitFrontMatter(eventText({ ...INCIDENT, title }, IDS, 'statuspage'), '', (ruleId) =>
    problems.push(ruleId),
  );
  expect(problems).toEqual([]);
  expect((file?.yaml?.value as { title: string }).title).toBe(title);
});

test('a mark says what was imported, and whether it was edited since', () => {
  const text = eventText(INCIDENT, IDS, 'statuspage');
  const mark = readMark(text);
  expect(mark).toMatchObject({ source: 'statuspage', identity: 'x1' });
  expect(mark && isUnedited(text, mark)).toBe(true);
  expect(mark && isUnedited(text.replaceAll('\n', '\r\n'), mark)).toBe(true);
  expect(mark && isUnedited(text.replace('One.', 'Uno.'), mark)).toBe(false);
});

test('a text that quotes a mark is none', () => {
  expect(readMark('---\ntitle: A\n---\n\n# Imported from statuspage x1 (0123456789ab)\n')).toBeUndefined();
});

function unmarked(text: string): string {
  return text.replace(/^# Imported.*\n/m, '');
}

function at(clock: string): number {
  return Date.parse(`2026-01-10T${clock}Z`);
}

test('an announcement stands before all updates, and an end of its own below the last', () => {
  const { start: _, ...common } = INCIDENT;
  const window = { start: at('10:00'), until: at('11:00'), announcement: 'We will work.', updates: [] };
  expect(eventText({ ...common, kind: 'maintenance', ...window }, IDS, 'cstate')).toMatch(/\n---\n\nWe will work\.\n$/);
  const place = { file: 'a.md' };
  const update = { word: 'resolved' as const, at: at('11:00'), ended: at('10:30'), body: 'Over.', place };
  expect(eventText({ ...INCIDENT, updates: [update] }, IDS, 'cstate')).toContain('Over.\n\n- **Ended:** 2026-');
});
