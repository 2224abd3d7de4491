import { describe, expect, it } from 'vitest';
import type { Diagnostic } from '../../core/diagnostic.ts';
import type { Maintenance } from '../../core/model.ts';
import { incident, readFiles } from '../../__tests__/support/reader.ts';

const FRONT = `title: Database upgrade
components: [checkout]
scheduled: 2026-11-20 10:00 UTC
until: 2026-11-20 14:00 UTC`;

function reading(text: string, front = FRONT): { event: Maintenance | undefined; wrong: string[]; all: Diagnostic[] } {
  const { content, diagnostics } = readFiles({ 'maintenance/a.md': incident(text, front) });
  const wrong = diagnostics.map(({ line, column, ruleId }) => `${String(line)}:${String(column)} ${ruleId}`);
  return { event: content?.maintenance[0], wrong, all: diagnostics };
}

function read(text: string, front?: string): Maintenance {
  const { event, all } = reading(text, front);
  expect(all).toEqual([]);
  if (!event) throw new Error('No maintenance was read.');
  return event;
}

describe('maintenance', () => {
  it('keeps its ticket, if it has one', () => {
    expect(read('', `${FRONT}\nreference: OPS-1`).reference).toBe('OPS-1');
    expect(read('')).not.toHaveProperty('reference');
  });

  it.each([
    ['components: [checkout]', 'minor'],
    ['components: { checkout: major_outage }', 'critical'],
    ['components: { checkout: partial_outage }\nimpact: minor', 'minor'],
    ['impact: major', 'major'],
    ['areas: [Europe]', 'none'],
  ])('with “%s” has the impact %s', (line, impact) => {
    expect(read('', FRONT.replace('components: [checkout]', line)).impact).toBe(impact);
  });

  it('is told to its readers without anybody saying more', () => {
    expect(read('').updates).toEqual([]);
    expect(read('')).not.toHaveProperty('announcement');
  });

  it('ends after it starts', () => {
    expect(reading('', FRONT.replace('14:00', '10:00')).wrong).toEqual(['5:8 times-reversed']);
  });

  it('whose front matter is broken has its updates checked all the same', () => {
    const text = '## Scheduled · 2026-11-20 09:00 UTC\n\n- **Next update:** soon';
    const { wrong, event } = reading(text, FRONT.replace('until', 'untill'));
    expect(wrong).toContain('10:20 time-invalid');
    expect(event).toBeUndefined();
  });
});

describe('the updates of maintenance', () => {
  it('that say Update repeat what the clock or somebody has said', () => {
    const times = ['Scheduled · 2026-11-20 09:00', 'Update · 2026-11-20 09:30', 'Update · 2026-11-20 10:30'];
    const text = (more: readonly string[]) => more.map((heading) => `## ${heading} UTC`).join('\n\n');
    const statuses = (...more: string[]) => read(text([...times, ...more])).updates.map(({ status }) => status);
    expect(statuses()).toEqual(['scheduled', 'scheduled', 'in_progress']);
    expect(statuses('Verifying · 2026-11-20 11:00', 'Update · 2026-11-20 11:30').slice(3)).toEqual([
      'verifying',
      'verifying',
    ]);
    expect(statuses('Cancelled · 2026-11-20 11:00', 'Update · 2026-11-20 11:30').slice(3)).toEqual([
      'cancelled',
      'cancelled',
    ]);
  });

  it('may announce it again until it was begun', () => {
    const announced = '## Scheduled · 2026-11-20 08:00 UTC\n\n## Update · 2026-11-20 08:30 UTC';
    expect(read(`${announced}\n\n## Scheduled · 2026-11-20 09:00 UTC`).updates).toHaveLength(3);
  });

  it('take labelled lines', () => {
    const labels = '- **Components:** payments-api: partial outage\n- **Next update:** 11:00 UTC\n- **Areas:** Europe';
    expect(read(`## In progress · 2026-11-20 10:00 UTC\n\n${labels}`).updates[0]).toMatchObject({
      components: { 'payments-api': 'partial_outage' },
      nextUpdate: Date.parse('2026-11-20T11:00Z'),
      areas: ['Europe'],
    });
  });

  it.each([
    ['In progress', 'Ended:** 10:05 UTC'],
    ['Completed', 'Ended:** 10:05 UTC'],
    ['Completed', 'Next update:** 11:00 UTC'],
    ['Cancelled', 'Expected fix:** 11:00 UTC'],
    ['Cancelled', 'Components:** checkout: operational'],
  ])('say %s without the label “%s”', (word, label) => {
    const { wrong } = reading(`## ${word} · 2026-11-20 10:30 UTC\n\n- **${label}`);
    expect(wrong).toEqual(['10:3 label-misplaced']);
  });

  it.each(['Edited:** 11:00 UTC', 'Areas:** Europe'])('may end it with the label “%s”', (label) => {
    expect(read(`## Completed · 2026-11-20 10:30 UTC\n\n- **${label}`).updates).toHaveLength(1);
  });

  it('name no component that retired before the work', () => {
    const text = '## In progress · 2026-11-20 10:30 UTC\n\n- **Components:** ftp: partial outage';
    expect(reading(text).wrong).toEqual(['10:19 component-retired']);
    const old = FRONT.replaceAll('2026-11-20', '2025-06-01');
    expect(read(text.replaceAll('2026-11-20', '2025-06-01'), old).updates[0]?.components).toEqual({
      ftp: 'partial_outage',
    });
  });
});

