import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { XMLValidator } from 'fast-xml-parser';
import ICAL from 'ical.js';
import ical from 'node-ical';
import remarkGfm from 'remark-gfm';
import remarkParse from 'remark-parse';
import { unified } from 'unified';
import { describe, expect, it } from 'vitest';
import { builtFiles, SITES } from './support/sites.ts';

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

  it('has each incident and maintenance as Markdown without HTML', () => {
    const pages = files.filter((path) => /^(incidents|maintenance)\/[^/]+\/index\.html$/.test(path));
    const texts = files.filter((path) => /^(incidents|maintenance)\/[^/]+\.md$/.test(path));
    expect(texts).toEqual(pages.map((path) => path.replace('/index.html', '.md')).sort());
    for (const path of texts) {
      const nodes = [markdown.parse(read(path))] as { type: string; children?: [] }[];
      for (const node of nodes) nodes.push(...(node.children ?? []));
      expect(
        nodes.filter(({ type }) => type === 'html'),
        path,
      ).toEqual([]);
    }
  });
});

describe('a component of the example', () => {
  const files = builtFiles(SITES.example.dir);

  it('keeps its feeds and its calendar when it has retired, and leaves the badges', () => {
    const of = (id: string) => files.flatMap((path) => path.split(`components/${id}/`)[1] ?? []);
    const feeds = ['atom.xml', 'feed.json', 'index.html', 'maintenance.ics', 'rss.xml'];
    expect(of('ftp-import')).toEqual(feeds);
    expect(of('checkout')).toEqual([...feeds, 'badge.json', 'badge.svg'].sort());
  });
});
