import { describe, expect, test } from 'vitest';
import { isRetired } from './ledger.ts';
import { componentStatusAt } from './status.ts';
import { at, component, incident, inWords, ledger, maintenance, open } from '../__tests__/support/core.ts';

const ids = (events: readonly { id: string }[] | undefined) => events?.map(({ id }) => id);

describe('a ledger', () => {
  test('is empty for an empty content', () => {
    const empty = ledger({ tree: [] });
    expect([empty.spans.size, empty.events.size]).toEqual([0, 0]);
    expect([empty.openIncidents, empty.running, empty.upcoming]).toEqual([[], [], []]);
    expect(empty).not.toHaveProperty('firstRecord');
  });

  test('holds the spans of a component over all events, oldest first, overlaps as they are', () => {
    const { spans } = ledger({
      incidents: [
        open({ db: 'major_outage' }, { started: at('11:00') }),
        open({ db: 'partial_outage' }, { started: at('09:00') }),
      ],
      maintenance: [maintenance('10:00', '11:30')],
    });
    expect(inWords(spans.get('db'))).toEqual([
      '09:00–… partial_outage',
      '10:00–11:30 under_maintenance',
      '11:00–… major_outage',
    ]);
  });

  test('holds the events that ever named a component, newest first', () => {
    const later = { components: { db: 'partial_outage' } } as const;
    const { events } = ledger({
      incidents: [
        open({ checkout: 'major_outage' }, { id: 'old', started: at('08:00') }),
        incident([['investigating', '09:00', later]], { id: 'named later' }),
      ],
      maintenance: [maintenance('10:00', '11:00', [], { id: 'work' })],
    });
    expect(ids(events.get('db'))).toEqual(['work', 'named later']);
    expect(ids(events.get('checkout'))).toEqual(['old']);
    expect(events.has('website')).toBe(false);
  });

  test('knows the open incidents, newest first', () => {
    const { openIncidents } = ledger({
      incidents: [
        incident([['investigating', '08:00']], { id: 'older' }),
        incident([['resolved', '09:00']], { id: 'resolved' }),
        incident([['monitoring', '10:00']], { id: 'newer' }),
      ],
    });
    expect(ids(openIncidents)).toEqual(['newer', 'older']);
  });

  test('parts maintenance into running, the last begun first, and coming, the next first', () => {
    const { running, upcoming } = ledger({
      maintenance: [
        maintenance('07:00', '08:00', [], { id: 'done' }),
        maintenance('07:30', '08:00', [['verifying', '07:40']], { id: 'overrun' }),
        maintenance('11:00', '13:00', [], { id: 'by the clock' }),
        maintenance('15:00', '16:00', [], { id: 'next' }),
        maintenance('17:00', '18:00', [['cancelled', '10:00']], { id: 'cancelled' }),
        maintenance('2026-12-01 17:00', '2026-12-01 18:00', [], { id: 'last' }),
      ],
    });
    expect(ids(running)).toEqual(['by the clock', 'overrun']);
    expect(ids(upcoming)).toEqual(['next', 'last']);
  });

  test.each([
    ['the start of the earliest incident', [open({}, { started: at('08:00') })], [], '08:00'],
    ['maintenance that began before it', [open({})], [maintenance('06:00', '07:00')], '06:00'],
    ['an incident of this instant', [open({}, { started: at('12:00') })], [], '12:00'],
    ['nothing that is still to come', [], [maintenance('15:00', '16:00')], undefined],
  ])('starts its record with %s', (_, incidents, works, first) => {
    expect(ledger({ incidents, maintenance: works }).firstRecord).toBe(first && at(first));
  });
});

describe('an update a little ahead of the clock', () => {
  const failing = { components: { checkout: 'major_outage' } } as const;

  test('that opens an incident is true at once', () => {
    const early = ledger({ now: '12:00', incidents: [incident([['investigating', '12:05']], failing)] });
    expect(componentStatusAt(early, 'checkout', at('12:00'))).toBe('major_outage');
    expect(inWords(early.spans.get('checkout'))).toEqual(['12:00–… major_outage']);
  });

  test.each([{}, { ended: at('12:03') }])('that resolves an incident is true at once, with %j', (details) => {
    const resolved = incident(
      [
        ['investigating', '11:00'],
        ['resolved', '12:05', details],
      ],
      failing,
    );
    const early = ledger({ now: '12:00', incidents: [resolved] });
    expect(inWords(early.spans.get('checkout'))).toEqual(['11:00–12:00 major_outage']);
  });

  test('of a maintenance is true at its time', () => {
    const work = maintenance('11:00', '13:00', [['completed', '12:05']]);
    const early = ledger({ now: '12:00', maintenance: [work] });
    expect(early.running).toEqual([work]);
    expect(inWords(early.spans.get('db'))).toEqual(['11:00–12:05 under_maintenance']);
  });
});

test.each([
  ['before the day it retires', '2026-11-19 23:59', false],
  ['on the day it retires', '2026-11-20 00:00', true],
])('a component is retired: %s', (_, time, retired) => {
  expect(isRetired(component('ftp', { retired: at('2026-11-20') }), at(time))).toBe(retired);
  expect(isRetired(component('web'), at(time))).toBe(false);
});
