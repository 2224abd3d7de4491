import { describe, expect, it } from 'vitest';
import { said } from '../../__tests__/support/core.ts';
import { incident, readFiles } from '../../__tests__/support/reader.ts';

const FRONT = `title: Database upgrade
components: [checkout]
scheduled: 2026-12-01 02:00 UTC
until: 2026-12-01 04:00 UTC
announced: 2026-11-10 10:00 UTC`;

function reading(value: string, word = 'Update') {
  const text = `## ${word} · 2026-11-20 11:00 UTC\n\nMoved.\n\n- **Window:** ${value}`;
  return readFiles({ 'maintenance/a.md': incident(text, FRONT) });
}

describe('the line that moves a maintenance', () => {
  it.each([
    '2026-12-02 02:00 UTC – 2026-12-02 04:00 UTC',
    '2026-12-02 02:00 UTC – 04:00 UTC',
    '2026-12-02 02:00 UTC - 04:00 UTC',
    '2026-12-02 02:00 UTC—04:00 UTC',
    '2026-12-02T02:00Z to 04:00 UTC',
    '2026-12-02 03:00 +01:00 until 05:00 +01:00',
  ])('reads “%s”', (value) => {
    const { content, diagnostics } = reading(value);
    const [one] = content?.maintenance ?? [];
    expect(diagnostics).toEqual([]);
    expect([said(one?.scheduled ?? 0), said(one?.until ?? 0)]).toEqual(['2026-12-02 02:00', '2026-12-02 04:00']);
    expect(said(one?.plan?.from ?? 0)).toBe('2026-12-01 02:00');
  });

  it.each([
    ['2026-12-02 02:00 – 04:00 UTC', 'time-no-zone', '- **Window:** 2026-12-02 02:00 UTC – 04:00 UTC'],
    ['02:00 UTC – 04:00 UTC', 'time-needs-date', '- **Window:** 2026-11-21 02:00 UTC – 04:00 UTC'],
    ['2026-12-02 02:00 UTC', 'bad-value', '- **Window:** YYYY-MM-DD HH:MM UTC – HH:MM UTC'],
    ['2026-12-02 04:00 UTC – 2026-12-02 02:00 UTC', 'times-reversed', undefined],
  ])('shows what to write in place of “%s”', (value, ruleId, expected) => {
    const [first] = reading(value).diagnostics;
    expect([first?.ruleId, first?.expected ?? first?.example]).toEqual([ruleId, expected]);
  });

  it('has no meaning where the work is over, or in an incident', () => {
    expect(reading('2026-12-02 02:00 UTC – 04:00 UTC', 'Cancelled').diagnostics).toMatchObject([
      { ruleId: 'label-misplaced' },
    ]);
    const text =
      '## Investigating · 2026-11-20 11:00 UTC\n\nWe look.\n\n- **Window:** 2026-12-02 02:00 UTC – 04:00 UTC';
    const { diagnostics } = readFiles({ 'incidents/a.md': incident(text) });
    expect(diagnostics).toContainEqual(expect.objectContaining({ ruleId: 'label-misplaced' }));
  });
});
