import { describe, expect, test } from 'vitest';
import type { StatusEvent } from '../core/model.ts';
import { at, component, content, incident, maintenance } from '../__tests__/support/core.ts';
import { factsOf } from './facts.ts';
import { wordsFor } from './words.ts';

const CHECKOUT = component('checkout', { name: 'Checkout' });
const CONTENT = content({ tree: [CHECKOUT] });

/** `label: value` for each fact of an event's update, instants as ISO 8601. */
function facts(event: StatusEvent, index: number): string[] {
  const update = event.updates[index];
  if (!update) throw new RangeError('There is no such update.');
  return factsOf(event, update, CONTENT, wordsFor('en')).map(
    ({ label, value }) =>
      `${label}: ${'text' in value ? value.text : 'instant' in value ? new Date(value.instant).toISOString() : ''}`,
  );
}

describe('the facts of an update', () => {
  test('are none when it says nothing besides its text', () => {
    expect(facts(incident([['investigating', '09:00']]), 0)).toEqual([]);
  });

  test('are all its labelled lines, in one order', () => {
    const all = incident([
      [
        'investigating',
        '09:00',
        {
          edited: at('09:05'),
          nextUpdate: at('09:30'),
          expectedFix: at('11:00'),
          ended: at('08:55'),
          areas: ['Europe', 'Asia'],
          components: { checkout: 'major_outage' },
        },
      ],
    ]);
    expect(facts({ ...all, reference: 'INC-1' }, 0)).toEqual([
      'Components: Checkout: Major outage',
      'Affected areas: Europe, Asia',
      'Ended: 2026-11-20T08:55:00.000Z',
      'Expected fix: 2026-11-20T11:00:00.000Z',
      'Next update: 2026-11-20T09:30:00.000Z',
      'Reference: INC-1',
      'Edited: 2026-11-20T09:05:00.000Z',
    ]);
  });

  test('name components as customers know them, unknown ones by their id', () => {
    const components = { checkout: 'under_maintenance', gone: 'operational' } as const;
    expect(facts(maintenance('09:00', '10:00', [['in_progress', '09:00', { components }]]), 0)).toEqual([
      'Components: Checkout: Under maintenance, gone: Operational',
    ]);
  });

  const areas = incident(
    [
      ['investigating', '09:00'],
      ['identified', '09:10'],
      ['monitoring', '09:20', { areas: ['Asia'] }],
    ],
    { areas: ['Europe'], reference: 'INC-1' },
  );

  test.each([
    ['on the first update', 0, ['Affected areas: Europe', 'Reference: INC-1']],
    ['not again while they stay the same', 1, []],
    ['where they change', 2, ['Affected areas: Asia']],
  ])('tell areas and reference %s', (_, index, expected) => {
    expect(facts(areas, index)).toEqual(expected);
  });
});
