import { describe, expect, test } from 'vitest';
import { siteSchema } from './site.ts';

const LEAST = { name: 'Acme', url: 'https://status.acme.example' };
const MINUTE = 60_000;

test('a name and an address are enough; the rest is as DESIGN.md has it', () => {
  expect(siteSchema.parse(LEAST)).toEqual({
    name: 'Acme',
    url: new URL('https://status.acme.example/'),
    time_zone: 'UTC',
    locale: 'en',
    accent: '#0b57d0',
    appearance: 'auto',
    areas: {},
    uptime: { days: 90, weights: { major_outage: 1, partial_outage: 0.3, degraded_performance: 0 } },
    promises: {
      grace: 5 * MINUTE,
      rhythm: { critical: 20 * MINUTE, major: 20 * MINUTE, minor: 30 * MINUTE, after_2h: 60 * MINUTE },
    },
    escalation: [],
    watch: { wait: true, remind: 10 * MINUTE },
    remind: [],
    postmortems: { critical: null, major: null },
    warnings: { off: [], jargon: [] },
    links: { header: [], footer: [] },
    groups: 'auto',
    sections: ['incidents', 'maintenance', 'components', 'announcements', 'past'],
    elsewhere: [],
    stale_after: 20 * MINUTE,
    reports: 'public',
    assistants: 'propose',
    subscribe: {},
    channels: [],
  });
});

test.each(['name', 'url'])('%s is required', (key) => {
  expect(siteSchema.safeParse({ ...LEAST, [key]: undefined }).success).toBe(false);
});

test('postmortems are promised only where the owner set them, and then for both impacts', () => {
  const { postmortems } = siteSchema.parse({ ...LEAST, postmortems: { critical: '2d' } });
  expect(postmortems).toEqual({ critical: 2 * 1440 * MINUTE, major: 5 * 1440 * MINUTE });
});

test('a default holds for each key that is left out, within others too', () => {
  const { uptime, promises } = siteSchema.parse({
    ...LEAST,
    uptime: { weights: { degraded_performance: '0.1' } },
    promises: { rhythm: { minor: '1h' } },
  });
  expect(uptime).toEqual({
    days: 90,
    weights: { major_outage: 1, partial_outage: 0.3, degraded_performance: 0.1 },
  });
  expect(promises).toMatchObject({ grace: 5 * MINUTE, rhythm: { critical: 20 * MINUTE, minor: 60 * MINUTE } });
});

test.each([
  ['https://acme.github.io/status', 'https://acme.github.io/status/'],
  ['https://acme.github.io/status//', 'https://acme.github.io/status/'],
  ['http://localhost:4321', 'http://localhost:4321/'],
])('the address %s ends in one slash', (url, href) => {
  expect(siteSchema.parse({ ...LEAST, url }).url.href).toBe(href);
});

describe('it takes', () => {
  test.each<[string, Record<string, unknown>]>([
    ['a zone of the database', { time_zone: 'Asia/Kolkata' }],
    ['a logo in public/', { logo: '/images/logo.svg' }],
    ['a colour of six digits', { accent: '#0B57D0' }],
    ['an address for support', { support_url: 'mailto:help@acme.example' }],
    ['another place to look', { elsewhere: [{ name: 'Mail', url: 'mailto:status@acme.example' }] }],
    ['copies that never grow old', { stale_after: 'none' }],
    ['a bar of one day', { uptime: { days: '1' } }],
    ['a bar of a year', { uptime: { days: '365' } }],
    ['a duration in days', { postmortems: { critical: '3d' } }],
    ['no postmortems', { postmortems: { major: 'none' } }],
    ['levels of escalation', { escalation: [{ after: '15m', who: ['@acme/leads'] }] }],
    ['a watch that does not wait', { watch: { wait: 'false' } }],
  ])('%s', (_, fields) => {
    expect(siteSchema.safeParse({ ...LEAST, ...fields }).success).toBe(true);
  });
});

describe('it refuses', () => {
  test.each<[string, Record<string, unknown>]>([
    ['a key it does not know', { colour: 'blue' }],
    ['a key it does not know within another', { uptime: { day: '90' } }],
    ['a key it does not know among the warnings', { warnings: { of: [] } }],
    ['an empty name', { name: ' ' }],
    ['an address without a host', { url: 'status.acme.example' }],
    ['an address with a query', { url: 'https://acme.example/?a=1' }],
    ['another place that runs a script', { elsewhere: [{ name: 'X', url: 'javascript:alert(1)' }] }],
    ['another place without a lock', { elsewhere: [{ name: 'X', url: 'http://acme.example' }] }],
    ['another place without a name', { elsewhere: [{ url: 'https://acme.example' }] }],
    ['an address that runs a script', { support_url: 'javascript:alert(1)' }],
    ['a zone that nobody knows', { time_zone: 'Europe/Atlantis' }],
    ['a logo on another host', { logo: '//evil.example/logo.svg' }],
    ['a colour by its name', { accent: 'red' }],
    ['a bar of no days', { uptime: { days: '0' } }],
    ['a bar of more than a year', { uptime: { days: '366' } }],
    ['a weight above 1', { uptime: { weights: { partial_outage: '1.1' } } }],
    ['a duration without a unit', { promises: { grace: '5' } }],
    ['a duration of nothing', { promises: { grace: '0m' } }],
    ['a level that tells nobody', { escalation: [{ after: '15m', who: [] }] }],
    ['a level without a time', { escalation: [{ who: ['@acme/leads'] }] }],
    ['reports of another kind', { reports: 'secret' }],
  ])('%s', (_, fields) => {
    expect(siteSchema.safeParse({ ...LEAST, ...fields }).success).toBe(false);
  });
});
