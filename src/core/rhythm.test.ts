import { expect, it } from 'vitest';
import { updateInterval } from './promises.ts';
import { siteSchema } from './schema/site.ts';
import { at } from '../__tests__/support/core.ts';

const MINUTE = 60_000;
const { promises } = siteSchema.parse({
  name: 'Acme',
  url: 'https://status.acme.example',
  promises: { rhythm: { critical: '10m', major: '15m', minor: '25m', after_2h: '90m' } },
});

it.each([
  ['critical', '09:30', 10],
  ['major', '09:30', 15],
  ['minor', '09:30', 25],
  ['none', '09:30', 25],
  ['critical', '10:59', 10],
  ['critical', '11:00', 90],
  ['none', '11:00', 90],
] as const)('after an update of impact %s at %s the next one comes within %d minutes', (impact, time, minutes) => {
  expect(updateInterval(impact, at('09:00'), at(time), promises)).toBe(minutes * MINUTE);
});
