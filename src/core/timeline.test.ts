import { describe, expect, test } from 'vitest';
import type { StatusEvent } from './model.ts';
import { at, incident, inWords, maintenance } from '../__tests__/support/core.ts';
import { componentSpans, latestStatuses } from './timeline.ts';

function spans(event: StatusEvent, id: string): string[] {
  return inWords(componentSpans(event).get(id));
}

const CHECKOUT = { components: { checkout: 'partial_outage' } } as const;

describe('the components of an incident', () => {
  test('have the statuses of the front matter from `started` on', () => {
    const since = incident([['investigating', '09:20']], { ...CHECKOUT, started: at('09:12') });
    expect(spans(since, 'checkout')).toEqual(['09:12–… partial_outage']);
  });

  test('change with a Components line from its update on, only those it names', () => {
    const changed = incident(
      [
        ['investigating', '09:20'],
        ['identified', '09:48', { components: { checkout: 'major_outage', db: 'degraded_performance' } }],
      ],
      { components: { checkout: 'partial_outage', website: 'partial_outage' }, started: at('09:12') },
    );
    expect(spans(changed, 'checkout')).toEqual(['09:12–09:48 partial_outage', '09:48–… major_outage']);
    expect(spans(changed, 'website')).toEqual(['09:12–… partial_outage']);
    expect(spans(changed, 'db')).toEqual(['09:48–… degraded_performance']);
  });

  test('are up from the update that says they are operational', () => {
    const recovered = incident(
      [
        ['investigating', '09:00'],
        ['monitoring', '10:00', { components: { checkout: 'operational' } }],
      ],
      CHECKOUT,
    );
    expect(spans(recovered, 'checkout')).toEqual(['09:00–10:00 partial_outage']);
  });

  test('of equal instants take what the last one says', () => {
    const corrected = incident(
      [
        ['investigating', '09:00', { components: { checkout: 'major_outage' } }],
        ['update', '09:00', { components: { checkout: 'degraded_performance' } }],
      ],
      CHECKOUT,
    );
    expect(spans(corrected, 'checkout')).toEqual(['09:00–… degraded_performance']);
  });

  test('are affected from `started` at the earliest, whatever was written before', () => {
    const announced = incident([['investigating', '08:00', { components: { checkout: 'major_outage' } }]], {
      ...CHECKOUT,
      started: at('09:00'),
    });
    expect(spans(announced, 'checkout')).toEqual(['09:00–… major_outage']);
  });
});

describe('a resolved incident', () => {
  test('makes every component operational at its time', () => {
    const resolved = incident(
      [
        ['investigating', '09:00', { components: { db: 'major_outage' } }],
        ['resolved', '11:00'],
      ],
      CHECKOUT,
    );
    expect(spans(resolved, 'checkout')).toEqual(['09:00–11:00 partial_outage']);
    expect(spans(resolved, 'db')).toEqual(['09:00–11:00 major_outage']);
  });

  test('makes every component operational at Ended', () => {
    const resolved = incident(
      [
        ['investigating', '09:00'],
        ['resolved', '11:02', { ended: at('10:55') }],
      ],
      CHECKOUT,
    );
    expect(spans(resolved, 'checkout')).toEqual(['09:00–10:55 partial_outage']);
  });

  test('that ended before its last Components line never had what that line says', () => {
    const resolved = incident(
      [
        ['investigating', '09:00'],
        ['identified', '10:00', { components: { checkout: 'major_outage', db: 'major_outage' } }],
        ['resolved', '11:00', { ended: at('09:50') }],
      ],
      CHECKOUT,
    );
    expect(spans(resolved, 'checkout')).toEqual(['09:00–09:50 partial_outage']);
    expect(spans(resolved, 'db')).toEqual([]);
  });

  test.each(['08:00', '09:00'])('that ended at %s, by its start, affected nobody', (ended) => {
    const resolved = incident(
      [
        ['investigating', '09:00'],
        ['resolved', '11:00', { ended: at(ended) }],
      ],
      CHECKOUT,
    );
    expect(spans(resolved, 'checkout')).toEqual([]);
  });

  test('that is called resolved again to say when it ended, ended then', () => {
    const corrected = incident(
      [
        ['investigating', '09:00'],
        ['resolved', '10:00'],
        ['resolved', '11:00', { ended: at('09:50') }],
      ],
      CHECKOUT,
    );
    expect(spans(corrected, 'checkout')).toEqual(['09:00–09:50 partial_outage']);
  });

  test.each(['postmortem', 'update', 'resolved'] as const)('is changed by no later %s', (word) => {
    const later = incident(
      [
        ['investigating', '09:00'],
        ['resolved', '11:00'],
        [word, '15:00', { components: { checkout: 'major_outage' } }],
      ],
      CHECKOUT,
    );
    expect(spans(later, 'checkout')).toEqual(['09:00–11:00 partial_outage']);
  });
});

