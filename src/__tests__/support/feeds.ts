import { parseFeed } from 'feedsmith';

/** What any reader tells of an entry. */
export interface Entry {
  id: string;
  link: string;
  title: string;
  published: number;
}

export const instant = (value: unknown): number => Date.parse(String(value));

/** The entries of an RSS, Atom or JSON feed, as feedsmith reads them. */
export function feedsmith(text: string): Entry[] {
  const { format, feed } = parseFeed(text);
  if (format === 'rss') {
    return (feed.items ?? []).map((item) => ({
      id: item.guid?.value ?? '',
      link: item.link ?? '',
      title: item.title ?? '',
      published: instant(item.pubDate),
    }));
  }
  if (format === 'atom') {
    return (feed.entries ?? []).map((entry) => ({
      id: entry.id ?? '',
      link: entry.links?.[0]?.href ?? '',
      title: entry.title?.value ?? '',
      published: instant(entry.published),
    }));
  }
  if (format !== 'json') throw new Error(`feedsmith took the feed for ${format}.`);
  return (feed.items ?? []).map((item) => ({
    id: item.id ?? '',
    link: item.url ?? '',
    title: item.title ?? '',
    published: instant(item.date_published),
  }));
}

/** Where an RSS, Atom or JSON feed says that it is. */
export function selfOf(text: string): string | undefined {
  const { format, feed } = parseFeed(text);
  if (format === 'json') return feed.feed_url;
  if (format === 'rdf') return undefined;
  const links = format === 'atom' ? feed.links : feed.atom?.links;
  return links?.find(({ rel }) => rel === 'self')?.href;
}
