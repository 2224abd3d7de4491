import { expect, it } from 'vitest';
import { wrongWith } from '../../__tests__/support/reader.ts';

const UPDATE = '## Investigating · 2026-11-20 09:20 UTC\n\nWe look.\n\n';

it.each([
  ['- ## What happened', 'heading-status', undefined],
  ['-   ## What happened', 'heading-status', undefined],
  ['10.  ## Resolvd', 'heading-status', '## Resolved · 2026-11-20 12:00 UTC'],
  ['1) ## What happened', 'heading-status', undefined],
  ['> - ## What happened', 'heading-status', undefined],
  ['> ## What happened', 'heading-status', undefined],
  ['# 1\n---', undefined, undefined],
  ['What happened # 1  \n---', 'heading-dashes', 'What happened # 1\n\n---'],
  ['What happened\n---', 'heading-dashes', 'What happened\n\n---'],
  ['Resolved · 2026-11-20 10:00 UTC\n---', 'heading-dashes', '## Resolved · 2026-11-20 10:00 UTC'],
  ['## Resolved · [2026-11-20 10:00 UTC](/x)', 'heading-form', '## Resolved · 2026-11-20 10:00 UTC'],
  ['## Resolved: 2026-11-20 10:00 UTC', 'heading-form', '## Resolved · 2026-11-20 10:00 UTC'],
  ['## Resolved · 2026-11-20 10:00 CET', 'time-named-zone', '## Resolved · 2026-11-20 09:00 UTC'],
  ['## Resolved · 10 minutes ago', 'time-invalid', '## Resolved · 2026-11-20 11:50 UTC'],
  ['## Fixed · 2026-11-20 10:00 UTC', 'heading-status', '## Resolved · 2026-11-20 10:00 UTC'],
  ['## Oranges · 2026-11-20 10:00 UTC', 'heading-status', undefined],
  ['## Resolved · 20.11.2026 10.20 Uhr UTC', 'time-invalid', '## Resolved · 2026-11-20 10:20 UTC'],
  ['## Resolved · 11/20/2026 10:20 AM', 'time-no-zone', '## Resolved · 2026-11-20 10:20 UTC'],
  ['## Resolved · 03/04/2026 10:20 UTC', 'time-invalid', undefined],
  ['## Resolved · 11:20 CET', 'time-invalid', '## Resolved · 2026-11-20 10:20 UTC'],
  ['## Resolved · 11:50 pm', 'time-invalid', '## Resolved · 2026-11-19 23:50 UTC'],
  ['## 2026-11-20 10:20 UTC - Resolved', 'heading-form', '## Resolved · 2026-11-20 10:20 UTC'],
  ['## Resolved · 2026‑11‑20 10:20 UTC', 'time-invalid', '## Resolved · 2026-11-20 10:20 UTC'],
  ['## Resolved ― 2026-11-20\u00A010:20\u200B UTC', undefined, undefined],
  ['## Resolved − 2026-11-20 10:20 UTC', undefined, undefined],
])('the second-level heading %j is told what to write', (text, ruleId, expected) => {
  const wrong = wrongWith(`${UPDATE}${text}\n\nIt works.`);
  expect(wrong.map((one) => [one.ruleId, one.expected])).toEqual(ruleId === undefined ? [] : [[ruleId, expected]]);
});

it('a comment in a heading does not belong to it', () => {
  expect(wrongWith(`${UPDATE}## Resolved · 2026-11-20 10:00 UTC <!-- ok? -->`)).toEqual([]);
});
