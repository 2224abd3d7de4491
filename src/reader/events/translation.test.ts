import { describe, expect, it } from 'vitest';
import { contentIn } from '../../core/locales.ts';
import { incident, readFiles, SITE_REVIEWED } from '../../__tests__/support/reader.ts';

const SITE = `${SITE_REVIEWED}locales: [en, de]\nwarnings: { off: [promise-missing, stock-words, translation-missing] }\n`;
const ORIGINAL = incident(
  `## Investigating · 2026-11-20 09:20 UTC

We are looking for the cause.

## Resolved · 2026-11-20 11:02 UTC

Payments work again.`,
  'title: Some customers cannot pay\nareas: [Europe]\ncomponents:\n  checkout: partial_outage',
);
const translation = (text: string, front = 'title: Manche Kunden können nicht bezahlen') =>
  `---\n${front}\n---\n\n${text}\n`;
const GERMAN = translation(
  '## Investigating · 2026-11-20 09:20 UTC\n\nWir suchen die Ursache.',
  'title: Manche Kunden können nicht bezahlen\nareas: [Europa]',
);

const read = (files: Record<string, string>) => readFiles({ 'site.yml': SITE, 'incidents/a.md': ORIGINAL, ...files });
const wrong = (files: Record<string, string>) =>
  read(files).diagnostics.map(({ file, line, ruleId }) => `${file}:${String(line)} ${ruleId}`);

describe('a translation of an incident', () => {
  it('is what readers of its language get, with the texts of the first language where it has none', () => {
    const { content, diagnostics } = read({ 'incidents/a.de.md': GERMAN });
    expect(diagnostics).toEqual([]);
    expect(content?.incidents.map(({ title }) => title)).toEqual(['Some customers cannot pay']);
    const [german] = content ? contentIn(content, 'de').incidents : [];
    expect(german).toMatchObject({
      id: 'a',
      title: 'Manche Kunden können nicht bezahlen',
      lang: 'de',
      areas: ['Europa'],
    });
    expect(german?.updates.map(({ id, lang }) => [id, lang])).toEqual([
      ['u-20261120T092000Z', 'de'],
      ['u-20261120T110200Z', undefined],
    ]);
    expect(JSON.stringify(german?.updates[0]?.body)).toContain('Wir suchen die Ursache.');
    expect(JSON.stringify(german?.updates[1]?.body)).toContain('Payments work again.');
  });

  it('has the title of the first language until it has its own', () => {
    const { content, diagnostics } = read({ 'incidents/a.de.md': GERMAN.replace('title', '# title') });
    expect(diagnostics).toEqual([]);
    const [german] = content ? contentIn(content, 'de').incidents : [];
    expect(german).toMatchObject({ title: 'Some customers cannot pay', areas: ['Europa'] });
    expect(german?.lang).toBeUndefined();
    expect(german?.updates[0]?.lang).toBe('de');
  });

  it('names an update that there is, with the status it has there', () => {
    const german = (heading: string) => ({
      'incidents/a.de.md': translation(`## ${heading}\n\nWir suchen die Ursache.`),
    });
    expect(wrong(german('Investigating · 2026-11-20 09:21 UTC'))).toEqual(['incidents/a.de.md:5 translation-update']);
    expect(wrong(german('Identified · 2026-11-20 09:20 UTC'))).toEqual(['incidents/a.de.md:5 translation-update']);
  });

  it('leaves labels to the first file', () => {
    const text =
      '## Investigating · 2026-11-20 09:20 UTC\n\nWir suchen die Ursache.\n\n- **Next update:** 2026-11-20 09:50 UTC';
    expect(wrong({ 'incidents/a.de.md': translation(text) })).toEqual(['incidents/a.de.md:9 label-misplaced']);
  });

  it('has nothing but a title and areas in its front matter', () => {
    const front = 'title: Zahlungen\nimpact: major';
    expect(wrong({ 'incidents/a.de.md': translation('', front) })).toEqual(['incidents/a.de.md:3 unknown-key']);
    expect(wrong({ 'incidents/a.de.md': translation('', 'areas: [Europa]') })).toEqual([]);
  });

  it('translates a file that exists, into a language of the page that is not the first', () => {
    expect(wrong({ 'incidents/b.de.md': GERMAN })).toEqual(['incidents/b.de.md:1 translation-orphan']);
    expect(wrong({ 'incidents/a.ar.md': GERMAN })).toEqual(['incidents/a.ar.md:1 translation-locale']);
    expect(wrong({ 'incidents/a.en.md': GERMAN })).toEqual(['incidents/a.en.md:1 translation-locale']);
  });

  it('is not what an id with a dot is', () => {
    const { content, diagnostics } = read({ 'incidents/a.api.md': ORIGINAL });
    expect(diagnostics.map(({ ruleId }) => ruleId)).not.toContain('translation-locale');
    expect(content?.incidents.map(({ id }) => id)).toEqual(['a', 'a.api']);
  });
});

describe('the languages of a page', () => {
  const rules = (site: string) =>
    readFiles({ 'site.yml': `${SITE_REVIEWED}${site}\n` }).diagnostics.map(
      ({ line, ruleId }) => `${String(line)} ${ruleId}`,
    );

  it('are those that have words, each once', () => {
    expect(rules('locales: [de, en]')).toEqual([]);
    expect(rules('locales: [de, tlh]')).toEqual(['3 locale-missing']);
    expect(rules('locales: [de, en, de]')).toEqual(['3 locale-twice']);
    expect(rules('locale: de\nlocales: [de, en]')).toEqual(['3 locale-twice']);
  });

  it('begin with the one at the root of the site', () => {
    expect(readFiles({ 'site.yml': `${SITE_REVIEWED}locales: [de, en]\n` }).content?.site.locale).toBe('de');
    expect(readFiles({ 'site.yml': `${SITE_REVIEWED}locale: de\n` }).content?.site.locale).toBe('de');
  });
});
