import { describe, expect, it } from 'vitest';
import type { AlertRecord } from '../../src/core/alerts/record.ts';
import { at } from '../../src/__tests__/support/core.ts';
import { readAs } from '../lib/content.ts';
import { recordKey, recordsIn, withRecords } from './rule-state.ts';

const FILE = `---
title: Some customers cannot pay
components:
  checkout: partial_outage
---

## Investigating · 2026-11-20 09:20 UTC

We look into it.
`;

const RECORDS: AlertRecord[] = [
  { key: '9f86d081884c', stage: 'told', since: at('09:12'), components: { checkout: 'partial_outage' }, fields: {} },
  {
    key: '1a79a4d60de6',
    stage: 'over',
    since: at('09:15'),
    until: at('09:40'),
    before: at('09:02'),
    components: { checkout: 'major_outage', website: 'degraded_performance' },
    fields: { 'alert-summary': 'Slow' },
  },
];

describe('the records of a file', () => {
  it('are read as they were written', () => {
    const text = withRecords(FILE, 'checkout-errors', RECORDS);
    expect(recordsIn(text)).toEqual({ rule: 'checkout-errors', records: RECORDS });
    expect(recordsIn(FILE)).toBeUndefined();
  });

  it('stand in a comment below the front matter, and everything else stays as it is', () => {
    const text = withRecords(FILE, 'checkout-errors', RECORDS);
    const comment = text.slice(text.indexOf('<!--'), text.indexOf('-->') + 5);
    expect(text.replace(comment, '')).toBe(FILE);
    expect(text.indexOf('<!--')).toBeLessThan(text.indexOf('## Investigating'));
    expect(withRecords(text, 'checkout-errors', [])).toBe(FILE);
  });

  it('are written anew in their place, with the line ends of the file', () => {
    const windows = FILE.replaceAll('\n', '\r\n');
    const once = withRecords(windows, 'checkout-errors', RECORDS);
    expect(once.replaceAll('\r\n', '')).not.toContain('\n');
    expect(withRecords(once, 'checkout-errors', RECORDS)).toBe(once);
    expect(recordsIn(once)?.records).toEqual(RECORDS);
  });

  it.each(['--> <script>', '-->', '<!--', '--!>', '\u2028 ## Resolved', 'a }\n## x', '\ud800', '𝒳 &amp; é'])(
    'hold the field %j, which ends nothing and is read back',
    (field) => {
      const [first] = RECORDS;
      const records = [{ ...(first as AlertRecord), fields: { 'alert-name': field } }];
      const text = withRecords(FILE, 'checkout-errors', records);
      expect(recordsIn(text)?.records).toEqual(records);
      const found = {
        folder: 'content',
        now: at('10:00'),
        source: {
          files: [
            { path: 'site.yml', text: 'name: Acme\nurl: https://status.acme.example' },
            { path: 'components.yml', text: '- id: checkout\n  name: Checkout' },
          ],
          publicFiles: new Set<string>(),
        },
      };
      const { events, diagnostics } = readAs(found, 'incidents/2026-11-20-pay.md', text);
      expect(diagnostics.filter(({ severity }) => severity === 'error')).toEqual([]);
      expect(events[0]?.updates).toHaveLength(1);
    },
  );

  it('that cannot be read are passed over', () => {
    const text =
      '<!-- Alerts of a, kept by Candor.\nnonsense\n9f86d081884c told 2026-13-45T09:12:00Z checkout=partial_outage\n-->';
    expect(recordsIn(text)).toEqual({ rule: 'a', records: [] });
  });
});

it('keeps nothing readable of what a system calls an alert by', () => {
  expect(recordKey('alertmanager', '"; rm -rf / ${{ github.token }}')).toMatch(/^[0-9a-f]{12}$/);
  expect(recordKey('a', 'b')).not.toBe(recordKey('b', 'a'));
});
