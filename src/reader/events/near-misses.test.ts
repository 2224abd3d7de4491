import { describe, expect, it } from 'vitest';
import { wrongWith } from '../../__tests__/support/reader.ts';

const UPDATE = '## Investigating · 2026-11-20 09:20 UTC\n\nWe look.\n\n';

/** Without warnings, which judge the words. */
const errorsWith = (text: string) => wrongWith(text).filter(({ severity }) => severity === 'error');
const RESOLVED = `${UPDATE}## Resolved · 2026-11-20 11:00 UTC\n\nIt works.\n\n`;

describe('a line is told what to write', () => {
  it.each([
    ['Resolved: 2026-11-20 10:20', '## Resolved · 2026-11-20 10:20 UTC'],
    ['2026-11-20 10:20 UTC - Resolved', '## Resolved · 2026-11-20 10:20 UTC'],
    ['**2026-11-20 10:20 UTC — Resolved**', '## Resolved · 2026-11-20 10:20 UTC'],
    ['- Resolved at 2026-11-20 10:20 UTC', '## Resolved · 2026-11-20 10:20 UTC'],
    ['Resolvd · 2026-11-20 10:20 UTC', '## Resolved · 2026-11-20 10:20 UTC'],
    ['Resolved (2026-11-20 10:20 UTC)', '## Resolved · 2026-11-20 10:20 UTC'],
    ['##Resolvd', '## Resolved · 2026-11-20 12:00 UTC'],
    ['### Monitoring', '## Monitoring · 2026-11-20 12:00 UTC'],
    ['**Resolved · 20.11.2026 10:20**', '## Resolved · 2026-11-20 10:20 UTC'],
    ['**Resolved – 11:20 CET**', '## Resolved · 2026-11-20 10:20 UTC'],
    ['### Resolved ― half an hour ago', '## Resolved · 2026-11-20 11:30 UTC'],
    ['##\u00A0Resolved · 2026-11-20 10:20 UTC', '## Resolved · 2026-11-20 10:20 UTC'],
    ['# Resolved: 11/20/2026 10:20 AM UTC', '## Resolved · 2026-11-20 10:20 UTC'],
  ])('as the heading of an update: %s', (line, expected) => {
    const wrong = wrongWith(`${UPDATE}${line}\n\nIt works.`);
    expect(wrong).toMatchObject([{ ruleId: 'heading-nearly', line: 11, expected }]);
  });

  it.each([
    ['### 🔥 Investigating · 2026-11-20 11:50 UTC', '11:50'],
    ['🔥 Investigating · 2026-11-20 11:50 UTC', '11:50'],
    ['\\## Investigating · 2026-11-20 11:50 UTC', '11:50'],
    ['#### investigating 11:50', '11:50'],
    ['**Investigating** 11:50 UTC', '11:50'],
    ['**Investigating**', '12:00'],
    ['Investigating: it fails again', '12:00'],
    ['Status: investigating', '12:00'],
    ['# Störung · 2026-11-20 11:50 UTC', '11:50'],
    ['### Down · 2026-11-20 11:50 UTC', '11:50'],
    ['Ongoing · 2026-11-20 11:50 UTC', '11:50'],
    ['- Outage: 2026-11-20 11:50 UTC', '11:50'],
  ])('under Resolved as the heading that opens the incident again: %s', (line, time) => {
    const expected = `## Investigating · 2026-11-20 ${time} UTC`;
    const wrong = wrongWith(`${RESOLVED}${line}\n\nIt fails again.`);
    expect(wrong).toMatchObject([{ ruleId: 'heading-nearly', line: 15, expected }]);
  });

  it.each([
    ['- Areas: Europe', '- **Areas:** Europe'],
    ['Next update: 09:50 UTC', '- **Next update:** 09:50 UTC'],
    ['1. Expected fix 2026-11-20 10:50 UTC', '- **Expected fix:** 10:50 UTC'],
    ['- Components: checkout: major outage', '- **Components:** checkout: major outage'],
    ['**Areas**: Europe', '- **Areas:** Europe'],
    ['**Regions:** Europe', '- **Areas:** Europe'],
    ['- __Next update__: 09:50 UTC', '- **Next update:** 09:50 UTC'],
    ['Next update: 30m', '- **Next update:** 09:50 UTC'],
    ['**Next\u00A0update**: 10:50 CET', '- **Next update:** 09:50 UTC'],
    ['**ETA**: noon', '- **Expected fix:** 12:00 UTC'],
    ['Next update： 09:50 UTC', '- **Next update:** 09:50 UTC'],
  ])('as a labelled line: %s', (line, expected) => {
    const wrong = wrongWith(UPDATE + line).map((one) => one.ruleId);
    expect([['label-nearly'], ['time-invalid']]).toContainEqual(wrong);
    if (wrong[0] === 'label-nearly') expect(wrongWith(UPDATE + line)[0]?.expected).toBe(expected);
  });
});

describe('a line is left alone', () => {
  it.each([
    'Resolved',
    'We resolved it at 2026-11-20 10:20 UTC.',
    'The fix · 2026-11-20 10:20 UTC',
    '#### A title',
    '- Resolved problems of 2026-11-19',
    'Areas: Europe. And Asia.',
    'Areas: Europe',
    'next* update: 09:50 UTC',
    '**Components** of it fail.',
    '~~~\n##Resolved\nNext update: 09:50 UTC\n~~~',
    '<div>\nNext update: 09:50 UTC\n</div>',
  ])('%j', (line) => {
    expect(errorsWith(UPDATE + line)).toEqual([]);
  });

  it.each([
    '### Deploy · 2026-11-20 09:00 UTC',
    '### Monitoring 24 hours',
    '- Outage: 2026-11-20 09:20 UTC',
    '- Next maintenance: 2026-12-01 02:00 UTC',
    'Identified: an expired certificate.',
    'Investigating it took an hour.',
  ])('under Resolved too: %j', (line) => {
    expect(errorsWith(RESOLVED + line)).toEqual([]);
  });

  it('unless it is code by its spaces alone', () => {
    const wrong = wrongWith(`${UPDATE}    ##Resolved · 2026-11-20 10:20 UTC\n\nIt works.`);
    expect(wrong.map(({ ruleId }) => ruleId)).toEqual(['heading-nearly']);
  });
});
