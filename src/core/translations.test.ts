import { describe, expect, it } from 'vitest';
import { incident, readFiles, SITE_REVIEWED } from '../__tests__/support/reader.ts';
import { NOW } from '../__tests__/support/reader.ts';
import { missingTranslations } from './translations.ts';

const SITE = `${SITE_REVIEWED}locales: [en, de]\nwarnings: { off: [promise-missing, stock-words, no-effect] }\n`;
const FIRST = '## Investigating · 2026-11-20 11:20 UTC\n\nWe are looking for the cause.';
const SECOND = '## Identified · 2026-11-20 11:40 UTC\n\nA database failed.';
const OVER = '## Resolved · 2026-11-19 11:40 UTC\n\nPayments work again.';
const MAINTENANCE =
  'title: Database upgrade\ncomponents: [checkout]\nscheduled: 2026-12-01 02:00 UTC\nuntil: 2026-12-01 03:00 UTC\nannounced: 2026-11-01 02:00 UTC';
const german = (...texts: string[]) => incident(texts.join('\n\n'), 'title: Störung');

const missing = (files: Record<string, string>, site = SITE) => {
  const { content, diagnostics } = readFiles({ 'site.yml': site, ...files });
  const warned = diagnostics.map(({ file, line, ruleId, reason, example }) => ({
    at: `${file}:${String(line)} ${ruleId}`,
    reason,
    example,
  }));
  const broken = new Set(diagnostics.filter(({ severity }) => severity === 'error').map(({ file }) => file));
  const list = content ? missingTranslations(content, NOW, broken) : [];
  const told = list.map(({ locale, current, older }) => ({
    locale,
    current: current.map(({ file, whole, updates }) => [file, whole, updates.length]),
    older,
  }));
  return { told, warned };
};

describe('what is not translated', () => {
  it('is nothing on a page in one language', () => {
    expect(missing({ 'incidents/a.md': incident(FIRST) }, SITE.replace('locales: [en, de]', 'locale: en'))).toEqual({
      told: [],
      warned: [],
    });
  });

  it('is an open incident, with the file to write and what belongs in it', () => {
    const { told, warned } = missing({ 'incidents/a.md': incident(`${FIRST}\n\n${SECOND}`) });
    expect(told).toEqual([{ locale: 'de', current: [['incidents/a.de.md', true, 2]], older: 0 }]);
    expect(warned).toEqual([
      {
        at: 'incidents/a.md:11 translation-missing',
        reason: 'Readers of German see this in English until you write incidents/a.de.md.',
        example:
          '---\ntitle: Some customers cannot pay\n---\n\n## Investigating · 2026-11-20 11:20 UTC\n\n…\n\n## Identified · 2026-11-20 11:40 UTC\n\n…',
      },
    ]);
  });

  it('is a single update of one, until that has a translation too', () => {
    const original = { 'incidents/a.md': incident(`${FIRST}\n\n${SECOND}`) };
    const { told, warned } = missing({ ...original, 'incidents/a.de.md': german(FIRST) });
    expect(told).toEqual([{ locale: 'de', current: [['incidents/a.de.md', false, 1]], older: 0 }]);
    expect(warned).toMatchObject([{ example: '## Identified · 2026-11-20 11:40 UTC\n\n…' }]);
    expect(missing({ ...original, 'incidents/a.de.md': german(FIRST, SECOND) })).toEqual({ told: [], warned: [] });
  });

  it('is the title that a command could not translate', () => {
    const files = { 'incidents/a.md': incident(FIRST), 'incidents/a.de.md': german(FIRST).replace('title', '# title') };
    const { told, warned } = missing(files);
    expect(told).toEqual([{ locale: 'de', current: [['incidents/a.de.md', false, 0]], older: 0 }]);
    expect(warned).toMatchObject([
      {
        reason: expect.stringContaining('see the title in English') as string,
        example: '---\ntitle: Some customers cannot pay\n---',
      },
    ]);
  });

  it('is counted, and not warned of, where it is over', () => {
    const { told, warned } = missing({ 'incidents/a.md': incident(OVER), 'incidents/b.md': incident(OVER) });
    expect(told).toEqual([{ locale: 'de', current: [], older: 2 }]);
    expect(warned).toEqual([]);
  });

  it('is named while an incident is open, however old, and for a day after its last update', () => {
    const named = (text: string) => missing({ 'incidents/a.md': incident(text) }).told[0]?.current.length;
    expect(named(FIRST.replace('11-20', '11-10'))).toBe(1);
    expect(named(OVER.replace('19 11:40', '19 12:10'))).toBe(1);
    expect(named(OVER)).toBe(0);
  });

  it('comes with open incidents first, then maintenance to come, a series once', () => {
    const series = incident('We upgrade.', `${MAINTENANCE}\nrepeat: FREQ=WEEKLY;COUNT=3`);
    const { told, warned } = missing({ 'maintenance/m.md': series, 'incidents/a.md': incident(FIRST) });
    expect(told[0]?.current).toEqual([
      ['incidents/a.de.md', true, 1],
      ['maintenance/m.de.md', true, 0],
    ]);
    expect(warned.map(({ at }) => at)).toEqual([
      'incidents/a.md:7 translation-missing',
      'maintenance/m.md:1 translation-missing',
    ]);
    expect(warned[1]?.example).toBe('---\ntitle: Database upgrade\n---\n\n…');
  });

  it('is not what stands in a file with an error, and is not warned of where that is switched off', () => {
    const files = { 'incidents/a.md': incident(FIRST), 'incidents/a.de.md': 'No front matter' };
    expect(missing(files).warned.map(({ at }) => at)).toEqual(['incidents/a.de.md:1 front-matter-missing']);
    expect(missing(files).told).toEqual([]);
    const off = missing({ 'incidents/a.md': incident(FIRST) }, SITE.replace('off: [', 'off: [translation-missing, '));
    expect(off.warned).toEqual([]);
    expect(off.told).toHaveLength(1);
  });
});
