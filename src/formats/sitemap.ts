import type { Instant } from '../core/days.ts';
import { escapeMarkup, xmlText } from './xml.ts';

interface SitemapPage {
  /** An absolute address. */
  url: string;
  changed?: Instant;
}

/** A list of pages for search engines, 50,000 at most: https://www.sitemaps.org/protocol.html */
export function sitemap(pages: readonly SitemapPage[]): string {
  const urls = pages.map(({ url, changed }) => {
    const lastmod = changed === undefined ? '' : `<lastmod>${new Date(changed).toISOString()}</lastmod>`;
    return `  <url><loc>${escapeMarkup(xmlText(url))}</loc>${lastmod}</url>\n`;
  });
  return `<?xml version="1.0" encoding="UTF-8"?>
<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">
${urls.join('')}</urlset>
`;
}

/** `robots.txt`: allows everything. `sitemap` is an absolute address. */
export function robots(sitemap: string): string {
  return `User-agent: *\nAllow: /\n\nSitemap: ${sitemap}\n`;
}
