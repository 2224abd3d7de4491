import { describe, expect, test } from 'vitest';
import { historyByMonth, recentDays } from './history.ts';
import type { Incident } from './model.ts';
import type { Given } from '../__tests__/support/core.ts';
import { at, content, incident, maintenance } from '../__tests__/support/core.ts';

function months(given: Given): Record<string, string[]> {
  const history = historyByMonth(content(given), at(given.now ?? '12:00'));
  return Object.fromEntries(
    history.filter(({ events }) => events.length > 0).map(({ month, events }) => [month, events.map(({ id }) => id)]),
  );
}

function began(time: string, id = time): Incident {
  return incident([['resolved', time]], { id });
}

describe('history by month', () => {
  test('of an empty content is empty', () => {
    expect(historyByMonth(content(), at('12:00'))).toEqual([]);
  });

  test('has the newest month first and in it the newest event', () => {
    const incidents = ['2026-11-02', '2026-09-01', '2026-11-03'].map((day) => began(day));
    const works = [maintenance('2026-11-02 12:00', '2026-11-02 13:00', [], { id: 'work' })];
    expect(Object.entries(months({ incidents, maintenance: works }))).toEqual([
      ['2026-11', ['2026-11-03', 'work', '2026-11-02']],
      ['2026-09', ['2026-09-01']],
    ]);
  });

  test.each([
    ['UTC', '2026-10-31 23:59', '2026-11-01 00:00'],
    ['Europe/Berlin', '2026-10-31 22:59', '2026-10-31 23:00'],
    ['America/New_York', '2026-11-01 03:59', '2026-11-01 04:00'],
    ['Asia/Kolkata', '2026-10-31 18:29', '2026-10-31 18:30'],
  ])('parts the months at midnight in %s', (zone, last, first) => {
    expect(months({ zone, incidents: [began(last), began(first)] })).toEqual({ '2026-10': [last], '2026-11': [first] });
  });

  test('has an incident in the month it began, however long it lasts', () => {
    const long = incident(
      [
        ['investigating', '2026-10-31 23:50'],
        ['resolved', '2026-11-02 09:00'],
      ],
      { started: at('2026-09-30 12:00') },
    );
    expect(months({ incidents: [long] })).toEqual({ '2026-09': ['incident'] });
  });

  test.each<[string, Parameters<typeof maintenance>, Record<string, string[]>]>([
    ['leaves out maintenance that is still to come', ['2026-12-01', '2026-12-02'], {}],
    ['has maintenance as soon as it starts', ['2026-11-20 12:00', '2026-12-02'], { '2026-11': ['maintenance'] }],
    [
      'has maintenance in the month it began, started early or not',
      [
        '2026-12-01',
        '2026-12-02',
        [
          ['in_progress', '2026-10-31 23:00'],
          ['verifying', '2026-11-01 01:00'],
        ],
      ],
      { '2026-10': ['maintenance'] },
    ],
    [
      'has no maintenance that was cancelled before a time that is still to come',
      ['2026-12-01', '2026-12-02', [['cancelled', '2026-10-20']]],
      {},
    ],
    [
      'has maintenance that was cancelled before it began in the month it was planned for',
      ['2026-11-01', '2026-11-02', [['cancelled', '2026-10-20']]],
      { '2026-11': ['maintenance'] },
    ],
    [
      'has maintenance that was cancelled while it ran in the month it began',
      ['2026-10-31 23:00', '2026-11-01 04:00', [['cancelled', '2026-11-01 01:00']]],
      { '2026-10': ['maintenance'] },
    ],
  ])('%s', (_, work, expected) => {
    expect(months({ maintenance: [maintenance(...work)] })).toEqual(expected);
  });
});

