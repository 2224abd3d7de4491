import type { Feed } from './feed.ts';

/** RFC 5005’s element that marks an archive is in this namespace. */
export const FEED_HISTORY = 'http://purl.org/syndication/history/1.0';

export interface FeedLink {
  rel: 'self' | 'current' | 'prev-archive' | 'next-archive';
  href: string;
}

/**
 * Where a feed's document is; where, of an archive, the document is that one subscribes to; and where older and
 * newer entries are: https://www.rfc-editor.org/rfc/rfc5005#section-4
 * @param file the document's name
 */
export function feedLinks(
  { url, folder, older, newer }: Pick<Feed, 'url' | 'folder' | 'older' | 'newer'>,
  file: string,
): FeedLink[] {
  const link = (rel: FeedLink['rel'], base: string | undefined) =>
    base === undefined ? [] : [{ rel, href: new URL(file, base).href }];
  return [
    ...link('self', folder ?? url),
    ...link('current', folder === undefined ? undefined : url),
    ...link('prev-archive', older),
    ...link('next-archive', newer),
  ];
}
