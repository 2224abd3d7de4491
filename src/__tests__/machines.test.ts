import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { XMLValidator } from 'fast-xml-parser';
import ICAL from 'ical.js';
import ical from 'node-ical';
import remarkGfm from 'remark-gfm';
import remarkParse from 'remark-parse';
import { unified } from 'unified';
import { describe, expect, it } from 'vitest';
import { CATALOGS } from '../i18n/words.ts';
import { readContent } from '../reader/content.ts';
import { readFolder } from '../reader/files.ts';
import { builtFiles, builtPages, SITES } from './support/sites.ts';

const markdown = unified().use(remarkParse).use(remarkGfm).freeze();

describe.each(Object.entries(SITES))('what programs read of %s', (_, { dir, url }) => {
  const files = builtFiles(dir);
  const ending = (end: string) => files.filter((path) => path.endsWith(end));
  const read = (path: string) => readFileSync(join(dir, path), 'utf8');

  it('has a calendar for the page and for each component, which two readers read alike', () => {
    const calendars = ending('maintenance.ics');
    expect(calendars).toContain('maintenance.ics');
    expect(calendars.length).toBeGreaterThan(20);
    for (const path of calendars) {
      const text = read(path);
      const events = new ICAL.Component(ICAL.parse(text) as []).getAllSubcomponents('vevent').map((one) => {
        const event = new ICAL.Event(one);
        return [event.uid, event.sequence, event.startDate.toJSDate().toISOString(), String(event.summary)];
      });
      const others = Object.values(ical.sync.parseICS(text)).flatMap((one) =>
        one?.type === 'VEVENT'
          ? [[one.uid, Number(one.sequence), new Date(one.start).toISOString(), String(one.summary)]]
          : [],
      );
      expect(others, path).toEqual(events);
      // The example has an id of its own; without one, the host is what makes them unique.
      const { hostname } = new URL(url);
      const root = new RegExp(`^tag:${hostname},\\d{4}:status/maintenance/|@${hostname}$`);
      for (const [uid] of events) expect(String(uid)).toMatch(root);
    }
  });

  it('has badges that are good pictures and endpoints', () => {
    expect(ending('badge.svg')).toContain('badge.svg');
    expect(ending('badge.svg').length).toBe(ending('badge.json').length);
    for (const path of ending('badge.svg')) expect(XMLValidator.validate(read(path)), path).toBe(true);
    for (const path of ending('badge.json')) {
      expect(JSON.parse(read(path)), path).toEqual({
        schemaVersion: 1,
        label: expect.any(String) as string,
        message: expect.any(String) as string,
        color: expect.stringMatching(/^#[0-9a-f]{6}$/) as string,
      });
    }
  });

  it('has the dates of each event for search engines', () => {
    const hasFeed = (path: string) => existsSync(join(dir, path, 'atom.xml'));
    const events = builtPages(dir).filter(({ path }) => /^\/incidents\/[^/]+\/$/.test(path));
    expect(events.length).toBeGreaterThan(10);
    expect(events.filter(({ path }) => hasFeed(path)).length).toBeGreaterThan(5);
    for (const { path, html } of events) {
      const data = /<script type="application\/ld\+json">(.*?)<\/script>/s.exec(html)?.[1] ?? '';
      const { headline, ...dates } = JSON.parse(data) as Record<string, string>;
      const [published, modified] = [dates['datePublished'], dates['dateModified']].map((at) => Date.parse(String(at)));
      expect(headline, path).toMatch(/\S/);
      expect(published, path).toBeLessThanOrEqual(Number(modified));
      if (!hasFeed(path)) continue;
      const atom = read(`${path.slice(1)}atom.xml`);
      const said = [...atom.matchAll(/<(?:published|updated)>(.+?)</g)].map(([, at]) => Date.parse(String(at)));
      expect([published, modified], path).toEqual([Math.min(...said), Math.max(...said)]);
    }
  });

  it('describes in OpenAPI each file that programs read, and nothing else', () => {
    const api = JSON.parse(read('api/openapi.json')) as {
      servers: [{ url: string }];
      paths: Record<string, { get: { responses: { 200: { content: Record<string, { schema?: object }> } } } }>;
    };
    expect(`${api.servers[0].url}/`).toBe(url);
    const ajv = new Ajv2020({ strict: false, schemas: { api }, formats: { date: true, 'date-time': true } });
    const paths = Object.entries(api.paths).map(([path, { get }]) => {
      const file = new RegExp(
        `^${path
          .slice(1)
          .replaceAll('.', '\\.')
          .replace(/\{\w+\}/g, '[^/]+')}$`,
      );
      const escape = (part: string) => part.replaceAll('/', '~1').replaceAll('{', '%7B').replaceAll('}', '%7D');
      const schema = `api#/paths/${escape(path)}/get/responses/200/content/application~1json/schema`;
      const isJson = get.responses[200].content['application/json']?.schema !== undefined;
      return { path, file, ...(isJson && { validate: ajv.compile({ $ref: schema }) }), found: 0 };
    });
    const others =
      /\.(html|css|js|png|webmanifest)$|^(robots\.txt|sitemap\.xml|api\/openapi\.json|\.nojekyll)$|^icon\/|\/search\//;
    for (const file of files.filter((one) => !others.test(one))) {
      const fitting = paths.filter((path) => path.file.test(file));
      expect(fitting, file).toHaveLength(1);
      for (const path of fitting) path.found += 1;
      for (const { validate } of fitting) {
        if (!validate) continue;
        validate(JSON.parse(read(file)));
        expect(validate.errors, file).toBeNull();
      }
    }
    // The example has no areas, no pages of its owner's, and no component with so much news that there are archives; the
    // hostile one has a short past.
    const mayLack = /^\/(areas|pages)\/|^\/components\/\{id\}\/history\/\{year\}\/(atom\.xml|feed\.json)$/;
    const missing = paths.filter(({ found, path }) => found === 0 && !mayLack.test(path)).map(({ path }) => path);
    if (dir !== SITES.hostile.dir) expect(missing).toEqual([]);
  });

  it('has each page as Markdown without HTML, to which its head leads', () => {
    const texts = ending('.md');
    const pages = builtPages(dir).filter(({ path }) => path.endsWith('/') && !path.endsWith('/embed/'));
    expect(texts).toEqual(pages.map(({ path }) => `${path.slice(1)}index.md`).sort());
    for (const { path, html } of pages) {
      // The page of an alias leads to the address of today.
      const canonical = /<link rel="canonical" href="([^"]+)">/.exec(html)?.[1];
      const twin = /<link rel="alternate" type="text\/markdown" href="([^"]+)">/.exec(html)?.[1];
      expect(new URL(String(twin), url).href, path).toBe(`${String(canonical)}index.md`);
    }
    for (const path of [...texts, 'llms.txt']) {
      const nodes = [markdown.parse(read(path))] as { type: string; children?: [] }[];
      for (const node of nodes) nodes.push(...(node.children ?? []));
      expect(
        nodes.filter(({ type }) => type === 'html'),
        path,
      ).toEqual([]);
    }
  });
});

