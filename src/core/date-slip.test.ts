import { DATE_PARTS, findDateSlip, findLoneSlip } from './limits.ts';
import { describe, expect, it } from 'vitest';

const at = (time: string) => Date.parse(`${time}:00Z`);
const slip = (wrong: string, near: string, side?: 'after' | 'before') => {
  const found = findDateSlip(at(wrong), at(near), DATE_PARTS, side);
  return found && [found.part, new Date(found.instant).toISOString().slice(0, 16)];
};

describe('a part of a date that was written wrong', () => {
  it.each([
    ['2025-11-20T09:20', '2026-11-20T09:40', ['year', '2026-11-20T09:20']],
    ['2026-01-02T09:20', '2026-12-31T09:40', ['year', '2027-01-02T09:20']],
    ['2026-12-31T09:20', '2026-01-02T09:40', ['year', '2025-12-31T09:20']],
    ['2026-10-20T09:20', '2026-11-20T09:40', ['month', '2026-11-20T09:20']],
    ['2026-03-11T09:20', '2026-11-03T09:40', ['order of day and month', '2026-11-03T09:20']],
    ['2024-02-29T09:20', '2025-03-01T09:40', undefined],
    ['2026-10-20T09:20', '2026-11-14T09:40', undefined],
    ['2026-11-19T09:20', '2026-11-20T09:40', undefined],
    ['2024-06-19T09:20', '2026-11-20T09:40', undefined],
  ])('%s near %s: %j', (wrong, near, expected) => {
    expect(slip(wrong, near)).toEqual(expected);
  });

  it('puts the time on the side where it belongs', () => {
    expect(slip('2025-11-20T09:20', '2026-11-20T09:40', 'after')).toBeUndefined();
    expect(slip('2025-11-20T09:50', '2026-11-20T09:40', 'after')).toEqual(['year', '2026-11-20T09:50']);
  });

  it('is no month that may be meant, unless the time lies on the wrong side', () => {
    expect(findLoneSlip(at('2027-01-01T11:00'), at('2026-12-01T10:00'), 'after')).toBeUndefined();
    expect(findLoneSlip(at('2026-11-01T11:00'), at('2026-12-01T10:00'), 'after')?.part).toBe('month');
  });
});
