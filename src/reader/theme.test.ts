import { describe, expect, it } from 'vitest';
import { readFiles, SITE_REVIEWED } from '../__tests__/support/reader.ts';

/** The style sheet that is published of a `theme.css`. */
function published(css: string): string | undefined {
  const site = SITE_REVIEWED.replace('.example', '.example/status');
  const { content, diagnostics } = readFiles({ 'site.yml': site, 'theme.css': css }, ['/bg.png', '/a.woff2']);
  expect(diagnostics).toEqual([]);
  return content?.theme;
}

describe('the style sheet of the owner', () => {
  it('stands in the last cascade layer, wherever it is loaded', () => {
    expect(published('h1 { color: red }')).toBe(
      '@layer tokens, base, layout, parts, states, owner;@layer owner{h1{color:red}}',
    );
  });

  it('loads files of the page below its address, and nothing else', () => {
    expect(
      published('@font-face { src: url(/a.woff2) } a { background: url("/bg.png?1"), url(data:image/png;base64,AA) }'),
    ).toContain(
      '@font-face{src:url(/status/a.woff2)}a{background:url(/status/bg.png?1),url(data:image/png;base64,AA)}',
    );
  });

  it('cannot end its layer', () => {
    expect(published('h1 { color: red')).toMatch(/@layer owner\{h1\{color:red\}\}$/);
  });

  it('may set what belongs together, such as a dark page for everybody', () => {
    const tones = ['ok', 'maintenance', 'degraded', 'partial', 'major', 'note'].map((tone) => `.${tone}`).join(',');
    const page = ':root { --paper: #000; --ink: #fff; --soft: #bbb; --quiet: #111; --accent: #9cf }';
    expect(published(`${page} ${tones} { --word: #eee; --shape: #888; --tint: #181818 }`)).toContain('--paper: #000');
  });
});
