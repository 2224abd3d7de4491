import { expect, it } from 'vitest';
import { wrongWith } from './testing.ts';

const UPDATE = '## Investigating · 2026-11-20 09:20 UTC\n\nWe look.\n\n';

it.each([
  ['- ## What happened', 'heading-status', '## Investigating · 2026-11-20 12:00 UTC'],
  ['-   ## What happened', 'heading-status', '## Investigating · 2026-11-20 12:00 UTC'],
  ['10.  ## Resolvd', 'heading-status', '## Resolved · 2026-11-20 12:00 UTC'],
  ['1) ## What happened', 'heading-status', '## Investigating · 2026-11-20 12:00 UTC'],
  ['> - ## What happened', 'heading-status', '## Investigating · 2026-11-20 12:00 UTC'],
  ['> ## What happened', 'heading-status', '## Investigating · 2026-11-20 12:00 UTC'],
  ['# 1\n---', undefined, undefined],
  ['What happened # 1  \n---', 'heading-dashes', 'What happened # 1\n\n---'],
  ['What happened\n---', 'heading-dashes', 'What happened\n\n---'],
  ['Resolved · 2026-11-20 10:00 UTC\n---', 'heading-dashes', '## Resolved · 2026-11-20 10:00 UTC'],
  ['## Resolved · [2026-11-20 10:00 UTC](/x)', 'heading-form', '## Resolved · 2026-11-20 10:00 UTC'],
  ['## Resolved: 2026-11-20 10:00 UTC', 'heading-form', '## Resolved · 2026-11-20 10:00 UTC'],
  ['## Resolved · 2026-11-20 10:00 CET', 'time-named-zone', '## Resolved · 2026-11-20 10:00 +01:00'],
  ['## Resolved · 10 minutes ago', 'time-invalid', '## Resolved · YYYY-MM-DD HH:MM UTC'],
])('the second-level heading %j is told what to write', (text, ruleId, expected) => {
  const wrong = wrongWith(UPDATE + text);
  expect(wrong.map((one) => [one.ruleId, one.expected])).toEqual(ruleId === undefined ? [] : [[ruleId, expected]]);
});

it('a comment in a heading is none of it', () => {
  expect(wrongWith(`${UPDATE}## Resolved · 2026-11-20 10:00 UTC <!-- ok? -->`)).toEqual([]);
});
