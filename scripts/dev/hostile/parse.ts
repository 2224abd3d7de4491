import type { Comment, Doctype, Element, Root, Text } from 'hast';
import { XMLParser } from 'fast-xml-parser';
import ICAL from 'ical.js';
import type { Link, Nodes as MarkdownNodes } from 'mdast';
import rehypeParse from 'rehype-parse';
import remarkGfm from 'remark-gfm';
import remarkParse from 'remark-parse';
import { unified } from 'unified';
import type { Tree } from './compare.ts';

const documents = unified().use(rehypeParse).freeze();
const fragments = unified().use(rehypeParse, { fragment: true }).freeze();
const markdown = unified().use(remarkParse).use(remarkGfm).freeze();
const xml = new XMLParser({ preserveOrder: true, ignoreAttributes: false, parseTagValue: false, parseAttributeValue: false, attributeNamePrefix: '', processEntities: true, htmlEntities: true }); // prettier-ignore

/** A page. */
export function htmlTree(text: string): Tree {
  return ofHtml(documents.parse(text));
}

/** What stands in a feed as HTML. */
export function fragmentTree(text: string): Tree {
  return ofHtml(fragments.parse(text));
}

export function markdownTree(text: string): Tree {
  return ofMarkdown(markdown.parse(text));
}

/** @throws when it is not well formed. @param isHtml whether the text of an element is HTML, by `parent/name` */
export function xmlTree(text: string, isHtml: (name: string) => boolean): Tree {
  return { name: 'xml', properties: {}, parts: ofXml(xml.parse(text, true) as XmlNode[], '', isHtml) };
}

/** Reads the text of a field by its name. */
type ReadText = (name: string, text: string) => Tree;

/** @throws when it is no JSON */
export function jsonTree(text: string, readText: ReadText = (_, inner) => inner): Tree {
  if (!text.isWellFormed() || /\\u[dD][89a-fA-F]/.test(text)) throw new Error('half a character');
  return ofValue('json', JSON.parse(text), readText);
}

/** @throws when it is no calendar */
export function calendarTree(text: string): Tree {
  for (const line of text.split('\r\n')) {
    if (Buffer.byteLength(line) > 75) throw new Error(`a line of ${Buffer.byteLength(line)} bytes`);
    if (/[\n\r]/.test(line)) throw new Error('a line end of another kind');
  }
  return ofValue('calendar', unescaped(ICAL.parse(text)), (_, inner) => inner);
}

/** The parser leaves properties that it does not know as they stand: https://www.rfc-editor.org/rfc/rfc5545#section-3.3.11 */
function unescaped(value: unknown): unknown {
  if (!Array.isArray(value)) return value;
  if (value[2] === 'unknown' && typeof value[3] === 'string') {
    const text = value[3].replace(/\\([\\;,nN])/g, (_, escaped: string) => (/n/i.test(escaped) ? '\n' : escaped));
    return [value[0], value[1], value[2], text];
  }
  return value.map(unescaped);
}

/** What a parser of HTML gives; the rest of hast comes from elsewhere. */
type HtmlNode = Root | Element | Text | Comment | Doctype;

function ofHtml(node: HtmlNode): Tree {
  if (node.type === 'text') return node.value;
  if (node.type === 'comment') return { name: '!', properties: {}, parts: [node.value] };
  if (node.type === 'doctype') return { name: '!doctype', properties: {}, parts: [] };
  const properties = node.type === 'element' ? node.properties : {};
  return {
    name: node.type === 'element' ? node.tagName : 'html',
    properties: Object.fromEntries(Object.entries(properties).map(([name, value]) => [name, String(value)])),
    parts: merged(node.children.map((child) => ofHtml(child as HtmlNode))),
  };
}

/** What every node of Markdown has, and what becomes parts. */
const STRUCTURE = ['type', 'children', 'value', 'position'];

function ofMarkdown(node: MarkdownNodes): Tree {
  if (node.type === 'text') return node.value;
  if (node.type === 'link' && isOwnText(node)) return merged(node.children.map(ofMarkdown)).join('');
  const children = 'children' in node ? (node.children as MarkdownNodes[]) : [];
  const parts = 'value' in node ? [node.value] : merged(children.map(ofMarkdown));
  const own = Object.entries(node).filter(([name, value]) => !STRUCTURE.includes(name) && value != null);
  return { name: node.type, properties: Object.fromEntries(own.map(([name, value]) => [name, String(value)])), parts };
}

