import { describe, expect, it } from 'vitest';
import { readFiles, SITE_REVIEWED } from '../../__tests__/support/reader.ts';
import { contextOf } from '../../__tests__/support/view.ts';
import { contentIn } from '../../core/locales.ts';
import { PATHS } from '../addresses.ts';
import { homeModel } from './home.ts';
import { ownPageModel } from './own-page.ts';
import { pageOf } from './page.ts';

const page = (front: string, text = 'Text.') => `---\n${front}\n---\n\n${text}\n`;

/** The context of a site with these settings and files, in one of its languages. */
function context(settings: string, files: Record<string, string> = {}, locale = 'en') {
  const { content, diagnostics } = readFiles({ 'site.yml': SITE_REVIEWED + settings, ...files }, [
    '/logo.svg',
    '/dark.svg',
    '/icon.png',
  ]);
  if (!content) throw new Error(JSON.stringify(diagnostics));
  const base = contextOf();
  const root = { ...base, href: (path: string) => `/root${path}` };
  return { ...base, editions: [root], ledger: { ...base.ledger, content: contentIn(content, locale) } };
}

/** The links in the head and the foot of a page. */
function linksOf(given: ReturnType<typeof context>) {
  const { nav, foot } = pageOf(given, { title: 'A', description: 'A', path: PATHS.ownPage('contact') });
  return { head: nav.links, foot: foot.links };
}

const PAGES = {
  'pages/terms.md': page('title: Terms\norder: 2'),
  'pages/contact.md': page('title: Contact\nnav: header', 'Call us.'),
  'pages/about.md': page('title: About us\norder: 1'),
  'pages/secret.md': page('title: Not linked\nnav: none'),
};

describe('links of the owner', () => {
  it('stand between the history and the button, pages first', () => {
    const help = 'links: { header: [{ text: Help, url: "https://acme.example/help" }] }\n';
    expect(linksOf(context(help, PAGES)).head.map(({ text, href, current }) => [text, href, current])).toEqual([
      ['History', '/status/history/', false],
      ['Contact', '/status/pages/contact/', true],
      ['Help', 'https://acme.example/help', false],
      ['Subscribe', '/status/subscribe/', false],
    ]);
  });

  it('stand in the foot in their order', () => {
    const { foot } = linksOf(context('links: { footer: [{ text: Privacy, url: /privacy.pdf }] }\n', PAGES));
    expect(foot.slice(0, 4).map(({ text, href }) => [text, href])).toEqual([
      ['Reports', '/status/reports/'],
      ['About us', '/status/pages/about/'],
      ['Terms', '/status/pages/terms/'],
      // A file is in one place for all languages.
      ['Privacy', '/root/privacy.pdf'],
    ]);
    expect(JSON.stringify(foot)).not.toContain('Not linked');
  });

  it('are in the language of the page where they can be, and marked where they are not', () => {
    const links =
      'links: { header: [{ text: { en: Help, de: Hilfe }, url: /pages/about/ }, { text: Blog, url: /blog/ }] }\n';
    const off = 'locales: [en, de]\nwarnings: { off: [link-dead] }\n';
    expect(linksOf(context(links + off, PAGES, 'de')).head.slice(1, 4)).toMatchObject([
      { text: 'Contact', lang: 'en' },
      { text: 'Hilfe', href: '/status/pages/about/' },
      { text: 'Blog', lang: 'en' },
    ]);
  });
});

