import { describe, expect, it } from 'vitest';
import { incident, readFiles, SITE_REVIEWED } from './testing.ts';

const FRONT = 'title: Some customers cannot pay\ncomponents:\n  checkout: partial_outage';

/** Names of what is warned of in one incident, at noon of 20 November 2026. */
function warnings(text: string, front = FRONT, settings = ''): string[] {
  const files = { 'site.yml': `${SITE_REVIEWED}${settings}`, 'incidents/a.md': incident(text, front) };
  return readFiles(files).diagnostics.map(({ ruleId }) => ruleId);
}

const update = (text: string, heading = 'Investigating · 2026-11-20 11:55 UTC') =>
  `## ${heading}\n\n${text}\n\n- **Next update:** 12:30 UTC`;
const STOCK = 'We are investigating.';

describe('what is reviewed', () => {
  it('is an open incident', () => {
    expect(warnings(update(STOCK))).toEqual(['stock-words']);
  });

  it('is the newest message of several', () => {
    const first = update(STOCK);
    const second = update('Card payments work again for most customers.', 'Update · 2026-11-20 11:58 UTC');
    expect(warnings(`${first}\n\n${second}`)).toEqual([]);
  });

  it('is what ended within the last day, and nothing older', () => {
    const resolved = (day: number) =>
      `## Investigating · 2026-11-${day} 11:00 UTC\n\nCards fail.\n\n## Resolved · 2026-11-${day} 12:01 UTC\n\nThis incident has been resolved.`;
    expect(warnings(resolved(19))).toEqual(['stock-words']);
    expect(warnings(resolved(18))).toEqual([]);
  });

  it('is no file that has errors: what it lacks may only be misspelt', () => {
    expect(warnings(`## Investigating · 2026-11-20 11:55 UTC\n\nCards fail.\n\n- **Nxt update:** 12:30 UTC`)).toEqual([
      'label-nearly',
    ]);
  });

  it('is no notice', () => {
    const text = '## Investigating · 2026-11-20 11:55 UTC\n\nWe are investigating.';
    expect(warnings(text, 'title: A notice\nimpact: none')).toEqual([]);
  });
});

it('a warning that is switched off is not given', () => {
  const off = (names: string) =>
    warnings('## Investigating · 2026-11-20 11:55 UTC\n\nWe are investigating.', FRONT, names);
  expect(off('')).toEqual(['promise-missing', 'stock-words']);
  expect(off('warnings: { off: [stock-words] }\n')).toEqual(['promise-missing']);
});

it('an error cannot be switched off', () => {
  expect(warnings('Text.', FRONT, 'warnings: { off: [updates-missing] }\n')).toContain('updates-missing');
  expect(warnings('Text.', FRONT, 'warnings: { off: [updates-missing] }\n')).toContain('warning-unknown');
});

it.each([
  ['being watched', '## Monitoring · 2026-11-20 11:55 UTC', []],
  ['being worked on', '## Identified · 2026-11-20 11:55 UTC', ['open-operational']],
])('an incident of which everything works contradicts itself while %s: %s', (_, heading, expected) => {
  const text = `${heading}\n\nCards work.\n\n- **Components:** checkout: operational\n- **Next update:** 12:30 UTC`;
  expect(warnings(text)).toEqual(expected);
});

it.each([
  ['Checkout is down for everybody.', 'degraded_performance', ['outage-unnamed']],
  ['Checkout is down for everybody.', 'major_outage', []],
  ['Checkout is slow. Our provider is down.', 'degraded_performance', []],
])('“%s” with %s: %s', (text, status, expected) => {
  expect(warnings(update(text), FRONT.replace('partial_outage', status))).toEqual(expected);
});

it.each([
  ['There is an outage in Frankfurt.', ['outage-unnamed']],
  ['An AWS outage slows us down.', []],
  ['This is caused by a partner service outage.', []],
  ['There is no data outage.', []],
])('“%s” of no component: %s', (text, expected) => {
  expect(warnings(update(text), 'title: Payments fail\nimpact: major')).toEqual(expected);
});
