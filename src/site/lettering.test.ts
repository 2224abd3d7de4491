import { describe, expect, it } from 'vitest';
import { pictureSvg } from '../formats/picture.ts';
import { datesFor } from '../i18n/dates.ts';
import { CATALOGS, LOCALES } from '../i18n/words.ts';
import { fontsFor, letteringWith } from './lettering.ts';

const english = await letteringWith(fontsFor('en', []));
/** The outlines of glyphs, in the order in which they are drawn. */
const shapesOf = (svg: string) => [...svg.matchAll(/ d="([^"]+)"/g)].map(([, path]) => path);

/** The words in pictures, but for what owners write. */
const DRAWN =
  /^(page_status|component_status|word(?!\.reminder)|impact|severity|duration|recovering|maintenance$|notice$|title\.site|event\.(since|lasted|until)|answer\.quiet_since|time\.range)/;

it.each(LOCALES)('the fonts that are shipped have every letter of the words and months of %s', async (locale) => {
  const { covers } = await letteringWith(fontsFor(locale, []));
  const said = Object.entries(CATALOGS.get(locale) ?? {}).filter(([key]) => DRAWN.test(key));
  const months = Array.from({ length: 12 }, (_, month) => datesFor(locale, 'UTC').dateTime(Date.UTC(2026, month, 20)));
  const letters = new Set([...said.map(([, text]) => text), ...months].join('').match(/[^\p{Cf}\p{Cc}]/gu));
  expect([...letters].filter((letter) => !covers(letter))).toEqual([]);
  expect(said.length).toBeGreaterThan(30);
});

describe('a line', () => {
  it('shapes each script by its own rules, whatever stands beside it', () => {
    const alone = shapesOf(english.outline('स्थिति', 'ltr'));
    expect(shapesOf(english.outline('Acme स्थिति', 'ltr')).slice(-alone.length)).toEqual(alone);
  });

  it('runs from right to left with its full stop at the left, and Latin words in their own direction', () => {
    const [stop] = shapesOf(english.outline('.', 'rtl'));
    const shapes = shapesOf(english.outline('שירות API.', 'rtl'));
    const latin = shapesOf(english.outline('API', 'ltr'));
    expect(shapes[0]).toBe(stop);
    expect(shapes.slice(1, 4)).toEqual(latin);
  });
});

describe('a picture', () => {
  const look = { shape: '#000000', word: '#000000', tint: '#ffffff', icon: 'M0 0' };
  const said = { status: 'Partial outage', site: 'Acme status', locale: 'en', dir: 'ltr' } as const;
  const draw = (title: string, more: object = {}) => pictureSvg({ ...said, ...more, title }, look, english);

  it('leaves out a title that it has no letters for, instead of empty boxes', () => {
    expect(draw('鰻が届かない')).toBe(draw('Partial outage', { status: undefined }));
  });

  it('leaves out pictographs, and keeps the words around them', () => {
    expect(draw('Payments 🔥 fail')).toBe(draw('Payments fail'));
  });

  it('cuts a title that is too long, and ends it with an ellipsis', () => {
    const [ellipsis] = shapesOf(english.outline('…', 'ltr'));
    expect(shapesOf(draw('Cards '.repeat(60)))).toContain(ellipsis);
    expect(shapesOf(draw('Cards '.repeat(12)))).not.toContain(ellipsis);
  });
});
