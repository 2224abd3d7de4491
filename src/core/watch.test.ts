import { describe, expect, it } from 'vitest';
import type { Incident, Maintenance } from './model.ts';
import { at, incident, ledger, maintenance, said } from '../__tests__/support/core.ts';
import { isMissed, watchCases } from './watch.ts';

/** `promise 09:50 missed`, for each, at an instant. */
function watched(events: { incidents?: Incident[]; maintenance?: Maintenance[] }, now: string): string[] {
  return watchCases(ledger({ ...events, now })).map(
    (one) => `${one.kind} ${said(one.due)}${isMissed(one, at(now)) ? ' missed' : ''}`,
  );
}

describe('what is watched of an incident', () => {
  const promised = incident([['investigating', '09:20', { nextUpdate: at('09:50') }]], { impact: 'major' });

  it('is its promise, missed once grace has passed', () => {
    expect(watched({ incidents: [promised] }, '09:30')).toEqual(['promise 09:50']);
    expect(watched({ incidents: [promised] }, '09:55')).toEqual(['promise 09:50']);
    expect(watched({ incidents: [promised] }, '09:56')).toEqual(['promise 09:50 missed']);
  });

  it('is silence for twice the rhythm where nothing was promised', () => {
    const silent = incident([['investigating', '09:20']], { impact: 'major' });
    expect(watched({ incidents: [silent] }, '09:30')).toEqual(['silence 10:00']);
    expect(watched({ incidents: [silent] }, '10:01')).toEqual(['silence 10:00 missed']);
  });

  it('is silence by the slower rhythm once it has lasted two hours', () => {
    const long = incident(
      [
        ['investigating', '09:20'],
        ['update', '11:20'],
      ],
      { impact: 'major' },
    );
    expect(watched({ incidents: [long] }, '11:30')).toEqual(['silence 13:20']);
  });

  it('is no silence of a notice', () => {
    expect(watched({ incidents: [incident([['investigating', '09:20']], { impact: 'none' })] }, '12:00')).toEqual([]);
  });

  it('is the newest expected fix until an update comes after it', () => {
    const fix = { expectedFix: at('11:00'), nextUpdate: at('12:00') };
    const lines: Parameters<typeof incident>[0] = [['identified', '09:48', fix]];
    expect(watched({ incidents: [incident(lines)] }, '11:01')).toEqual(['fix 11:00 missed', 'promise 12:00']);
    const after = incident([...lines, ['update', '11:10', { nextUpdate: at('12:00') }]]);
    expect(watched({ incidents: [after] }, '11:20')).toEqual(['promise 12:00']);
  });

  it('is no expected fix while the fix is being monitored', () => {
    const monitored = incident([
      ['identified', '09:48', { expectedFix: at('11:00') }],
      ['monitoring', '10:30', { nextUpdate: at('12:00') }],
    ]);
    expect(watched({ incidents: [monitored] }, '11:30')).toEqual(['promise 12:00']);
  });

  it('is nothing once it is resolved, but for its postmortem', () => {
    const over = incident([
      ['investigating', '09:20', { nextUpdate: at('09:50') }],
      ['resolved', '09:40'],
    ]);
    expect(watched({ incidents: [over] }, '12:00')).toEqual([]);
    const critical = watched({ incidents: [{ ...over, impact: 'critical' }] }, '2026-11-24');
    expect(critical).toEqual(['postmortem 2026-11-23 09:40 missed']);
  });

  it('is another case with another promise', () => {
    const again = incident([
      ['investigating', '09:20'],
      ['update', '10:00', { nextUpdate: at('10:30') }],
    ]);
    const ids = [promised, again].map((one) => watchCases(ledger({ incidents: [one], now: '10:10' }))[0]?.id);
    expect(ids).toEqual(['promise incident u-0', 'promise incident u-1']);
  });
});

describe('what is watched of a maintenance', () => {
  it('is its end once an update has taken it over', () => {
    const clock = maintenance('10:00', '12:00');
    const taken = maintenance('10:00', '12:00', [['in_progress', '10:05']]);
    expect(watched({ maintenance: [clock] }, '11:00')).toEqual([]);
    expect(watched({ maintenance: [taken] }, '11:00')).toEqual(['overrun 12:00']);
    expect(watched({ maintenance: [taken] }, '12:01')).toEqual(['overrun 12:00 missed']);
  });

  it('is answered by an update after that, which may promise another', () => {
    const told = maintenance('10:00', '12:00', [
      ['in_progress', '10:05'],
      ['update', '12:10', { nextUpdate: at('12:40') }],
    ]);
    expect(watched({ maintenance: [told] }, '12:20')).toEqual(['promise 12:40']);
  });
});

describe('what is watched', () => {
  it('stands by when it falls due, then by name', () => {
    const promised = (id: string, due: string) =>
      incident([['investigating', '09:20', { nextUpdate: at(due) }]], { id });
    const incidents = [promised('b', '10:00'), promised('c', '09:50'), promised('a', '10:00')];
    const ids = (list: Incident[]) =>
      watchCases(ledger({ incidents: list, now: '09:30' })).map(({ event }) => event.id);
    expect(ids(incidents)).toEqual(['c', 'a', 'b']);
    expect(ids(incidents.toReversed())).toEqual(['c', 'a', 'b']);
  });

  it('is a fix that was expected, though later updates do not repeat it, until one comes after it', () => {
    const fix = (...times: string[]) =>
      incident([
        ['identified', '09:48', { expectedFix: at('11:00') }],
        ...times.map(
          (time) => ['update', time, { nextUpdate: at('12:00') }] as ['update', string, { nextUpdate: number }],
        ),
      ]);
    expect(watched({ incidents: [fix('10:30')] }, '10:40')).toEqual(['fix 11:00', 'promise 12:00']);
    expect(watched({ incidents: [fix('11:00')] }, '11:10')).toEqual(['fix 11:00 missed', 'promise 12:00']);
    expect(watched({ incidents: [fix('11:01')] }, '11:10')).toEqual(['promise 12:00']);
    expect(watched({ incidents: [fix('10:30', '11:01')] }, '11:10')).toEqual(['promise 12:00']);
  });

  it('of work is nothing before somebody begins it, nor of what was over by then', () => {
    const taken = maintenance('10:00', '12:00', [['in_progress', '10:05', { nextUpdate: at('11:00') }]]);
    expect(watched({ maintenance: [taken] }, '10:04')).toEqual(['promise 11:00']);
    expect(watched({ maintenance: [taken] }, '10:05')).toEqual(['promise 11:00', 'overrun 12:00']);
    const over = maintenance('10:00', '12:00', [
      ['in_progress', '10:05'],
      ['completed', '11:00', { nextUpdate: at('11:30') }],
    ]);
    expect(watched({ maintenance: [over] }, '11:10')).toEqual([]);
  });

  it('of work that takes longer goes on with an update at its end, and is answered by one after it', () => {
    const told = (...times: string[]) =>
      maintenance('10:00', '12:00', [
        ['in_progress', '10:05'],
        ...times.map((time) => ['update', time] as ['update', string]),
      ]);
    expect(watched({ maintenance: [told('11:00', '12:01')] }, '12:20')).toEqual([]);
    expect(watched({ maintenance: [told('12:00')] }, '12:20')).toEqual(['overrun 12:00 missed']);
    expect(watched({ maintenance: [told('12:01')] }, '12:20')).toEqual([]);
  });
});