describe('an announcement', () => {
  it('stands before the update that gives it a time', () => {
    const { announcement, updates } = read('We upgrade.\n\n## Scheduled · 2026-11-20 08:00 UTC\n\nSoon.');
    expect([announcement !== undefined, updates.length]).toEqual([true, 1]);
  });

  it('has no time from an update that says something else', () => {
    const { wrong } = reading('We upgrade.\n\n## In progress · 2026-11-20 10:05 UTC');
    expect(wrong).toEqual(['8:1 announcement-undated']);
  });

  it('holds no labelled lines, which belong to an update', () => {
    const { all } = reading('- **Areas:** Europe\n\n## Scheduled · 2026-11-20 08:00 UTC');
    expect(all).toMatchObject([
      { line: 8, column: 3, ruleId: 'label-misplaced', example: '## Scheduled · 2026-11-20 12:00 UTC' },
    ]);
  });
});

describe('work that recurs', () => {
  const WEEKLY = `title: Database upgrade
components: [checkout]
scheduled: 2026-11-03 10:00 UTC
until: 2026-11-03 11:00 UTC
repeat: FREQ=WEEKLY;BYDAY=TU;COUNT=3`;

  /** The days of the occurrences that have an update, each with what it says. */
  function said(...headings: string[]): string[] {
    const text = headings.map((heading) => `## ${heading} UTC`).join('\n\n');
    const { content } = readFiles({ 'maintenance/a.md': incident(text, WEEKLY) });
    return (content?.maintenance ?? []).flatMap(({ id, updates }) =>
      updates.map(({ word }) => `${id.slice(-5)} ${word}`),
    );
  }

  it.each([
    ['Scheduled · 2026-11-01 09:00', '11-03 scheduled'],
    ['Scheduled · 2026-11-03 11:30', '11-10 scheduled'],
    ['Cancelled · 2026-11-03 11:30', '11-10 cancelled'],
    ['Scheduled · 2026-11-03 11:00', '11-10 scheduled'],
    ['Scheduled · 2026-11-03 10:59', '11-03 scheduled'],
    ['Update · 2026-11-03 11:30', '11-03 update'],
    ['Update · 2026-11-09 11:30', '11-10 update'],
    ['Completed · 2026-11-06 22:30', '11-10 completed'],
    ['Completed · 2026-11-06 22:29', '11-03 completed'],
    ['Update · 2026-11-02 09:00', '11-03 update'],
    ['Scheduled · 2026-11-19 09:00', '11-17 scheduled'],
    ['Update · 2026-11-19 09:00', '11-17 update'],
  ])('has “%s” on the occurrence that it is about', (heading, day) => {
    expect(said(heading)).toEqual([day]);
  });
});
