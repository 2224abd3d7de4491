import { describe, expect, it } from 'vitest';
import { at, maintenance, said } from '../__tests__/support/core.ts';
import { windowAt } from './maintenance.ts';

const window = (lines: Parameters<typeof maintenance>[2], now: string) => {
  const { from, to } = windowAt(maintenance('10:00', '11:00', lines), at(now));
  return `${said(from)}–${said(to)}`;
};

describe('the window of a maintenance', () => {
  it.each([
    ['is as planned before it begins', [], '09:00', '10:00–11:00'],
    ['is as planned when the clock did all', [], '12:00', '10:00–11:00'],
    ['begins when work did', [['in_progress', '09:30']], '09:40', '09:30–11:00'],
    ['is as planned until the work begins', [['in_progress', '09:30']], '09:29', '10:00–11:00'],
    ['begins at the instant when work did', [['in_progress', '09:30']], '09:30', '09:30–11:00'],
    ['is as planned until the work ends', [['completed', '10:20']], '10:19', '10:00–11:00'],
    ['ends at the instant when work did', [['completed', '10:20']], '10:20', '10:00–10:20'],
    ['ends when work did, earlier', [['completed', '10:20']], '12:00', '10:00–10:20'],
    [
      'ends when work did, later',
      [
        ['in_progress', '10:05'],
        ['completed', '11:40'],
      ],
      '12:00',
      '10:00–11:40',
    ],
    ['is as planned while it takes longer', [['in_progress', '10:05']], '11:30', '10:00–11:00'],
    ['is as planned when it was cancelled before', [['cancelled', '08:00']], '12:00', '10:00–11:00'],
    ['ends where it was broken off', [['cancelled', '10:30']], '12:00', '10:00–10:30'],
    ['is as planned when it was done before it began', [['completed', '08:00']], '12:00', '10:00–11:00'],
  ] as const)('%s', (_, lines, now, expected) => {
    expect(window([...lines.map((line) => [...line] as [(typeof line)[0], string])], now)).toBe(expected);
  });
});
