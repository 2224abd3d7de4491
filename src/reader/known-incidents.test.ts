import { describe, expect, it } from 'vitest';
import type { Reading } from './content.ts';
import { readContent } from './content.ts';
import { KnownIncidents } from './known-incidents.ts';
import { incident, NOW, SITE_REVIEWED } from './testing.ts';

const QUIET = `${SITE_REVIEWED}warnings: { off: [silent-day, promise-missing] }\n`;
const TEXT =
  '## Investigating · 2026-11-20 09:20 UTC\n\nSome **orders** fail. See <https://acme.example>.\n\n- a\n  - b\n';
const FILES = {
  'incidents/a.md': incident(TEXT),
  'incidents/b.md': incident(TEXT.replace('orders', 'cards')),
};

function read(files: Readonly<Record<string, string>>, known?: KnownIncidents, now = NOW): Reading {
  const all = { 'site.yml': QUIET, 'components.yml': '- id: checkout\n  name: Checkout\n', ...files };
  const sources = Object.entries(all).map(([path, text]) => ({ path, text }));
  return readContent({ files: sources, publicFiles: new Set() }, { now, locales: ['en'], ...(known && { known }) });
}

/** What a reading leaves for the next. */
function afterReading(files: Readonly<Record<string, string>>): string {
  const known = new KnownIncidents();
  read(files, known);
  return known.toString();
}

describe('incidents that are known', () => {
  it('are what a reading of their files gives', () => {
    const known = new KnownIncidents(afterReading(FILES));
    expect(JSON.parse(JSON.stringify(read(FILES, known)))).toEqual(JSON.parse(JSON.stringify(read(FILES))));
    expect(known.isChanged).toBe(false);
  });

  it('are read again when a letter of their file has changed', () => {
    const known = new KnownIncidents(afterReading(FILES));
    const { content } = read({ ...FILES, 'incidents/a.md': incident(TEXT.replace('Some', 'Many')) }, known);
    expect(JSON.stringify(content?.incidents.map(({ updates }) => updates[0]?.body))).toContain('Many');
    expect(known.isChanged).toBe(true);
  });

  it('are forgotten with their file', () => {
    const known = new KnownIncidents(afterReading(FILES));
    read({ 'incidents/a.md': FILES['incidents/a.md'] }, known);
    expect(known.isChanged).toBe(true);
    expect(known.toString()).not.toContain('cards');
  });

  it('are none of those that there was something to report about', () => {
    const files = { 'incidents/a.md': incident(`${TEXT}\n[x](elsewhere)\n`) };
    const first = read(files).diagnostics;
    expect(first.map(({ ruleId }) => ruleId)).toContain('link-relative');
    expect(read(files, new KnownIncidents(afterReading(files))).diagnostics).toEqual(first);
  });

  it('are reported when the clock goes back before what they say', () => {
    const known = new KnownIncidents(afterReading(FILES));
    const { diagnostics } = read(FILES, known, Date.parse('2026-11-20T08:00:00Z'));
    expect(diagnostics.map(({ ruleId }) => ruleId)).toContain('time-in-future');
  });
});