describe('a reopened incident', () => {
  test('returns its components to what they were before, and the time between counts as up', () => {
    const reopened = incident(
      [
        ['investigating', '09:00'],
        ['identified', '09:30', { components: { checkout: 'major_outage' } }],
        ['resolved', '10:00', { ended: at('09:55'), components: { checkout: 'operational' } }],
        ['investigating', '11:00'],
      ],
      { components: { checkout: 'partial_outage', website: 'degraded_performance' } },
    );
    expect(spans(reopened, 'checkout')).toEqual([
      '09:00–09:30 partial_outage',
      '09:30–09:55 major_outage',
      '11:00–… major_outage',
    ]);
    expect(spans(reopened, 'website')).toEqual(['09:00–09:55 degraded_performance', '11:00–… degraded_performance']);
  });

  test('takes from its line what that names, and the rest from before', () => {
    const reopened = incident(
      [
        ['investigating', '09:00'],
        ['resolved', '10:00'],
        ['monitoring', '11:00', { components: { checkout: 'degraded_performance' } }],
      ],
      { components: { checkout: 'major_outage', website: 'partial_outage' } },
    );
    expect(spans(reopened, 'checkout')).toEqual(['09:00–10:00 major_outage', '11:00–… degraded_performance']);
    expect(spans(reopened, 'website')).toEqual(['09:00–10:00 partial_outage', '11:00–… partial_outage']);
  });

  test('may be reopened twice, after a postmortem too', () => {
    const reopened = incident(
      [
        ['investigating', '09:00'],
        ['resolved', '10:00'],
        ['investigating', '11:00'],
        ['resolved', '12:00'],
        ['postmortem', '12:30'],
        ['investigating', '13:00'],
        ['resolved', '14:00'],
      ],
      CHECKOUT,
    );
    expect(spans(reopened, 'checkout')).toEqual([
      '09:00–10:00 partial_outage',
      '11:00–12:00 partial_outage',
      '13:00–14:00 partial_outage',
    ]);
  });

  test('at the instant it was resolved was never up', () => {
    const reopened = incident(
      [
        ['investigating', '09:00'],
        ['resolved', '10:00'],
        ['investigating', '10:00'],
      ],
      CHECKOUT,
    );
    expect(spans(reopened, 'checkout')).toEqual(['09:00–… partial_outage']);
  });
});

describe('the latest statuses of an incident', () => {
  test('are those after its newest update', () => {
    const changed = incident(
      [
        ['investigating', '09:00', { components: { db: 'major_outage' } }],
        ['monitoring', '09:10', { components: { db: 'operational' } }],
      ],
      CHECKOUT,
    );
    expect(latestStatuses(changed)).toEqual({ checkout: 'partial_outage', db: 'operational' });
  });

  test('are none once it is resolved', () => {
    expect(latestStatuses(incident([['resolved', '09:00']], CHECKOUT))).toEqual({});
  });
});

describe('the components of a maintenance', () => {
  test('are under maintenance between its times by the clock', () => {
    expect(spans(maintenance('22:00', '23:00'), 'db')).toEqual(['22:00–23:00 under_maintenance']);
  });

  test('may have another status', () => {
    const worse = maintenance('22:00', '23:00', [], { components: { db: 'partial_outage' } });
    expect(spans(worse, 'db')).toEqual(['22:00–23:00 partial_outage']);
  });

  test('are affected from the update that takes over until the one that ends it', () => {
    const taken = maintenance('22:00', '23:00', [
      ['in_progress', '21:50'],
      ['verifying', '23:20'],
      ['completed', '23:40'],
    ]);
    expect(spans(taken, 'db')).toEqual(['21:50–23:40 under_maintenance']);
  });

  test('are never affected when it is cancelled before', () => {
    expect(spans(maintenance('22:00', '23:00', [['cancelled', '20:00']]), 'db')).toEqual([]);
  });

  test('change with a Components line while it runs', () => {
    const changed = maintenance('22:00', '23:00', [['update', '22:30', { components: { db: 'major_outage' } }]]);
    expect(spans(changed, 'db')).toEqual(['22:00–22:30 under_maintenance', '22:30–23:00 major_outage']);
  });

  test('take from its start on what an update said before', () => {
    const changed = maintenance('22:00', '23:00', [
      ['scheduled', '12:00', { components: { checkout: 'degraded_performance', db: 'operational' } }],
    ]);
    expect(spans(changed, 'checkout')).toEqual(['22:00–23:00 degraded_performance']);
    expect(spans(changed, 'db')).toEqual([]);
  });

  test('are left alone by what is said after its end', () => {
    const late = maintenance('22:00', '23:00', [['update', '23:30', { components: { db: 'major_outage' } }]]);
    expect(spans(late, 'db')).toEqual(['22:00–23:00 under_maintenance']);
  });
});