describe('the recent days', () => {
  /** `20: id, id` for a day with events, `18–19 quiet` for a stretch without. */
  function recent(given: Given, count = 5): string[] {
    const date = (day: string) => day.slice(8);
    return recentDays(content(given), at(given.now ?? '12:00'), count).map((entry) =>
      entry.kind === 'day'
        ? `${date(entry.day.day)}: ${entry.events.map(({ id }) => id).join(', ')}`
        : `${date(entry.first.day)}–${date(entry.last.day)} quiet`,
    );
  }

  test('of an empty content are one quiet stretch', () => {
    expect(recent({})).toEqual(['16–20 quiet']);
  });

  test('stand newest first, quiet ones drawn together', () => {
    const incidents = [
      began('2026-11-20 09:00', 'today'),
      began('2026-11-18 09:00', 'before'),
      began('2026-11-18 10:00', 'then'),
    ];
    expect(recent({ incidents })).toEqual(['20: today', '19–19 quiet', '18: then, before', '16–17 quiet']);
  });

  test('show incidents and maintenance, but none that is still to come', () => {
    const given = {
      incidents: [began('2026-11-19 09:00', 'incident')],
      maintenance: [
        maintenance('2026-11-19 20:00', '2026-11-19 21:00', [], { id: 'work' }),
        maintenance('2026-11-20 20:00', '2026-11-20 21:00', [], { id: 'coming' }),
      ],
    };
    expect(recent(given)).toEqual(['20–20 quiet', '19: work, incident', '16–18 quiet']);
  });

  test.each([
    ['UTC', ['17–20 quiet', '16: late']],
    ['Asia/Kolkata', ['18–20 quiet', '17: late', '16–16 quiet']],
    ['America/New_York', ['17–20 quiet', '16: late']],
  ])('are those of the zone: %s', (zone, expected) => {
    expect(recent({ zone, incidents: [began('2026-11-16 20:00', 'late')] })).toEqual(expected);
  });

  test('have an incident that was over in an instant, be it their first', () => {
    expect(recent({ incidents: [began('2026-11-16 00:00', 'blink')] })).toEqual(['17–20 quiet', '16: blink']);
  });

  test.each<[string, Given]>([
    ['an open incident', { incidents: [incident([['investigating', '2026-10-01']], { id: 'old' })] }],
    [
      'an incident that ended within them',
      {
        incidents: [
          incident(
            [
              ['investigating', '2026-10-01'],
              ['resolved', '2026-11-16 00:01'],
            ],
            { id: 'old' },
          ),
        ],
      },
    ],
    [
      'maintenance that is overrun',
      { maintenance: [maintenance('2026-10-01', '2026-10-02', [['verifying', '2026-10-02']], { id: 'old' })] },
    ],
    [
      'maintenance that ended within them',
      { maintenance: [maintenance('2026-10-01', '2026-11-17', [], { id: 'old' })] },
    ],
  ])('have %s that began before on the first of them', (_, given) => {
    expect(recent(given)).toEqual(['17–20 quiet', '16: old']);
  });

  test.each<[string, Given]>([
    [
      'an incident',
      {
        incidents: [
          incident([
            ['investigating', '2026-10-01'],
            ['resolved', '2026-11-16'],
          ]),
        ],
      },
    ],
    ['maintenance', { maintenance: [maintenance('2026-10-01', '2026-11-16')] }],
  ])('leave out %s that was over when they began', (_, given) => {
    expect(recent(given)).toEqual(['16–20 quiet']);
  });

  test('show today what an update a little ahead of the clock says of tomorrow', () => {
    const early = incident([['investigating', '2026-11-21 00:05']], { id: 'early' });
    expect(recent({ now: '23:58', incidents: [early] })).toEqual(['20: early', '16–19 quiet']);
  });

  test('lose no day over a change of clocks', () => {
    const given = {
      zone: 'Europe/Berlin',
      now: '2026-10-26 12:00',
      incidents: [began('2026-10-25 22:59', 'last hour')],
    };
    expect(recent(given, 3)).toEqual(['26–26 quiet', '25: last hour', '24–24 quiet']);
  });

  test('has an occurrence that was called off where it would have been, once its time has come', () => {
    const off = (day: string) =>
      maintenance(`${day} 02:00`, `${day} 04:00`, [], { id: day, series: 'db', cancelled: true });
    const given = content({ maintenance: [off('2026-11-10'), off('2026-12-15')] });
    expect(historyByMonth(given, at('12:00')).map(({ month, events }) => [month, events.map(({ id }) => id)])).toEqual([
      ['2026-11', ['2026-11-10']],
    ]);
  });
});
