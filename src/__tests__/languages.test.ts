import { existsSync, readFileSync } from 'node:fs';
import { cp, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseFeed } from '@rowanmanning/feed-parser';
import type { Element, Root } from 'hast';
import { XMLParser } from 'fast-xml-parser';
import { HtmlValidate } from 'html-validate';
import type { Browser } from 'playwright-core';
import rehypeParse from 'rehype-parse';
import Parser from 'rss-parser';
import { unified } from 'unified';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { LOCALES } from '../i18n/words.ts';
import { axeFinds, launchBrowser } from './support/browser.ts';
import { elementsOf, textOf } from './support/dom.ts';
import { feedsmith } from './support/feeds.ts';
import type { StaticServer } from './support/server.ts';
import { serve } from './support/server.ts';
import { ACME, build, builtPages, copyExample } from './support/sites.ts';

const HOST = 'https://status.ladenhall.example';
const INCIDENT = 'incidents/2026-11-20-card-payments-europe';
/** The first has no folder. */
const FOLDERS = { en: '', de: 'de/', ar: 'ar/', ja: 'ja/' } as const;
const TRANSLATIONS = {
  de: '---\ntitle: Manche können nicht mit Karte zahlen\nareas: [Europa]\n---\n\n## Investigating · 2026-11-20 09:21 UTC\n\nSeit 09:12 UTC schlägt etwa jede vierte Zahlung fehl.\n',
  ar: '---\ntitle: تعذّر الدفع بالبطاقة على بعض المتسوقين في أوروبا\n---\n\n## Investigating · 2026-11-20 09:21 UTC\n\nمنذ الساعة 09:12 UTC يفشل نحو ربع عمليات الدفع بالبطاقة.\n',
};

const FORM = 'https://lists.ladenhall.example';
const LISTS = { everything: 'ce13e971-c2ed-4069-bd0c-240e9a9f56f9', cards: '12e25d25-b08e-48a2-a7c5-1f0d2c1f6d3f' };
const EMAIL = `subscribe:
  email:
    provider: listmonk
    form: ${FORM}/subscription/form
    everything: ${LISTS.everything}
    topics: { cards: ${LISTS.cards} }
    redirects: [https://ladenhall.example]
`;

let folder: string;
let dist: string;
let site: StaticServer;
let browser: Browser;

const pages = () => builtPages(dist).filter(({ path }) => path !== '/404.html');
const read = (path: string) => readFileSync(join(dist, path), 'utf8');

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'candor-languages-'));
  const content = join(folder, 'content');
  dist = join(folder, 'dist');
  await copyExample(content);
  await speak(content, Object.keys(FOLDERS));
  for (const [locale, text] of Object.entries(TRANSLATIONS))
    await writeFile(join(content, `${INCIDENT.replace('/', '/2026/')}.${locale}.md`), text);
  await build(content, dist);
  [browser, site] = await Promise.all([launchBrowser(), serve(dist)]);
});

afterAll(async () => {
  await browser.close();
  await site.close();
  await rm(folder, { recursive: true });
});

async function speak(content: string, locales: readonly string[]): Promise<void> {
  const file = join(content, 'site.yml');
  const settings = (await readFile(file, 'utf8')).replace(/^locale:.*\n/m, '');
  await writeFile(file, `${settings}locales: [${locales.join(', ')}]\n${EMAIL}`);
}

/** The language of a page by its address, and its path below the folder of that. */
function placeOf(path: string): { locale: string; below: string } {
  const [, found = ''] = /^\/(de|ar|ja)\//.exec(path) ?? [];
  return { locale: found || 'en', below: path.slice(found ? found.length + 2 : 1) };
}

