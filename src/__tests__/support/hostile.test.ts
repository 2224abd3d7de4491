import type { Element, Root } from 'hast';
import rehypeParse from 'rehype-parse';
import remarkGfm from 'remark-gfm';
import remarkParse from 'remark-parse';
import { unified } from 'unified';
import { HtmlValidate } from 'html-validate';
import { describe, expect, test } from 'vitest';
import { buildLedger } from '../../core/ledger.ts';
import { at, component, content, incident } from './core.ts';
import { datesFor } from '../../i18n/dates.ts';
import { wordsFor } from '../../i18n/words.ts';
import { renderBody } from '../../reader/markdown/html.ts';
import { atom } from '../../formats/atom.ts';
import type { Feed } from '../../formats/feed.ts';
import { feedOf } from '../../formats/feed.ts';
import { HOSTILE } from './hostile-strings.ts';
import { jsonFeed } from '../../formats/json-feed.ts';
import { rss } from '../../formats/rss.ts';
import { READERS } from './formats.ts';

const markdown = unified().use(remarkParse).use(remarkGfm).freeze();
const fragment = unified().use(rehypeParse, { fragment: true }).freeze();

/** One incident a text, which stands in it wherever its author may write. */
function hostileFeed(texts: readonly string[]): Feed {
  const incidents = texts.map((text, index) => {
    const id = `c-${String(index)}`;
    const fields = { id, title: text, areas: [text], reference: text, components: { [id]: 'partial_outage' as const } };
    const one = incident([['investigating', '09:00']], fields);
    return { ...one, updates: one.updates.map((update) => ({ ...update, body: markdown.parse(text) })) };
  });
  const tree = texts.map((text, index) => component(`c-${String(index)}`, { name: text }));
  const given = content({ tree, incidents });
  given.site.name = texts.join(' ');
  given.site.description = texts.join(' ');
  const context = { ledger: buildLedger(given, at('12:00')), words: wordsFor('en'), dates: datesFor('en', 'UTC') };
  return feedOf(context);
}

/** What in the HTML could run, load or lead somewhere unsafe. */
function dangers(html: string): string[] {
  const found: string[] = [];
  const visit = (node: Root | Element): void => {
    for (const child of node.children) {
      if (child.type !== 'element') continue;
      if (/^(script|style|iframe|object|embed|svg|math|form|base|meta|link|template|video)$/.test(child.tagName)) {
        found.push(child.tagName);
      }
      for (const [name, value] of Object.entries(child.properties)) {
        if (/^(on|style|srcSet|srcDoc|formAction)/.test(name)) found.push(name);
        if (/^(href|src)$/.test(name) && !/^(https?:\/\/|mailto:|tel:|\/status\/|#u-)/.test(String(value))) {
          found.push(`${name}=${String(value)}`);
        }
        if (name === 'src' && !/^(\/status\/|https:\/\/status\.acme\.example\/)/.test(String(value))) found.push(name);
      }
      visit(child);
    }
  };
  visit(fragment.parse(html));
  return found;
}

describe.each(HOSTILE)('%j', (text) => {
  test('runs nothing on a page, and is good HTML there', () => {
    const html = renderBody(markdown.parse(text), {
      idPrefix: 'u-1-',
      headingLevel: 3,
      root: '/status/',
      tableLabel: 'Table',
    });
    expect(dangers(html)).toEqual([]);
    const validator = new HtmlValidate({ extends: ['html-validate:recommended'] });
    expect(validator.validateStringSync(html).results.flatMap(({ messages }) => messages)).toEqual([]);
  });
});

const FEED = hostileFeed(HOSTILE);
const WRITTEN = { rss: rss(FEED), atom: atom(FEED), json: jsonFeed(FEED) };

describe.each(['rss', 'atom', 'json'] as const)('hostile texts in %s', (format) => {
  test.each(Object.entries(READERS[format]))('run nothing and lose nothing as %s reads them', async (_, read) => {
    const entries = await read(WRITTEN[format]);
    expect(entries.map(({ html = '' }) => dangers(html))).toEqual(entries.map(() => []));
    expect(entries.map(({ id, url }) => [id, url])).toEqual(FEED.entries.map(({ id, url }) => [id, url]));
    expect(entries.map(({ title = '' }) => spaced(title))).toEqual(FEED.entries.map(({ title }) => spaced(title)));
  });

  test('leave no character that XML forbids', () => {
    expect(WRITTEN[format]).not.toMatch(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]|\p{Surrogate}/u);
  });
});

test('what is dangerous is found', () => {
  expect(
    dangers('<script></script><b onclick="a">b</b><a href="javascript:a">c</a><img src="https://x.example/">'),
  ).toEqual(['script', 'onClick', 'href=javascript:a', 'src']);
});

function spaced(text: string): string {
  return text.replace(/\s+/g, ' ').trim();
}