describe('a page of the owner', () => {
  const files = {
    ...PAGES,
    'pages/contact.de.md': page('title: Kontakt', 'Rufen Sie uns an.'),
    'pages/about.de.md': page('description: Wer wir sind', ''),
  };
  const model = (id: string, locale: string) => {
    const given = context('locales: [en, de]\n', files, locale);
    const own = given.ledger.content.pages.find((one) => one.id === id);
    if (!own) throw new Error(`There is no page ${id}.`);
    const html = (body: typeof own.body) => JSON.stringify(body);
    return ownPageModel({ ...given, html }, own);
  };

  it('says the same at every build, so that builds keep it', () => {
    expect(model('contact', 'en').page).not.toHaveProperty('version');
  });

  it('is told in the language of the page', () => {
    expect(model('contact', 'de')).toMatchObject({
      title: 'Kontakt',
      html: expect.stringContaining('Rufen') as string,
    });
    expect(model('contact', 'de')).not.toHaveProperty('note');
  });

  it('stands on the home page too where the owner wants it, in the language of the page', () => {
    const home = (locale: string) => {
      const given = context(
        'locales: [en, de]\n',
        {
          ...files,
          'pages/intro.md': page('title: Intro\nhome: above', 'Hello.'),
          'pages/sla.md': page('title: SLA\nhome: below', '99%.'),
          'pages/intro.de.md': page('title: Vorab', 'Hallo.'),
        },
        locale,
      );
      return homeModel({ ...given, html: (body) => JSON.stringify(body) });
    };
    expect(home('en')).toMatchObject({
      above: [{ html: expect.stringContaining('Hello.') as string }],
      below: [{ html: expect.stringContaining('99%.') as string }],
    });
    expect(home('de')).toMatchObject({
      above: [{ html: expect.stringContaining('Hallo.') as string }],
      below: [{ lang: 'en' }],
    });
  });

  it('says what is not translated', () => {
    expect(model('terms', 'de')).toMatchObject({
      title: 'Terms',
      lang: 'en',
      bodyLang: 'en',
      note: expect.anything() as string,
    });
  });
});

describe('the look of a page', () => {
  it('has another logo on dark backgrounds', () => {
    const one = (settings: string) => linksIn(context(settings)).home.logo;
    expect(one('logo: { light: /logo.svg, dark: /dark.svg }')).toMatchObject({
      src: '/status/logo.svg',
      dark: { srcset: '/status/dark.svg', media: 'screen and (prefers-color-scheme: dark)' },
    });
    expect(one('logo: /logo.svg')).not.toHaveProperty('dark');
  });

  it('is light or dark as the owner says, with the logo and the browser around it', () => {
    const look = (appearance: string) => {
      const { scheme, home } = linksIn(context(`logo: { light: /logo.svg, dark: /dark.svg }\n${appearance}`));
      return [scheme.name, scheme.colours.length, home.logo?.dark?.media];
    };
    expect(look('')).toEqual(['light dark', 2, 'screen and (prefers-color-scheme: dark)']);
    expect(look('appearance: light')).toEqual(['light', 1, undefined]);
    expect(look('appearance: dark')).toEqual(['dark', 1, 'screen']);
  });

  it('has the icon of its status, or that of the owner, which no status replaces', () => {
    const icons = (settings: string) => {
      const { page, answer } = homeModel(context(settings));
      return [page.icon.href, answer.bands[0]?.value.icon];
    };
    expect(icons('')).toEqual(['/status/icon/ok.svg', '/status/icon/ok.svg']);
    expect(icons('favicon: /icon.png')).toEqual(['/status/icon.png', '/status/icon.png']);
  });

  it('has sections in the order of the owner, and open incidents and maintenance always', () => {
    const sections = (settings: string) => homeModel(context(settings)).sections;
    expect(sections('')).toEqual(['incidents', 'maintenance', 'components', 'announcements', 'past']);
    expect(sections('sections: [components, incidents, maintenance]')).toEqual([
      'components',
      'incidents',
      'maintenance',
    ]);
    expect(sections('sections: [past, maintenance]')).toEqual(['incidents', 'past', 'maintenance']);
    expect(sections('sections: []')).toEqual(['incidents', 'maintenance']);
  });
});

function linksIn(given: ReturnType<typeof context>) {
  return pageOf(given, { title: 'A', description: 'A', path: PATHS.home });
}
