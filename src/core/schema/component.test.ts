import { expect, test } from 'vitest';
import { componentSchema } from './component.ts';

const COMPONENT = { id: 'checkout', name: 'Checkout' };
const parsed = (fields: Record<string, unknown>) =>
  componentSchema('Europe/Berlin').safeParse({ ...COMPONENT, ...fields });

test.each([
  ['99.9', 99.9],
  ['99.95', 99.95],
  ['99', 99],
  ['9', 9],
  ['100', 100],
  ['100.0', 100],
  ['100.00', 100],
])('%s percent of the time may be promised', (sla, percent) => {
  expect(parsed({ sla }).data?.sla).toBe(percent);
});

test.each(['100.1', '101', '999', '99.', '99.9%', 'x99.9', '99.9x', '', '-1', '99.x', '1x', 'xx'])(
  'a promise of “%s” is told what would do',
  (sla) => {
    expect(parsed({ sla }).error?.issues.map(({ message }) => message)).toEqual(['a percentage such as `99.9`']);
  },
);

test('days are those of the page’s zone, and have to exist', () => {
  const { since, retired } = parsed({ since: '2026-07-01', retired: '2026-12-01' }).data ?? {};
  expect([since, retired]).toEqual([Date.parse('2026-06-30T22:00Z'), Date.parse('2026-11-30T23:00Z')]);
  for (const day of ['2026-02-30', '2026-13-01', '2026-00-10', '0001-01-01', '1989-12-31', '2200-01-01']) {
    expect(parsed({ since: day }).error?.issues.map(({ message }) => message)).toEqual([
      'a day that exists, from 1990 to 2199',
    ]);
  }
  for (const day of ['2026-7-1', 'x2026-07-01', '2026-07-01x', 'soon'])
    expect(parsed({ since: day }).success).toBe(false);
});

test('there are no aliases unless some are written', () => {
  expect(parsed({}).data?.aliases).toEqual([]);
});