it('no link to a page or a file of the example is called dead', async () => {
  const folder = await readFolder('src/__tests__/example', 'public');
  const paths = builtFiles(SITES.example.dir).filter((path) =>
    /^(incidents|maintenance|components|groups)\//.test(path),
  );
  const links = paths.map((path) => `[Link](/${path.replace(/index\.html$/, '')})`);
  const page = { path: 'pages/links.md', text: `---\ntitle: Links\n---\n\n${links.join('\n\n')}\n` };
  const options = { now: Date.parse('2026-11-20T10:05:40Z'), catalogs: CATALOGS };
  const { diagnostics } = readContent({ ...folder, files: [...folder.files, page] }, options);
  expect(links.length).toBeGreaterThan(300);
  expect(diagnostics.filter(({ ruleId }) => ruleId === 'link-dead')).toEqual([]);
});

describe('a component of the example', () => {
  const files = builtFiles(SITES.example.dir);

  it('keeps its feeds and its calendar when it has retired, and leaves the badges', () => {
    const of = (id: string) => files.flatMap((path) => path.split(`components/${id}/`)[1] ?? []);
    const feeds = ['atom.xml', 'feed.json', 'index.html', 'index.md', 'maintenance.ics', 'rss.xml'];
    const past = ['history/2025/index.html', 'history/2025/index.md'];
    expect(of('ftp-import')).toEqual([...feeds, ...past].sort());
    const present = of('checkout').filter((file) => !file.startsWith('history/'));
    expect(present).toEqual([...feeds, 'badge.json', 'badge.svg'].sort());
  });
});

it('in one file, assistants find the status now and where to read on', () => {
  const text = readFileSync(join(SITES.example.dir, 'llms.txt'), 'utf8');
  expect(text).toMatch(
    /^# Ladenhall status\n\n> .+\n>\n> Partial outage · Identified: Some shoppers in Europe cannot pay by card · /,
  );
  const links = [...text.matchAll(/^- \[.+\]\((.+?)\)/gm)].map(([, address]) => address);
  for (const path of ['index.md', 'history/index.md', 'components/checkout/index.md', 'api/openapi.json', 'rss.xml'])
    expect(links).toContain(SITES.example.url + path);
});

it('as Markdown, the home page names what is affected, worst first, and what was said last', () => {
  const text = readFileSync(join(SITES.example.dir, 'index.md'), 'utf8');
  const [answer = '', ...sections] = text.split(/^## /m);
  expect(answer).toContain('**Next update by:** 20 Nov 2026, 10:15 UTC');
  const items = (title: string) =>
    (sections.find((section) => section.startsWith(`${title}\n`)) ?? '').match(/^(- |### ).*/gm)?.join('\n');
  expect(items('Components')?.match(/: (\w+ ?\w+) ·/g)).toEqual([
    ': Partial outage ·',
    ': Degraded performance ·',
    ': Degraded performance ·',
    ': Under maintenance ·',
  ]);
  expect(items('Components')).toContain('The other 17 components are operational');
  expect(items('Open incidents')).toContain('### [Some shoppers in Europe cannot pay by card]');
  expect(text).toContain('We are moving all payments to the working one, step by step');
});
