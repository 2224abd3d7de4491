import { ATOM } from './atom.ts';
import type { Feed, FeedEntry, FeedLink } from './feed.ts';
import { feedLinks } from './feed.ts';
import { element, escapeMarkup, textElement, xmlDocument } from './xml.ts';
import type { Xml } from './xml.ts';

const CONTENT = 'http://purl.org/rss/1.0/modules/content/';
/** Dublin Core’s elements, of which one says the language of an item: https://www.rssboard.org/rss-profile#namespace-elements-dublin */
const DUBLIN_CORE = 'http://purl.org/dc/elements/1.1/';
/** Minutes until a feed reader should fetch the feed again. */
const MINUTES_TO_LIVE = 5;

/** The fields that every item of a channel has. */
type Item = Omit<FeedEntry, 'text' | 'markedText' | 'html'>;

/** A feed as RSS 2.0, with Atom elements for its address, older entries and corrections. */
export function rss(feed: Feed): string {
  return channel(feed, 'rss.xml', feed.entries.map(itemOf));
}

/**
 * An RSS channel with any items. Archives are in Atom, as RFC 5005 defines them.
 * @param file its name, beside the page it follows
 */
export function channel(feed: Omit<Feed, 'entries'>, file: string, items: readonly Xml[]): string {
  const { title, url, description, language, updated } = feed;
  const self = feedLinks(feed, file).filter(({ rel }) => rel === 'self');
  const older = feedLinks(feed, 'atom.xml').filter(({ rel }) => rel === 'prev-archive');
  const content = element('channel', {}, [
    textElement('title', title),
    textElement('link', url),
    textElement('description', description),
    textElement('language', language),
    textElement('lastBuildDate', new Date(updated).toUTCString()),
    textElement('ttl', String(MINUTES_TO_LIVE)),
    ...self.map((link) => linkElement(link, 'application/rss+xml')),
    ...older.map((link) => linkElement(link, 'application/atom+xml')),
    ...items,
  ]);
  return xmlDocument(element('rss', { version: '2.0', 'xmlns:content': CONTENT, 'xmlns:atom': ATOM }, [content]));
}

/** An item. @param parts its description, and any other elements besides the common ones */
export function item({ title, url, id, published, updated, categories, lang }: Item, parts: readonly Xml[]): Xml {
  return element('item', {}, [
    textElement('title', title),
    textElement('link', url),
    element('guid', { isPermaLink: 'false' }, [id]),
    ...parts,
    textElement('pubDate', new Date(published).toUTCString()),
    ...categories.map((name) => textElement('category', name)),
    textElement('atom:updated', new Date(updated).toISOString()),
    lang === undefined ? undefined : element('dc:language', { 'xmlns:dc': DUBLIN_CORE }, [lang]),
  ]);
}

/** Readers take an RSS description as HTML. */
function itemOf(entry: FeedEntry): Xml {
  const description = entry.markedText ?? escapeMarkup(entry.text).replaceAll('\n', '<br>');
  return item(entry, [
    ...(description ? [element('description', {}, [description])] : []),
    ...(entry.html ? [element('content:encoded', {}, [entry.html])] : []),
  ]);
}

function linkElement({ rel, href }: FeedLink, type: string): Xml {
  return element('atom:link', { href, rel, type });
}