describe('every page of a site in four languages', () => {
  it('says its language and direction, and is there in all of them', () => {
    const found = new Map(Object.keys(FOLDERS).map((locale) => [locale, new Set<string>()]));
    for (const { path, html } of pages()) {
      const { locale, below } = placeOf(path);
      found.get(locale)?.add(below);
      const { lang, dir } = elementsOf(html)[0]?.properties ?? {};
      expect([lang, dir], path).toEqual([locale, locale === 'ar' ? 'rtl' : 'ltr']);
    }
    expect(found.get('en')?.size).toBeGreaterThan(60);
    for (const paths of found.values()) expect(paths).toEqual(found.get('en'));
  });

  it('leads search engines and readers to itself in each language', () => {
    for (const { path, html } of pages()) {
      const elements = elementsOf(html);
      // An address from before leads to the one of today.
      const canonical = elements.find(({ properties }) => String(properties['rel']) === 'canonical');
      const { locale, below } = placeOf(String(canonical?.properties['href']).slice(HOST.length));
      expect(locale).toBe(placeOf(path).locale);
      const links = (tag: string) => elements.filter((one) => one.tagName === tag && one.properties['hrefLang']);
      const all = Object.entries(FOLDERS).map(([other, at]) => [other, `/${at}${below}`]);
      expect(
        links('link').map(({ properties }) => [properties['hrefLang'], properties['href']]),
        path,
      ).toEqual([...all, ['x-default', `/${below}`]].map(([other, at]) => [other, HOST + String(at)]));
      if (below === 'embed/') continue;
      const switcher = links('a');
      expect(
        switcher.map(({ properties }) => [properties['hrefLang'], properties['href']]),
        path,
      ).toEqual(all);
      expect(switcher.map((link) => [link.properties['lang'], textOf(link)])).toEqual([
        ['en', 'English'],
        ['de', 'Deutsch'],
        ['ar', 'العربية'],
        ['ja', '日本語'],
      ]);
      const current = switcher.filter(({ properties }) => properties['ariaCurrent']);
      expect(current.map(({ properties }) => properties['lang'])).toEqual([locale]);
    }
  });

  it('marks each text that is in another language', () => {
    const wrong = pages().flatMap(({ path, html }) =>
      textsOf(html).flatMap(({ text, lang }) => {
        const language = writtenIn(text);
        return language && !language.includes(lang) ? [`${path} ${lang}: ${text}`] : [];
      }),
    );
    expect([...new Set(wrong)]).toEqual([]);
  });

  it('marks what owners wrote in the first language', () => {
    const german = read(`de/${INCIDENT}/index.html`);
    const langs = (text: string) =>
      textsOf(german)
        .filter((one) => one.text.startsWith(text))
        .map(({ lang }) => lang);
    expect(new Set(langs('Card payments'))).toEqual(new Set(['en']));
    expect(new Set(langs('One of our two lines'))).toEqual(new Set(['en']));
    expect(new Set(langs('Seit 09:12 UTC'))).toEqual(new Set(['de']));
    expect(new Set(langs('Europa'))).toEqual(new Set(['de']));
  });

  it('is listed for search engines', () => {
    const listed = [...read('sitemap.xml').matchAll(/<loc>(.*?)<\/loc>/g)].map(([, url = '']) => url);
    const of = (locale: string) => listed.filter((url) => placeOf(url.slice(HOST.length)).locale === locale);
    expect(of('en').length).toBeGreaterThan(60);
    expect(of('ar')).toEqual(of('en').map((url) => url.replace(HOST, `${HOST}/ar`)));
    expect(new Set(listed).size).toBe(listed.length);
    expect(listed).toHaveLength(4 * of('en').length);
  });

  it('is valid HTML', async () => {
    // Boxes of one name are a list of what was chosen.
    const shared = ['radio', 'checkbox', 'button', 'reset', 'submit'];
    const validator = new HtmlValidate({
      extends: ['html-validate:recommended'],
      rules: { 'long-title': 'off', 'form-dup-name': ['error', { shared }] },
    });
    const one = (path: string) =>
      /^\/(404.html|(de\/|ar\/|ja\/)?([^/]+\/)?(2026-1[01][^/]*\/|checkout\/)?)$/.test(path);
    const problems: string[] = [];
    for (const { path, html } of builtPages(dist).filter(({ path }) => one(path))) {
      const { results } = await validator.validateString(html);
      for (const { messages } of results)
        for (const { ruleId, message, line } of messages) problems.push(`${path}:${line} ${ruleId} ${message}`);
    }
    expect(problems).toEqual([]);
  });

  it.each(
    Object.values(FOLDERS).flatMap((at) => ['', `${INCIDENT}/`, 'reports/2026-10/', 'subscribe/'].map((x) => at + x)),
  )('/%s has nothing that axe finds', async (path) => {
    const context = await browser.newContext({ bypassCSP: true, viewport: { width: 390, height: 800 } });
    const page = await context.newPage();
    await page.goto(`${site.origin}/${path}`);
    expect(await axeFinds(page)).toEqual([]);
    await context.close();
  });

  it('lets the form to subscribe by email be sent to its service, and no other page send any', () => {
    const policies = pages().map(({ path, html }) => [path, /form-action ([^"]*)"/.exec(html)?.[1]] as const);
    const open = policies.filter(([, allowed]) => allowed !== '&#39;none&#39;' && allowed !== "'none'");
    expect(new Map(open)).toEqual(
      new Map(Object.values(FOLDERS).map((at) => [`/${at}subscribe/`, `${FORM} https://ladenhall.example`])),
    );
    for (const at of Object.values(FOLDERS))
      expect(read(`${at}components/cards/index.html`)).toContain(`href="/${at}subscribe/#email"`);
  });

  it('sends the form by keyboard, without JavaScript, with what was chosen', async () => {
    const context = await browser.newContext({ javaScriptEnabled: false, viewport: { width: 320, height: 800 } });
    const page = await context.newPage();
    const sent: string[] = [];
    await context.route(`${FORM}/**`, async (route) => {
      sent.push(route.request().postData() ?? '');
      await route.fulfill({ body: 'Please confirm.' });
    });
    for (const [at, keys] of [
      ['ar/', ['ada@acme.example', 'Enter']],
      [
        '',
        ['ada@acme.example', 'Tab', ' ', 'Tab', 'Enter', 'Tab', 'Enter', 'Tab', 'Enter', 'Tab', ' ', 'Tab', 'Enter'],
      ],
    ] as const) {
      await page.goto(`${site.origin}/${at}subscribe/#email`);
      await page.locator('input[type=email]').focus();
      for (const key of keys)
        await (key.length > 1 && !key.includes('@') ? page.keyboard.press(key) : page.keyboard.type(key));
      await page.waitForURL(`${FORM}/subscription/form`);
    }
    await context.close();
    expect(sent.map((body) => [...new URLSearchParams(body)])).toEqual(
      [LISTS.everything, LISTS.cards].map((list) => [
        ['email', 'ada@acme.example'],
        ['nonce', ''],
        ['l', list],
      ]),
    );
  });

  it('says that a page is not there in each language', () => {
    const html = read('404.html');
    for (const text of ['Page not found', 'Seite nicht gefunden', 'الصفحة غير موجودة', 'ページが見つかりません'])
      expect(textsOf(html).map((one) => one.text)).toContain(text);
    const wrong = textsOf(html).filter(({ text, lang }) => writtenIn(text)?.includes(lang) === false);
    expect(wrong).toEqual([]);
    const homes = elementsOf(html).flatMap(({ properties }) => (properties['href'] === '/ar/' ? [properties] : []));
    expect(homes.length).toBeGreaterThan(0);
  });

  it('has a banner for other sites in that language', async () => {
    const page = await browser.newPage();
    await page.setContent('<!doctype html><html lang="en"><title>Shop</title><main></main>');
    await page.addScriptTag({ content: read('ar/embed.js') });
    const banner = page.locator('aside');
    expect(await banner.evaluate((one) => [one.getAttribute('lang'), getComputedStyle(one).direction])).toEqual([
      'ar',
      'rtl',
    ]);
    const link = banner.locator('a').first();
    expect(await link.getAttribute('href')).toBe(`${HOST}/ar/${INCIDENT}/`);
    expect(await link.innerText()).toContain('تعذّر الدفع');
    await page.close();
  });

  it('has feeds and texts of the types that a host serves the first language with', async () => {
    for (const path of [
      'rss.xml',
      'components/cards/atom.xml',
      'feed.json',
      'maintenance.ics',
      `${INCIDENT}.md`,
      'embed.js',
    ]) {
      const types = await Promise.all(
        ['', 'ar/'].map(async (at) => {
          const { status, headers } = await fetch(`${site.origin}/${at}${path}`);
          return [status, headers.get('content-type'), headers.get('access-control-allow-origin')];
        }),
      );
      expect(types[1], path).toEqual(types[0]);
      expect(types[0]?.[2]).toBe('*');
    }
  });
});

/** All texts of a page with the language that they are said to be in. */
function textsOf(html: string, language = ''): TextIn[] {
  const found: { text: string; lang: string }[] = [];
  const visit = (node: Root | Element, lang: string) => {
    for (const child of node.children) {
      if (child.type === 'text' && child.value.trim()) found.push({ text: child.value.trim(), lang });
      if (child.type === 'element' && !/^(code|script|style)$/.test(child.tagName))
        visit(child, String(child.properties['lang'] ?? lang));
    }
  };
  visit(unified().use(rehypeParse).parse(html), language);
  return found;
}

/** The languages that a text may be in by its letters: Latin ones alone say nothing unless they make a sentence. */
function writtenIn(text: string): readonly string[] | undefined {
  if (/\p{Script=Arabic}/u.test(text)) return ['ar'];
  if (/\p{Script=Hiragana}|\p{Script=Katakana}|\p{Script=Han}/u.test(text)) return ['ja'];
  const words = text.replace(/https?:\S+/g, '').match(/\p{Script=Latin}{2,}/gu) ?? [];
  return words.length > 2 ? ['en', 'de'] : undefined;
}

describe('the feeds of each language', () => {
  it.each(['rss.xml', 'atom.xml'])('%s: the same entries under the same ids, on its own pages', async (name) => {
    const ids = [];
    for (const [locale, at] of Object.entries(FOLDERS)) {
      const text = read(at + name);
      const entries = feedsmith(text);
      const parsed = parseFeed(text);
      expect(parsed.language, locale).toBe(locale);
      expect(parsed.self).toBe(`${HOST}/${at}${name}`);
      expect(parsed.url).toBe(`${HOST}/${at}`);
      for (const { link } of entries)
        expect(link).toMatch(new RegExp(`^${HOST}/${at}(incidents|maintenance|announcements)/`));
      expect((await new Parser().parseString(text)).items).toHaveLength(entries.length);
      ids.push(entries.map(({ id }) => id));
    }
    expect(new Set(ids[0]).size).toBe(50);
    for (const others of ids) expect(others).toEqual(ids[0]);
  });

  it('feed.json too', () => {
    const feeds = Object.values(FOLDERS).map((at) => JSON.parse(read(`${at}feed.json`)) as JsonFeed);
    expect(feeds.map(({ language }) => language)).toEqual(Object.keys(FOLDERS));
    expect(feeds.map((feed) => feed.feed_url)).toEqual(Object.values(FOLDERS).map((at) => `${HOST}/${at}feed.json`));
    for (const { items } of feeds) expect(items.map(({ id }) => id)).toEqual(feeds[0]?.items.map(({ id }) => id));
  });

  it('Atom feeds have ids of their own', () => {
    const ids = Object.values(FOLDERS).map((at) => /<id>(.*?)<\/id>/.exec(read(`${at}atom.xml`))?.[1]);
    expect(new Set(ids).size).toBe(4);
  });

  it.each(['ar', 'ja'])('mark each text that is not in %s', (locale) => {
    const feed = (name: string) => XML.parse(read(`${locale}/${name}`)) as Parsed;
    const texts = ['atom.xml', 'history.atom', 'components/cards/atom.xml', 'history/2026-11/atom.xml'].flatMap(
      (name) => {
        const { title, subtitle, entry } = feed(name).feed;
        const plain = [title, subtitle, ...entry.map((one) => one.title)].map((one): TextIn => {
          const { text, 'xml:lang': lang } = typeof one === 'string' ? { text: one, 'xml:lang': locale } : one;
          // The language is that of what happened; the status behind it is in the feed's.
          return { text: text.replace(/ [–—] [^–—]*$/, ''), lang };
        });
        return [...plain, ...entry.flatMap(({ content }) => textsOf(content.text, locale))];
      },
    );
    const { item } = feed('rss.xml').rss.channel;
    const inRss = item.flatMap((one) => [one['content:encoded'], one.description]);
    const inHistory = feed('history.rss').rss.channel.item.map(({ description }) => description);
    const { items } = JSON.parse(read(`${locale}/feed.json`)) as JsonFeed;
    const html = [...inRss, ...inHistory, ...items.map((one) => one.content_html)];
    const all = [...texts, ...html.flatMap((one = '') => textsOf(one, locale))];
    expect(all.length).toBeGreaterThan(500);
    expect(all.filter(({ text, lang }) => writtenIn(text)?.includes(lang) === false)).toEqual([]);
    const europe = all.filter(({ text }) => text === 'Europe').map(({ lang }) => lang);
    expect(new Set(europe)).toEqual(new Set(['en']));
    const langs = items.map(({ language }) => language);
    expect(item.map((one) => one['dc:language']?.text)).toEqual(langs);
    expect(langs).toContain('en');
  });

  it('mark nothing in the first language', () => {
    for (const name of ['rss.xml', 'history.rss']) expect(read(name)).not.toMatch(/dc:language|lang=/);
    for (const name of ['atom.xml', 'history.atom']) expect(read(name).match(/lang=/g)).toHaveLength(1);
  });

  it('what all languages share is there once', () => {
    for (const path of ['api/v2/summary.json', 'build.json', 'badge.svg', 'components/cards/badge.svg']) {
      expect(existsSync(join(dist, path)), path).toBe(true);
      expect(existsSync(join(dist, 'de', path)), path).toBe(false);
    }
  });
});

interface JsonFeed {
  language: string;
  feed_url: string;
  items: { id: string; content_html: string; language?: string }[];
}

const XML = new XMLParser({
  ignoreAttributes: false,
  attributeNamePrefix: '',
  textNodeName: 'text',
  htmlEntities: true,
  processEntities: { maxTotalExpansions: Infinity, maxExpandedLength: Infinity },
});

interface TextIn {
  text: string;
  lang: string;
}

/** What is written in feeds, as XML. */
interface Parsed {
  feed: {
    title: MarkedElement;
    subtitle: MarkedElement;
    entry: { title: MarkedElement; content: { text: string } }[];
  };
  rss: {
    channel: { item: { description?: string; 'content:encoded'?: string; 'dc:language'?: { text: string } }[] };
  };
}
type MarkedElement = string | { text: string; 'xml:lang': string };

const NOW = '2026-11-20T10:05:00Z';
const SMALL: Readonly<Record<string, string>> = {
  'site.yml': `name: Acme\nurl: ${ACME}\ntime_zone: UTC\n`,
  'components.yml': '- id: cards\n  name: Card payments\n- id: orders\n  name: Orders and stock\n',
  'incidents/cards.md':
    '---\ntitle: Some shoppers cannot pay by card\ncomponents:\n  cards: partial_outage\nstarted: 2026-11-20 09:12 UTC\n---\n\n## Investigating · 2026-11-20 09:21 UTC\n\nCards fail.\n\n- **Next update:** 09:40 UTC\n\n## Identified · 2026-11-20 09:38 UTC\n\nA line is down.\n\n- **Next update:** 10:15 UTC\n- **Expected fix:** 10:45 UTC\n',
  'incidents/orders.md':
    '---\ntitle: Orders could not be placed\ncomponents:\n  orders: major_outage\nstarted: 2026-10-06 09:00 UTC\n---\n\n## Investigating · 2026-10-06 09:05 UTC\n\nWe are looking.\n\n- **Next update:** 09:10 UTC\n\n## Resolved · 2026-10-06 10:00 UTC\n\nAll works.\n',
  'maintenance/servers.md':
    '---\ntitle: New servers\ncomponents: [cards]\nscheduled: 2026-11-22 09:00 UTC\nuntil: 2026-11-22 10:00 UTC\n---\n\nWe add servers.\n',
};

describe('a site in every language', () => {
  let small: string;
  let every: StaticServer;
  let before: Record<string, string>;

  beforeAll(async () => {
    small = await mkdtemp(join(tmpdir(), 'candor-every-'));
    const content = join(small, 'content');
    for (const [path, text] of Object.entries(SMALL)) {
      await mkdir(join(content, path, '..'), { recursive: true });
      await writeFile(join(content, path), text);
    }
    await speak(content, ['en', ...LOCALES.filter((locale) => locale !== 'en')]);
    await build(content, join(small, 'before'), NOW);
    before = feedsIn(join(small, 'before'));
    await writeFile(
      join(content, 'incidents/cards.de.md'),
      '---\ntitle: Kartenzahlung gestört\n---\n\n## Investigating · 2026-11-20 09:21 UTC\n\nKarten werden abgelehnt.\n',
    );
    await cp(join(small, 'before'), join(small, 'dist'), { recursive: true });
    await build(content, join(small, 'dist'), NOW);
    every = await serve(join(small, 'dist'));
  });

  afterAll(async () => {
    await every.close();
    await rm(small, { recursive: true });
  });

  const feedsIn = (dir: string) =>
    Object.fromEntries(['rss.xml', 'atom.xml'].map((name) => [name, readFileSync(join(dir, 'de', name), 'utf8')]));

  it.each(['rss.xml', 'atom.xml'])('%s has each update once when its translation comes later', (name) => {
    const after = feedsIn(join(small, 'dist'))[name] ?? '';
    expect(before[name]).toContain('Cards fail.');
    expect(after).toContain('Karten werden abgelehnt.');
    expect(after).not.toContain('Cards fail.');
    const ids = feedsmith(after).map(({ id }) => id);
    expect(ids).toEqual(feedsmith(before[name] ?? '').map(({ id }) => id));
    expect(new Set(ids).size).toBe(ids.length);
  });

  it.each(LOCALES)('%s fits a narrow phone', async (locale) => {
    const page = await browser.newPage({ viewport: { width: 320, height: 700 } });
    for (const path of ['', 'incidents/cards/', 'maintenance/servers/', 'history/', 'reports/2026-10/', 'subscribe/']) {
      await page.goto(`${every.origin}/${locale === 'en' ? '' : `${locale}/`}${path}`);
      await page.evaluate(() => document.querySelectorAll('details').forEach((details) => (details.open = true)));
      const { lang, over } = await page.evaluate(() => ({
        lang: document.documentElement.lang,
        over: document.documentElement.scrollWidth - document.documentElement.clientWidth,
      }));
      expect([lang, over], path).toEqual([locale, 0]);
    }
    await page.goto(`${every.origin}/${locale === 'en' ? '' : `${locale}/`}`);
    // The languages are folded, and the answer is on the first screen.
    expect(await page.locator('.languages a:visible').count()).toBe(0);
    expect((await page.locator('h1').boundingBox())?.y).toBeLessThan(250);
    await page.close();
  });
});
