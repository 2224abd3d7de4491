import { statuspageId } from './page.ts';
import { expect, test } from 'vitest';

test('an id never changes', () => {
  expect(statuspageId('component', 'checkout')).toBe('7vyhmoiskd1z');
  expect(statuspageId('update', '2026-11-20-checkout-errors', 'u-20261120T092000Z')).toBe('h7uczx6cuwqk');
});

test('things of two kinds, or in two places, have two ids', () => {
  const ids = [
    statuspageId('component', 'shop'),
    statuspageId('group', 'shop'),
    statuspageId('event', 'shop'),
    statuspageId('update', 'a', 'b-c'),
    statuspageId('update', 'a-b', 'c'),
  ];
  expect(new Set(ids).size).toBe(ids.length);
});

test('50,000 updates have as many ids of twelve letters and digits', () => {
  const ids = Array.from({ length: 50_000 }, (_, index) =>
    statuspageId('update', `incident-${String(index % 10_000)}`, `u-${String(index)}`),
  );
  expect(new Set(ids).size).toBe(ids.length);
  expect(ids.filter((id) => !/^[a-z0-9]{12}$/.test(id))).toEqual([]);
});
