import { expect, it } from 'vitest';
import { incident, readFiles } from '../../__tests__/support/reader.ts';

const rulesOf = (path: string, text: string, front?: string) =>
  readFiles({ [path]: incident(text, front) }).diagnostics.map(({ ruleId }) => ruleId);
const update = (word: string, day: string) => `## ${word} · ${day} 09:20 UTC\n\nWe look.\n\n`;
const WORK =
  'title: Database upgrade\ncomponents: [checkout]\nscheduled: 2026-12-01 10:00 UTC\nuntil: 2026-12-01 11:00 UTC';

it.each([
  ['half a year without a word', update('Investigating', '2026-04-20') + update('Resolved', '2026-11-19')],
  [
    'a postmortem of the year after',
    update('Investigating', '2025-01-10') + update('Resolved', '2025-01-11') + update('Postmortem', '2026-01-20'),
  ],
  [
    'an update years after the end',
    update('Investigating', '2023-01-10') + update('Resolved', '2023-01-11') + update('Update', '2026-01-20'),
  ],
  [
    'an update to a report',
    update('Investigating', '2023-01-10') +
      update('Resolved', '2023-01-11') +
      update('Postmortem', '2023-02-20') +
      update('Update', '2026-01-20'),
  ],
])('%s is meant', (_, text) => {
  expect(rulesOf('incidents/a.md', text)).toEqual([]);
});

it('an incident that is told of later has the day of that in its name', () => {
  expect(
    rulesOf('incidents/2026-11-20-a.md', update('Investigating', '2026-10-12') + update('Resolved', '2026-10-13')),
  ).toEqual([]);
});

it('an incident opened again after a year without a word is another one', () => {
  const text =
    update('Investigating', '2023-01-10') + update('Resolved', '2023-01-11') + update('Investigating', '2026-05-20');
  expect(rulesOf('incidents/a.md', text)).toEqual(['time-implausible']);
});

it('of an old incident whose file has the year of another, nothing is wrong', () => {
  expect(rulesOf('incidents/2024-11-20-a.md', update('Investigating', '2025-11-20'))).toEqual([]);
});

it.each([
  ['a month', WORK.replace('until: 2026-12-01', 'until: 2027-01-01')],
  ['half a year', WORK.replace('until: 2026-12-01', 'until: 2027-05-25')],
])('maintenance of %s is meant', (_, front) => {
  expect(rulesOf('maintenance/a.md', '', front)).not.toContain('time-implausible');
});

it('an incident of which one date is wrong is one mistake', () => {
  const text = `${update('Investigating', '2025-11-20')}- **Next update:** 09:50 UTC\n\n${update('Identified', '2026-11-20')}`;
  expect(rulesOf('incidents/2026-11-20-a.md', text)).toEqual(['time-implausible']);
});

it('a date that is wrong is not told as a time of the incident', () => {
  const file = {
    'incidents/2026-11-20-a.md': incident(update('Investigating', '2025-11-20') + update('Identified', '2026-11-20')),
  };
  const { content } = readFiles(file);
  expect(content?.incidents[0]?.updates.map(({ word }) => word)).toEqual(['identified']);
});
