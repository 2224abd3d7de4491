import { generateAtomFeed } from 'feedsmith';
import type { Feed, FeedEntry } from './feed.ts';

/** A feed as Atom (RFC 4287). */
export function atom(feed: Feed): string {
  return generateAtomFeed({
    id: feed.url,
    title: { value: feed.title },
    subtitle: { value: feed.description },
    updated: new Date(feed.updated),
    authors: [{ name: feed.author, uri: feed.url }],
    links: [
      { rel: 'self', type: 'application/atom+xml', href: new URL('atom.xml', feed.url).href },
      { rel: 'alternate', type: 'text/html', href: feed.url },
    ],
    ...(feed.logo && { logo: feed.logo }),
    entries: feed.entries.map(entryOf),
    xml: { lang: feed.language },
  });
}

function entryOf(entry: FeedEntry) {
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
