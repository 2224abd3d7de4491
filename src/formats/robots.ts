/** `robots.txt`: everything may be read, and here is the list. `sitemap` is an absolute address. */
export function robots(sitemap: string): string {
  return `User-agent: *\nAllow: /\n\nSitemap: ${sitemap}\n`;
}
