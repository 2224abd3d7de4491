import { generateAtomFeed } from 'feedsmith';
import { FEED_HISTORY, feedLinks } from './feed-links.ts';
import type { Feed, FeedEntry } from './feed.ts';

/** What Atom tells of a feed: not the texts without markup. */
type AtomSource = Omit<Feed, 'entries'> & { entries: readonly AtomEntry[] };
type AtomEntry = Omit<FeedEntry, 'text'>;

/**
 * A feed as Atom (RFC 4287).
 * @param file its name, beside the page it follows
 */
export function atom(feed: AtomSource, file = 'atom.xml'): string {
  const document = generateAtomFeed({
    id: feed.id,
    title: { value: feed.title },
    subtitle: { value: feed.description },
    updated: new Date(feed.updated),
    authors: [{ name: feed.author, uri: feed.url }],
    links: [
      ...feedLinks(feed, file).map((link) => ({ ...link, type: 'application/atom+xml' })),
      { rel: 'alternate', type: 'text/html', href: feed.url },
    ],
    ...(feed.logo && { logo: feed.logo }),
    entries: feed.entries.map(entryOf),
    xml: { lang: feed.language },
  });
  return feed.folder ? asArchive(document) : document;
}

/** The generator knows no such mark, which may stand anywhere in the head. */
function asArchive(document: string): string {
  return document.replace('<id>', `<fh:archive xmlns:fh="${FEED_HISTORY}"/>$&`);
}

function entryOf(entry: AtomEntry) {
  return {
    id: entry.id,
    title: { value: entry.title },
    links: [{ rel: 'alternate', type: 'text/html', href: entry.url }],
    published: new Date(entry.published),
    updated: new Date(entry.updated),
    categories: entry.categories.map((term) => ({ term })),
    content: { type: 'html', value: entry.html },
  };
}
