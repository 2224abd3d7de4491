import { describe, expect, it } from 'vitest';
import { incident, readFiles, SITE_REVIEWED } from '../../__tests__/support/reader.ts';

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
    const [front, settings] = [`${FRONT}\nareas: [Mars]`, 'areas: { eu: Europe }\n'];
    expect(warnings(resolved(19), front, settings)).toContain('area-unknown');
    expect(warnings(resolved(18), front, settings)).toEqual([]);
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

describe('a page in another language', () => {
  const NOTHING = 'title: Zahlungen\nimpact: major';

  it('has no English words', () => {
    const outage = update('Wir untersuchen das outage, und in 20 Minuten ist es behoben.');
    expect(warnings(outage, NOTHING)).toContain('outage-unnamed');
    expect(warnings(outage, NOTHING, 'locale: de\n')).toEqual([]);
    expect(warnings(update('This issue has been resolved.'), FRONT, 'locale: de\n')).toEqual([]);
  });

  it('has English labels all the same', () => {
    const text = '## Investigating · 2026-11-20 11:55 UTC\n\nWir suchen. Next update: 12:30 UTC';
    expect(warnings(text, FRONT, 'locale: de\n')).toEqual(['label-in-text']);
  });
});

it('a warning that is switched off is not given', () => {
  const off = (names: string) =>
    warnings('## Investigating · 2026-11-20 11:55 UTC\n\nWe are investigating.', FRONT, names);
  expect(off('')).toEqual(['promise-missing', 'stock-words']);
  expect(off('warnings: { off: [stock-words] }\n')).toEqual(['promise-missing']);
});

it('an error cannot be switched off', () => {
  expect(warnings('Text.', FRONT, 'warnings: { off: [text-before-updates] }\n')).toContain('text-before-updates');
  expect(warnings('Text.', FRONT, 'warnings: { off: [text-before-updates] }\n')).toContain('warning-unknown');
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

describe('the beginning of a minute is written', () => {
  const expected = (text: string, rule: string) => {
    const files = { 'site.yml': SITE_REVIEWED, 'incidents/a.md': incident(text, FRONT) };
    return readFiles(files).diagnostics.find(({ ruleId }) => ruleId === rule)?.example;
  };

  it('for a day without a word, once it has passed', () => {
    const text = (clock: string) =>
      `## Monitoring · 2026-11-19 ${clock} UTC\n\nCards fail.\n\n- **Next update:** 2026-11-20 12:30 UTC`;
    expect(expected(text('12:00'), 'silent-day')).toBeUndefined();
    expect(expected(text('11:59:59'), 'silent-day')).toBe('## Update · 2026-11-20 12:00 UTC');
  });
});

it('an incident says of a fix when it is expected, in a line of its own', () => {
  const fix = (label: string) => `${update('Card payments fail. It should be fixed by 15:00 UTC.')}${label}`;
  expect(warnings(fix(''))).toEqual(['unlabelled-fix-time']);
  expect(warnings(fix('\n- **Expected fix:** 15:00 UTC'))).toEqual([]);
});

it('a postmortem is not reviewed', () => {
  const over =
    '## Resolved · 2026-11-20 11:00 UTC\n\nCards work again.\n\n## Postmortem · 2026-11-20 11:30 UTC\n\nThis incident has been resolved.';
  expect(warnings(over)).toEqual([]);
});

it('components of which some work and some do not contradict nothing', () => {
  const front =
    'title: Some customers cannot pay\ncomponents:\n  checkout: operational\n  payments-api: partial_outage';
  expect(warnings(update('Cards fail.'), front)).toEqual([]);
});

it('an outage in the text counts only where no component is named and somebody is affected', () => {
  const text = 'There is an outage in Frankfurt.';
  expect(warnings(update(text))).toEqual([]);
  expect(warnings(update(text), 'title: A notice\nimpact: none')).toEqual([]);
});

it.each([
  ['Card payments fail. Another update follows at 12:30 UTC once the next update of the app is out.', []],
  ['Card payments fail. Resolved: payments by invoice. Still open: refunds.', []],
  ['The issue with refunds has been resolved, and cards still fail.', []],
  ['Cards failed.\n\nThis incident has been resolved.', ['says-resolved']],
  ['Cards failed.\n\n**Resolved** - Cards work again.', ['says-resolved']],
])('“%s” of an open incident: %s', (text, expected) => {
  expect(warnings(update(text))).toEqual(expected);
});

describe('of two open incidents', () => {
  const other = (front: string, text = update('Cards fail.', 'Investigating · 2026-11-20 11:50 UTC')) => {
    const files = { 'site.yml': SITE_REVIEWED, 'incidents/a.md': incident(update('Cards fail.'), FRONT) };
    return readFiles({ ...files, 'incidents/b.md': incident(text, front) }).diagnostics.map(({ ruleId }) => ruleId);
  };

  it('the same title of the same component is said once, in the newer one', () => {
    expect(other(FRONT)).toEqual(['incident-twice']);
    expect(other(FRONT.replace('cannot pay', 'cannot pay!'))).toEqual(['incident-twice']);
  });

  it('another title, or other components, are two problems', () => {
    expect(other(FRONT.replace('Some', 'No'))).toEqual([]);
    expect(other(FRONT.replace('checkout', 'payments-api'))).toEqual([]);
  });

  it('one that is over is none', () => {
    const over =
      '## Investigating · 2026-11-18 11:50 UTC\n\nCards fail.\n\n## Resolved · 2026-11-18 12:50 UTC\n\nCards work.';
    expect(other(FRONT, over)).toEqual([]);
  });
});
