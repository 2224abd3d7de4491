import { FEED_HISTORY, feedLinks } from './feed.ts';
import type { Feed, FeedEntry } from './feed.ts';
import type { Xml } from './xml.ts';
import { element, textElement, xmlDocument } from './xml.ts';

/** Atom’s elements. */
export const ATOM = 'http://www.w3.org/2005/Atom';

/** The part of a feed that Atom uses, without plain texts. */
type AtomSource = Omit<Feed, 'entries'> & { entries: readonly AtomEntry[] };
type AtomEntry = Omit<FeedEntry, 'text' | 'markedText' | 'lang'>;

/**
 * A feed as Atom (RFC 4287).
 * @param file its name, beside the page it follows
 */
export function atom(feed: AtomSource, file = 'atom.xml'): string {
  const archive = feed.folder !== undefined;
  const attributes = { xmlns: ATOM, 'xmlns:fh': archive ? FEED_HISTORY : undefined, 'xml:lang': feed.language };
  const links = [
    ...feedLinks(feed, file).map((link) => ({ ...link, type: 'application/atom+xml' })),
    { rel: 'alternate', type: 'text/html', href: feed.url },
  ];
  return xmlDocument(
    element('feed', attributes, [
      textElement('id', feed.id),
      textElement('title', feed.title),
      textElement('subtitle', feed.description, { 'xml:lang': feed.descriptionLang }),
      date('updated', feed.updated),
      archive ? element('fh:archive', {}) : undefined,
      element('author', {}, [textElement('name', feed.author), textElement('uri', feed.url)]),
      ...links.map((link) => element('link', link)),
      feed.logo === undefined ? undefined : textElement('logo', feed.logo),
      ...feed.entries.map(entryElement),
    ]),
  );
}

function entryElement(entry: AtomEntry): Xml {
  return element('entry', {}, [
    textElement('id', entry.id),
    textElement('title', entry.title, { 'xml:lang': entry.titleLang }),
    element('link', { rel: 'alternate', type: 'text/html', href: entry.url }),
    date('published', entry.published),
    date('updated', entry.updated),
    ...entry.categories.map((term) => element('category', { term })),
    element('content', { type: 'html' }, [entry.html]),
  ]);
}

function date(name: string, instant: number): Xml {
  return textElement(name, new Date(instant).toISOString());
}
