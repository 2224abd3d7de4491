import { describe, expect, test } from 'vitest';
import { siteSchema } from './site.ts';

const LEAST = { name: 'Acme', url: 'https://status.acme.example' };

function parsed(fields: Record<string, unknown>) {
  return siteSchema.safeParse({ ...LEAST, ...fields });
}

describe('a value of site.yml', () => {
  test.each<[string, Record<string, unknown>, unknown]>([
    ['a weight of nothing', { uptime: { weights: { partial_outage: '0' } } }, { partial_outage: 0 }],
    ['a weight without a nought', { uptime: { weights: { partial_outage: '.25' } } }, { partial_outage: 0.25 }],
    ['a weight of several digits', { uptime: { weights: { partial_outage: '0.125' } } }, { partial_outage: 0.125 }],
    ['a whole weight', { uptime: { weights: { partial_outage: '1.00' } } }, { partial_outage: 1 }],
  ])('may be %s', (_, fields, weights) => {
    expect(parsed(fields).data?.uptime.weights).toMatchObject(weights as object);
  });

  test.each(['1', '9', '10', '99', '100', '299', '300', '359', '365'])('may be a bar of %s days', (days) => {
    expect(parsed({ uptime: { days } }).data?.uptime.days).toBe(Number(days));
  });

  test.each(['', '1a', '2x0', '10x', '30x', '366', '999', '1000', ' 9'])('is never a bar of “%s” days', (days) => {
    expect(parsed({ uptime: { days } }).success).toBe(false);
  });

  test.each(['1.01', '2', '-0.5', '0.', '1.1', 'x0.5', '0.5x'])('is never a weight of “%s”', (weight) => {
    expect(parsed({ uptime: { weights: { major_outage: weight } } }).success).toBe(false);
  });

  test.each(['true', 'false'])('says whether a job waits: %s', (wait) => {
    expect(parsed({ watch: { wait } }).data?.watch.wait).toBe(wait === 'true');
  });

  test.each(['http://help.acme.example/', 'https://acme.example/help', 'mailto:help@acme.example'])(
    'may send for help to %s',
    (address) => {
      expect(parsed({ support_url: address }).success).toBe(true);
    },
  );
});

describe('a value that is refused is told with one that would do', () => {
  test.each<[Record<string, unknown>, string]>([
    [{ url: 'see https://acme.example' }, 'an address such as `https://status.acme.example`'],
    [{ support_url: 'javascript:"https://acme.example"' }, 'an address such as `https://acme.example/help`'],
    [{ support_url: 'https://' }, 'an address such as `https://acme.example/help`'],
    [{ time_zone: 'Berlin' }, 'a time zone such as `UTC` or `Europe/Berlin`'],
    [{ logo: 'logo.svg' }, 'the path of a file in `public/`, such as `/logo.svg`'],
    [{ accent: '#0b57d' }, 'a colour such as `#0b57d0`, in quotes'],
    [{ accent: 'x#0b57d0' }, 'a colour such as `#0b57d0`, in quotes'],
    [{ accent: '#0b57d0f' }, 'a colour such as `#0b57d0`, in quotes'],
    [{ promises: { grace: '5x' } }, 'a duration such as `20m`, `2h` or `3d`'],
    [{ promises: { grace: 'x5m' } }, 'a duration such as `20m`, `2h` or `3d`'],
    [{ promises: { grace: '5m.' } }, 'a duration such as `20m`, `2h` or `3d`'],
    [{ postmortems: { major: 'never' } }, 'a duration such as `3d`, or `none`'],
    [{ postmortems: { major: '3days' } }, 'a duration such as `3d`, or `none`'],
    [{ postmortems: { major: 'x3d' } }, 'a duration such as `3d`, or `none`'],
  ])('%j', (fields, message) => {
    expect(parsed(fields).error?.issues.map((issue) => issue.message)).toEqual([message]);
  });
});