/** A bare address, which readers of Markdown make a link to where it says. */
function isOwnText({ url, children }: Link): boolean {
  const [only, ...rest] = children;
  return rest.length === 0 && only?.type === 'text' && [only.value, `http://${only.value}`, `mailto:${only.value}`].includes(url); // prettier-ignore
}

type XmlNode = Record<string, XmlNode[] | string | Record<string, string>>;

function ofXml(nodes: readonly XmlNode[], within: string, isHtml: (name: string) => boolean): Tree[] {
  const parts = nodes.map((node): Tree => {
    if ('#text' in node) return String(node['#text']);
    const [name = ''] = Object.keys(node).filter((key) => key !== ':@');
    const properties = (node[':@'] ?? {}) as Record<string, string>;
    return {
      name,
      properties,
      parts: ofXml(node[name] as XmlNode[], `${within.split('/').at(-1) ?? ''}/${name}`, isHtml),
    };
  });
  const texts = merged(parts);
  return isHtml(within) && texts.length === 1 && typeof texts[0] === 'string' ? [fragmentTree(texts[0])] : texts;
}

function ofValue(name: string, value: unknown, readText: ReadText): Tree {
  if (typeof value === 'object' && value !== null) {
    const parts = Object.entries(value).map(([key, inner]) => ofValue(key, inner, readText));
    return { name, properties: {}, parts };
  }
  return { name, properties: {}, parts: [readText(name, String(value))] };
}

/** Texts that stand side by side are one. */
function merged(parts: readonly Tree[]): Tree[] {
  const result: Tree[] = [];
  for (const part of parts) {
    const last = result.at(-1);
    if (typeof part === 'string' && typeof last === 'string') result[result.length - 1] = last + part;
    else if (part !== '') result.push(part);
  }
  return result;
}

/**
 * A table of CSV as RFC 4180 has it.
 * @throws when it is none, or when a spreadsheet would take a cell for a formula
 */
export function csvTree(text: string): Tree {
  const rows: string[][] = [[]];
  const CELL = /(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r\n)/gy;
  let end = 0;
  for (const match of text.matchAll(CELL)) {
    end = match.index + match[0].length;
    const cell = match[1]?.replaceAll('""', '"') ?? match[2] ?? '';
    if (/^[=+\-@\t\r\n＝＋－＠]/.test(cell) && !/^-?\d+(\.\d+)?$/.test(cell)) throw new Error(`a formula ${cell}`);
    rows.at(-1)?.push(cell);
    if (match[3] === '\r\n' && end < text.length) rows.push([]);
  }
  if (end !== text.length) throw new Error(`no CSV from ${text.slice(end, end + 80)}`);
  const parts = rows.map((row): Tree => ({ name: 'row', properties: {}, parts: row.map((cell): Tree => ({ name: 'cell', properties: {}, parts: [cell] })) })); // prettier-ignore
  return { name: 'csv', properties: {}, parts };
}

const REFUSED = /^(script|style|iframe|object|embed|svg|math|form|base|meta|link|template|video|audio|source|frame|frameset|applet|textarea|button|select)$/; // prettier-ignore
const LINKS = /^(href|src|url|cite|action|formaction|poster|background|longdesc|xlinkhref)$/i;
const SAFE = /^(https?:\/\/|mailto:|tel:|\/(?![/\\])|#)/i;
/** Where pictures may come from: the site itself. */
const OWN = /^(https:\/\/status\.example\/sub\/|\/(?![/\\]))/;

/** What in a tree of HTML, or of Markdown, could run, load from elsewhere or lead somewhere unsafe. */
export function dangersIn(tree: Tree): string[] {
  if (typeof tree === 'string') return [];
  const found: string[] = [];
  const isLinkOfMarkdown = tree.name === 'link' && 'url' in tree.properties;
  const isHtmlInMarkdown = tree.name === 'html' && typeof tree.parts[0] === 'string';
  if (isHtmlInMarkdown) found.push(`HTML ${String(tree.parts[0])}`);
  if (
    (REFUSED.test(tree.name) && !isLinkOfMarkdown) ||
    (tree.name === 'input' && tree.properties['type'] !== 'checkbox')
  )
    found.push(tree.name);
  for (const [name, value] of Object.entries(tree.properties)) {
    if (/^(on|style|srcset|srcdoc)/i.test(name)) found.push(`${tree.name} ${name}`);
    if (LINKS.test(name) && !SAFE.test(value)) found.push(`${tree.name} ${name}=${value}`);
    const loads = name === 'src' || (name === 'url' && tree.name === 'image');
    if (loads && !OWN.test(value)) found.push(`${tree.name} loads ${value}`);
  }
  return [...found, ...tree.parts.flatMap(dangersIn)];
}
