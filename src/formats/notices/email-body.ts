import type { Element, ElementContent, Root } from 'hast';
import rehypeStringify from 'rehype-stringify';
import { unified } from 'unified';
import { bodyTree } from '../../reader/html.ts';
import type { FeedContext } from '../feed.ts';
import { eventAddress } from '../statuspage/addresses.ts';
import { spokenByClock } from '../../i18n/spoken.ts';
import { escapeMarkup, xmlText } from '../text.ts';
import type { Notice } from './notice.ts';

const writer = unified()
  .use(rehypeStringify, { characterReferences: { useNamedReferences: true } })
  .freeze();

/** What cannot be read in a mail program without it. */
const STYLES: Readonly<Record<string, string>> = {
  pre: 'white-space:pre-wrap',
  td: 'padding:4px 12px 4px 0',
  th: 'padding:4px 12px 4px 0;text-align:left',
};

/** The text as feeds have it, sanitized and with absolute addresses, with a link for each picture: nothing is loaded. */
export function emailHtml({ event, message }: Notice, context: FeedContext): string {
  const { site } = context.ledger.content;
  const page = eventAddress(site.url, event);
  const texts = message.bodies().map(({ body, idPrefix }) => {
    const tree = bodyTree(body, { idPrefix, headingLevel: 1, root: site.url.href, page });
    return writer.stringify({ ...tree, children: tree.children.map((child) => adapted(child)) } as Root);
  });
  const spoken = spokenByClock(message, context.words);
  return xmlText([...texts, spoken && `<p>${escapeMarkup(spoken)}</p>`].filter(Boolean).join('\n')).trim();
}

function adapted<T extends Root['children'][number]>(node: T, linked = false): T | ElementContent {
  if (node.type !== 'element') return node;
  const { className: _, ...properties } = node.properties;
  if (node.tagName === 'img') return pictureLink(properties, linked);
  const style = STYLES[node.tagName];
  const children = node.children.map((child) => adapted(child, linked || node.tagName === 'a') as ElementContent);
  return { ...node, properties: { ...properties, ...(style && { style }) }, children };
}

function pictureLink({ src, alt }: Element['properties'], linked: boolean): ElementContent {
  const name: ElementContent = { type: 'text', value: String(alt ?? '') };
  if (linked || name.value === '') return name;
  return { type: 'element', tagName: 'a', properties: { href: src }, children: [name] };
}
